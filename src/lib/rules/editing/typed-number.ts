/** A number as a person types it: `1,234.5`, `1234,5`, `−3`. `undefined` if it is none. */
export function typedNumber(text: string): number | undefined {
	const bare = text.replaceAll(/[\s'’\u202f\u00a0]/g, '').replace('−', '-');
	const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare);
	const plain = grouped ? bare.replaceAll(',', '') : bare.replace(',', '.');
	if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return;
	const number = Number(plain);
	return Number.isFinite(number) ? number : undefined;
}
