/** The sign between whole and part where this browser's person writes numbers. */
const ownDecimal =
	new Intl.NumberFormat().formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';

/** Whole, in groups of three. */
const inGroups = /^-?[1-9]\d{0,2}([.,]\d{3})+$/;

/**
 * A number as a person types it: `1,234.5`, `1.234,5`, `1234,5`, `−3`, `20 €`. `undefined` if it is none. What can be read
 * in two ways (`1.000`) is read with their own decimal sign.
 */
export function typedNumber(text: string, decimal = ownDecimal): number | undefined {
	const bare = text
		.replaceAll(/[\s'’\u202f\u00a0]/g, '')
		.replace('−', '-')
		.replace(/^(-?)\p{Sc}|\p{Sc}$/u, '$1');
	const sign = decimalIn(bare, decimal);
	const group = sign === ',' ? '.' : ',';
	const [whole = '', ...parts] = bare.split(sign);
	const isGrouped = whole.includes(group);
	if (isGrouped && !inGroups.test(whole)) return;
	const plain = [whole.replaceAll(group, ''), ...parts].join('.');
	if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return;
	const number = Number(plain);
	return Number.isFinite(number) ? number : undefined;
}

/** Which of the two signs is the decimal one: the last, if there are both; and one in front of three digits may be none. */
function decimalIn(bare: string, own: string): string {
	const signs = bare.match(/[.,]/g) ?? [];
	const last = signs.at(-1) ?? own;
	if (signs.some((sign) => sign !== last)) return last;
	const other = last === ',' ? '.' : ',';
	const couldGroup = inGroups.test(bare);
	return couldGroup && (signs.length > 1 || last !== own) ? other : last;
}
