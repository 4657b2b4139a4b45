import Papa from 'papaparse';

/**
 * The values in one cell: a JSON array, a quoted list inside the cell (`"vip","new"`), Google's ` ::: ` with its `* ` in
 * front, else what stands between separators. Without blanks and repetitions.
 */
export function listOf(text: string, separator: string): string[] {
	if (text === '') return [];
	return [
		...new Set(
			partsOf(text, separator)
				.map((part) => part.trim())
				.filter(Boolean)
		)
	];
}

function partsOf(text: string, separator: string): string[] {
	if (text.includes(' ::: ') || text.startsWith('* '))
		return text.split(' ::: ').map((part) => part.replace(/^\* ?/, ''));
	if (text.startsWith('[') && text.endsWith(']')) {
		const items = jsonList(text);
		if (items) return items;
	}
	if (text.includes('"')) {
		const { data } = Papa.parse<string[]>(text.replaceAll(/\s*,\s*"/g, ',"'), {
			delimiter: separator
		});
		return data.flat();
	}
	return text.split(separator);
}

function jsonList(text: string): string[] | undefined {
	try {
		const items: unknown = JSON.parse(text);
		return Array.isArray(items) ? items.map(String) : undefined;
	} catch {
		// It only looks like one: a name in brackets.
		return;
	}
}

/** What stands between the values of these cells. */
export function separatorOf(values: readonly string[]): string {
	const times = (separator: string) => values.filter((value) => value.includes(separator)).length;
	return [',', ';', '|'].map((id) => ({ id, n: times(id) })).sort((a, b) => b.n - a.n)[0]!.id;
}
