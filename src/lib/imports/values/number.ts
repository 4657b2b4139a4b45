import type { Style } from './style';

const currency =
	/^(?:[A-Z]{3}|[$€£¥₹]|kr\.?|Fr\.?|zł|R\$)\s*|\s*(?:[A-Z]{3}|[$€£¥₹%]|kr\.?|Fr\.?|zł)$/gu;
const grouped = {
	'.': /^[-+]?(?:\d+|\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+)(?:\.\d+)?$/,
	',': /^[-+]?(?:\d+|\d{1,3}(?:[.'’\u00a0\u202f ]\d{3})+)(?:,\d+)?$/
};
const plain = /^-?\d{1,15}(?:\.\d{1,10})?$/;

/** The number a cell says, with its thousands in groups and its currency left out. `undefined` if it is none. */
export function numberOf(text: string, decimal: Style['decimal']): number | undefined {
	if (decimal === '.' && plain.test(text)) return Number(text);
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
