import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyOf, standardFields } from '$lib/fields/field';
import { fieldSql, writtenSql } from '$lib/rules/stored';
import { render, sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

test.each(standardFields)(
	'$id is kept in its own column, and text has its key beside it',
	async ({ id, type }) => {
		const text = familyOf(type) === 'text';
		expect(render(writtenSql(id))).toEqual({ text: `contact.${id}`, params: [] });
		expect(render(fieldSql(id, familyOf(type))).text).toBe(`contact.${id}${text ? '_key' : ''}`);
		// The table has both.
		const both = sql`select ${writtenSql(id)} as written, ${fieldSql(id, familyOf(type))} as key from contact`;
		expect(await database.rows(both)).toEqual([]);
	}
);

test('a custom field is kept as JSON under its id, which is only ever a parameter', () => {
	expect(render(writtenSql("o'clock"))).toEqual({
		text: 'contact.fields -> $1',
		params: ["o'clock"]
	});
});
