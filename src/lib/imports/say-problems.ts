import type { ProblemGroup } from './report';

/** Where the first few rows of a group are: "“not-an-email” in line 9, “a@b” in line 22 and 3 more", "Lines 8, 24". */
export function sayWhere(
	{ examples, rows }: Pick<ProblemGroup, 'examples' | 'rows'>,
	count: (n: number) => string
): string {
	const linesOf = new Map<string, number[]>();
	for (const { line, value } of examples) linesOf.set(value, [...(linesOf.get(value) ?? []), line]);
	const said = [...linesOf].map(([value, lines]) => {
		const where = `${lines.length === 1 ? 'line' : 'lines'} ${lines.map(count).join(', ')}`;
		return value === '' ? `${where[0]!.toUpperCase()}${where.slice(1)}` : `“${value}” in ${where}`;
	});
	const more = rows - examples.length;
	return `${said.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}
