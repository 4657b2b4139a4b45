import { countryOf, knownCountry } from '$lib/fields/place-names';
import { choice, type Form, type Part } from './form';
import type { Input } from './input';
import { quote } from './token';

/** Text of any kind, in quotes where it is not one word. */
export const text: Form<string> = {
	print: (value) => (typeof value === 'string' ? quote(value) : undefined),
	read(input) {
		const { type, text } = input.next;
		if ((type !== 'word' && type !== 'quoted') || (type === 'word' && quote(text) !== text))
			return input.expect('a value');
		return input.take().text;
	}
};

/** Without leading zeros: in "1,000" is no second number. */
const numeral = /^[-−]?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/iu;

/** A number as JSON writes it. */
export const number: Form<number> = {
	print: (value) => (typeof value === 'number' ? String(value) : undefined),
	read(input) {
		const { type, text } = input.next;
		if (type !== 'word' || !numeral.test(text)) return input.expect('a number');
		input.at++;
		return Number(text.replace('−', '-'));
	}
};

/**
 * One number, also with a decimal comma: for where no list can stand. What may be thousands or decimals ("1,000",
 * "1.500") is refused.
 */
export const single: Form<number> = {
	print: number.print,
	read(input) {
		const start = input.at;
		const first = input.next;
		const whole = number.read(input);
		if (whole === undefined) return;
		const comma = input.next;
		const decimals = comma.text === ',' && comma.from === first.to ? decimalsAfter(input) : '';
		const isUnclear =
			decimals === ''
				? /^[-−]?[1-9]\d{0,2}\.\d\d0$/u.test(first.text)
				: !/^[-−]?\d+$/u.test(first.text) ||
					(decimals.length === 3 && /^[-−]?[1-9]\d{0,2}$/u.test(first.text));
		if (isUnclear) {
			input.at = start;
			return input.refuse('a number that can be read in one way only, such as 1234.5', []);
		}
		return decimals === '' ? whole : Number(`${first.text.replace('−', '-')}.${decimals}`);
	}
};

/** The digits right after a comma, both taken; nothing taken where there are none. */
function decimalsAfter(input: Input): string {
	const comma = input.take();
	const { type, text, from } = input.next;
	if (type === 'word' && from === comma.to && /^\d+$/u.test(text)) return input.take().text;
	input.at--;
	return '';
}

/** `n` and `unit`, "30 days"; without a number one is meant: "in the last day". */
export const span = (units: readonly string[]): Form<Part> => ({
	print: ({ n, unit }) => `${String(n)} ${String(unit)}${n === 1 ? '' : 's'}`,
	read(input) {
		const n = numeral.test(input.next.text) ? number.read(input) : 1;
		const unit = choice(
			Object.fromEntries(
				units.flatMap((one) => [
					[one, one],
					[`${one}s`, one]
				])
			)
		);
		const read = unit.read(input);
		return n === undefined || read === undefined ? undefined : { n, unit: read };
	}
});

/** "CH", "New Zealand": the code of a country that is known by name. What stands in quotes and is a code stays as it is. */
export const country: Form<string> = {
	print: (value) =>
		typeof value !== 'string'
			? undefined
			: countryOf(value) === value
				? quote(value)
				: JSON.stringify(value),
	read(input) {
		const { type, text: said } = input.next;
		if (type !== 'quoted') return input.longest(knownCountry) ?? text.read(input);
		input.at++;
		return said.trim().length > 3 ? countryOf(said) : said;
	}
};
