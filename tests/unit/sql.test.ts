import { afterAll, beforeAll, expect, test } from 'vitest';
import { inline, join, render, sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../fixtures/database';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

const nasty = [`'; drop table contact; --`, `\\`, `\\'`, '$1', '"', 'a\nb', '%_', '😀'];

test('values become parameters, in order, through nesting', () => {
	const inner = sql`b = ${2} and c = any(${['x', 'y']}::text[])`;
	expect(render(sql`select ${1} where ${inner} or d = ${null}`)).toEqual({
		text: 'select $1 where b = $2 and c = any($3::text[]) or d = $4',
		params: [1, 2, ['x', 'y'], null]
	});
	expect(render(join([sql`a`, sql`b`, sql`${3}`], sql`, `)).text).toBe('a, b, $1');
	expect(() => join([], sql`, `)).toThrow();
});

test('what people type comes back as it was, as parameter and written in', async () => {
	for (const text of nasty) {
		const query = sql`select ${text}::text as text, (${nasty}::text[])[2] as second`;
		const [bound] = await database.rows<{ text: string; second: string }>(query);
		expect(bound).toEqual({ text, second: nasty[1] });

		// The statement as a person would paste it, run without parameters.
		const [read] = await database.rows<{ text: string }>(
			sql`select query_to_xml(${inline(query)}, true, false, '')::text as text`
		);
		expect(read!.text).toContain('<row>');
	}
});

test('every sort of value can be written in', () => {
	const at = new Date('2024-06-15T10:00:00Z');
	expect(
		inline(sql`${1.5} ${true} ${null} ${at} ${[1, 2]} ${["a'b"]} ${new Uint8Array([1, 255])}`)
	).toBe(`1.5 true null '2024-06-15T10:00:00.000Z' array[1, 2] array['a''b'] E'\\\\x01ff'`);
});
