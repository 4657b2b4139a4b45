import { textKey } from '$lib/text-key';

/** Languages in which countries and languages are recognised by name. */
const locales = 'en de fr it es pt nl sv da nb fi pl cs hu ro tr el ru uk ja zh ko'.split(' ');

const otherCountryNames: Readonly<Record<string, string>> = {
	uk: 'GB',
	england: 'GB',
	scotland: 'GB',
	wales: 'GB',
	'great britain': 'GB',
	usa: 'US',
	'u.s.': 'US',
	'u.s.a.': 'US',
	'united states of america': 'US',
	america: 'US',
	holland: 'NL',
	'czech republic': 'CZ',
	russia: 'RU',
	'south korea': 'KR',
	vietnam: 'VN',
	turkey: 'TR',
	'the netherlands': 'NL',
	brasil: 'BR',
	schweiz: 'CH',
	suisse: 'CH',
	svizzera: 'CH'
};

const threeLetters =
	'ARG:AR AUS:AU AUT:AT BEL:BE BGR:BG BRA:BR CAN:CA CHE:CH CHL:CL CHN:CN COL:CO CZE:CZ DEU:DE DNK:DK ESP:ES EST:EE FIN:FI FRA:FR GBR:GB GRC:GR HKG:HK HRV:HR HUN:HU IDN:ID IND:IN IRL:IE ISL:IS ISR:IL ITA:IT JPN:JP KOR:KR LIE:LI LTU:LT LUX:LU LVA:LV MEX:MX MYS:MY NLD:NL NOR:NO NZL:NZ PHL:PH POL:PL PRT:PT ROU:RO RUS:RU SGP:SG SRB:RS SVK:SK SVN:SI SWE:SE THA:TH TUR:TR TWN:TW UKR:UA USA:US VNM:VN ZAF:ZA';

let countries: ReadonlyMap<string, string> | undefined;
let languages: ReadonlyMap<string, string> | undefined;

/** The ISO 3166 code of a country by its name in one of many languages, or by its code. Unknown names stay as they are. */
export const countryOf = (text: string): string => knownCountry(text) ?? text;

/** As `countryOf`, but nothing where the name or code is unknown. */
export function knownCountry(text: string): string | undefined {
	countries ??= countryCodes();
	return countries.get(textKey(text));
}

/** The ISO 639 code of a language, likewise. `de-CH` stays. */
export function languageOf(text: string): string {
	languages ??= languageCodes();
	return languages.get(textKey(text)) ?? text;
}

function countryCodes(): Map<string, string> {
	const codes = namesIn('region', regionCodes());
	for (const pair of threeLetters.split(' '))
		codes.set(pair.slice(0, 3).toLowerCase(), pair.slice(4));
	for (const [name, code] of Object.entries(otherCountryNames)) codes.set(name, code);
	return codes;
}

const languageIds =
	'en de fr it es pt nl sv da no nb fi pl cs sk hu ro bg el tr ru uk hr sl sr et lv lt ga is ja zh ko ar he hi th vi id';

const languageCodes = (): Map<string, string> => namesIn('language', languageIds.split(' '));

function namesIn(type: 'region' | 'language', codes: readonly string[]): Map<string, string> {
	const known = new Map<string, string>();
	for (const locale of locales) {
		const names = new Intl.DisplayNames(locale, { type, fallback: 'none' });
		for (const code of codes) {
			const name = names.of(code);
			if (name && !known.has(textKey(name))) known.set(textKey(name), code);
		}
	}
	for (const code of codes) known.set(code.toLowerCase(), code);
	return known;
}

/** Groups of countries, and codes for tests. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']);

/** Every code of two letters that stands for a country, without those that were replaced by another. */
export function regionCodes(): string[] {
	const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
	return letters
		.flatMap((a) => letters.map((b) => a + b))
		.filter((code) => names.of(code) !== undefined && !notCountries.has(code))
		.filter((code) => new Intl.Locale(`und-${code}`).region === code);
}
