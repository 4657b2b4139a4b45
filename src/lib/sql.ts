/**
 * SQL text is written nowhere but in this tag. Values become parameters; other `Sql` fragments are
 * spliced in with their parameters; there is deliberately no way to pass a raw string.
 */
export type SqlValue =
	string | number | boolean | Date | null | Uint8Array | readonly string[] | readonly number[];

export class Sql {
	readonly strings: readonly string[];
	readonly values: readonly SqlValue[];

	constructor(strings: readonly string[], values: readonly SqlValue[]) {
		this.strings = strings;
		this.values = values;
	}
}

export function sql(template: TemplateStringsArray, ...holes: (Sql | SqlValue)[]): Sql {
	const strings = [template[0]!];
	const values: SqlValue[] = [];

	holes.forEach((hole, i) => {
		const after = template[i + 1]!;
		if (hole instanceof Sql) {
			strings[strings.length - 1] += hole.strings[0]!;
			strings.push(...hole.strings.slice(1));
			strings[strings.length - 1] += after;
			values.push(...hole.values);
		} else {
			strings.push(after);
			values.push(hole);
		}
	});

	return new Sql(strings, values);
}

/** `join([a, b], sql` or `)` → `a or b`. An empty list is a caller's mistake, never an empty string. */
export function join(parts: readonly [Sql, ...Sql[]] | readonly Sql[], separator: Sql): Sql {
	if (parts.length === 0) throw new Error('join() of nothing');
	return parts.reduce((left, right) => sql`${left}${separator}${right}`);
}

/** What the database gets: text with `$1…` and the values beside it. */
export function render({ strings, values }: Sql): { text: string; params: SqlValue[] } {
	const text = strings.reduce((text, part, i) => `${text}$${i}${part}`);
	return { text, params: [...values] };
}

/** The statement with its values written in as literals, to read and to paste into another client. */
export function inline({ strings, values }: Sql): string {
	return strings.reduce((text, part, i) => `${text}${literal(values[i - 1]!)}${part}`);
}

function literal(value: SqlValue): string {
	if (value === null) return 'null';
	if (typeof value === 'number') return String(value);
	if (typeof value === 'boolean') return String(value);
	if (value instanceof Date) return `'${value.toISOString()}'`;
	if (value instanceof Uint8Array)
		return quote(`\\x${[...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
	if (typeof value === 'string') return quote(value);
	return `array[${value.map((item) => literal(item)).join(', ')}]`;
}

/** What a backslash does in `'…'` is a setting of the client's; in `E'…'` two of them are one in any. */
const quote = (text: string) => {
	const quoted = `'${text.replaceAll("'", "''")}'`;
	return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
};
