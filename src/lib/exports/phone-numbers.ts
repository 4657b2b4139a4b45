import {
	isSupportedCountry,
	parsePhoneNumberFromString,
	type CountryCode
} from 'libphonenumber-js/min';

/**
 * A phone number as E.164 has it (+41791234567), or nothing where it cannot be told. One without its country's code is
 * taken for one of `country`, an ISO 3166 code.
 */
export function phoneNumber(text: string, country: string | undefined): string | undefined {
	// Most are written so already, and reading one takes a while.
	if (/^\+[1-9]\d{7,14}$/.test(text)) return text;
	const written = text.trim().replace(/^00(?=[1-9])/, '+');
	const from = country !== undefined && isSupportedCountry(country) ? country : undefined;
	const number = parsePhoneNumberFromString(written, from as CountryCode | undefined);
	return number?.isPossible() ? number.number : undefined;
}
