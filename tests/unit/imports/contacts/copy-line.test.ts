import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowOf, type Contact } from '$lib/contacts/contact';
import { FieldType, standardFields, type Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { contactLine, copyContacts } from '$lib/imports/contacts/copy-line';
import { render } from '$lib/sql';

const custom: Field[] = FieldType.options.map((type) => ({ id: `f_${type}`, name: type, type }));
const fields = new Map([...standardFields, ...custom].map((field) => [field.id, field]));

const text = fc.string({
	unit: fc.constantFrom('a', 'É', 'ß', '\t', '\n', '\r', '\\', ' ', '😀', 'N'),
	maxLength: 5
});
const value: fc.Arbitrary<FieldValue> = fc.oneof(
	text,
	fc.constantFrom('2024-02-29', '2024-02-29T10:00:00Z', 'true', '12', 'subscribed', ''),
	fc.integer({ min: -9, max: 9 }),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.boolean(),
	fc.array(text, { maxLength: 2 })
);
const contact: fc.Arbitrary<Contact> = fc.record({
	cno: fc.nat(),
	uid: text,
	externalId: fc.option(text, { nil: undefined }),
	values: fc.dictionary(fc.constantFrom(...fields.keys(), 'gone'), value, { maxKeys: 12 }),
	archivedAt: fc.constantFrom(undefined, '2024-01-01T00:00:00.000Z')
});

/** What COPY makes of a line. */
function rowFrom(line: string): Record<string, unknown> {
	const cells = line.slice(0, -1).split('\t');
	const unescaped = (cell: string) =>
		cell === '\\N'
			? null
			: cell.replaceAll(/\\(.)/g, (_, c: string) => ({ t: '\t', n: '\n', r: '\r' })[c] ?? c);
	const contactColumns = /\(([^)]*)\)/.exec(render(copyContacts).text)![1]!.trim().split(/,\s*/);
	const row = Object.fromEntries(contactColumns.map((name, i) => [name, unescaped(cells[i]!)]));
	expect(cells).toHaveLength(contactColumns.length);
	return {
		...row,
		cno: Number(row.cno),
		fields: JSON.parse(row.fields!),
		keys: JSON.parse(row.keys!)
	};
}

test('a line stores what the row of a contact stores', () => {
	fc.assert(
		fc.property(contact, (contact) => {
			const plain = (of: unknown): unknown => JSON.parse(JSON.stringify(of));
			expect(plain(rowFrom(contactLine(contact, fields)))).toEqual(plain(rowOf(contact, fields)));
		}),
		{ seed: 20260115, numRuns: 500 }
	);
});
