/** The name, or with a number behind it where there is something called so. */
export function freeName(wanted: string, among: readonly { readonly name: string }[]): string {
	const names = new Set(among.map(({ name }) => name));
	let name = wanted;
	for (let n = 2; names.has(name); n++) name = `${wanted} ${n}`;
	return name;
}
