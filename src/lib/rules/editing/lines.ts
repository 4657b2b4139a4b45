/** The values of a pasted list: a line, a cell or a comma apart, each once, in order. Commas only where there are no lines. */
export function valuesIn(text: string): readonly string[] {
	const parts = /[\n\r\t]/.test(text.trim()) ? text.split(/[\n\r\t]+/) : text.split(/[,;]/);
	const values = parts.map((part) => part.trim().replace(/^"(.*)"$/, '$1')).filter(Boolean);
	return [...new Set(values)];
}
