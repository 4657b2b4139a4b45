import type { Style } from './style';

/** ISO 4217, those in use. Any other letters beside digits make it a code. */
const currencyCodes =
	'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'.replaceAll(
		' ',
		'|'
	);
const signs = '[$€£¥₹]|kr\\.?|Fr\\.?|zł';
const currency = new RegExp(
	`^(?:${currencyCodes}|${signs}|R\\$)\\s*|\\s*(?:${currencyCodes}|${signs}|%)$`,
	'gu'
);
const grouped = {
	'.': /^[-+]?(?:\d+|\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+)(?:\.\d+)?$/,
	',': /^[-+]?(?:\d+|\d{1,3}(?:[.'’\u00a0\u202f ]\d{3})+)(?:,\d+)?$/
};
const plain = /^-?\d{1,15}(?:\.\d{1,10})?$/;

/** No number is as long as this. */
const tooLong = 100;

/** The number a cell says, with its thousands in groups and its currency left out. `undefined` if it is none. */
export function numberOf(text: string, decimal: Style['decimal']): number | undefined {
	if (decimal === '.' && plain.test(text)) return Number(text);
	if (text.length > tooLong) return;
	const bare = text.replaceAll(currency, '').replace(/^−/, '-').trim();
	if (/^[-+]?\d+(?:\.\d+)?e[-+]?\d+$/i.test(bare)) return finite(Number(bare));
	const accounting = /^\((.+)\)$/.exec(bare);
	const digits = accounting ? `-${accounting[1]!}` : bare;
	if (!grouped[decimal].test(digits)) return;
	const point = decimal === ',' ? digits.replaceAll('.', '').replace(',', '.') : digits;
	return finite(Number(point.replaceAll(/[,'’\u00a0\u202f ]/g, '')));
}

const finite = (n: number): number | undefined => (Number.isFinite(n) ? n : undefined);

/** What most of these numbers have before their decimals; `undefined` if nothing tells, as in `1,234`. */
export function decimalOf(values: readonly string[]): Style['decimal'] | undefined {
	let [comma, point] = [0, 0];
	for (const value of values) {
		const told = decimalIn(value);
		if (told === ',') comma++;
		if (told === '.') point++;
	}
	return comma === point ? undefined : comma > point ? ',' : '.';
}

function decimalIn(value: string): Style['decimal'] | undefined {
	const [, digits = ''] = /([\d.,'’\s]*\d)/.exec(value) ?? [];
	const marks = digits.replaceAll(/[^.,]/g, '');
	const last = marks.at(-1);
	if (last !== ',' && last !== '.') return;
	if (marks.includes(',') && marks.includes('.')) return last;
	if (marks.length > 1) return last === ',' ? '.' : ',';
	return digits.length - digits.indexOf(last) - 1 === 3 ? undefined : last;
}
