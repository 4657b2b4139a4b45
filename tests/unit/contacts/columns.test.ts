import { expect, test } from 'vitest';
import { allColumns, chosenColumns, defaultColumns, toggled } from '$lib/contacts/columns';
import { definitions } from '../../fixtures/people';

const ids = (chosen: readonly string[]) =>
	chosenColumns(chosen, definitions.fields).map(({ id }) => id);

test('the name comes first, whatever is chosen; columns of fields that are gone are left out', () => {
	expect(ids(defaultColumns)[0]).toBe('name');
	expect(ids(['score', 'gone', 'email'])).toEqual(['name', 'score', 'email']);
	expect(ids(['name'])).toEqual(['name']);
	expect(ids(defaultColumns)).toEqual(['name', ...defaultColumns]);
});

test('every field has a column; what has no order cannot be sorted by', () => {
	const columns = new Map(allColumns(definitions.fields).map((column) => [column.id, column]));
	for (const id of definitions.fields.keys()) expect(columns.has(id), id).toBe(true);
	expect(columns.get('score')?.sort).toEqual({ by: 'score', family: 'number' });
	expect(columns.get('email')?.sort).toEqual({ by: 'email', family: 'text' });
	expect(columns.get('topics')?.sort).toBeUndefined();
	expect(columns.get('tags')?.sort).toBeUndefined();
});

test('a column is added at the end and taken away', () => {
	expect(toggled(['email'], 'score')).toEqual(['email', 'score']);
	expect(toggled(['email', 'score'], 'email')).toEqual(['score']);
});

test('an address takes more of the room that is left than a date or a choice', () => {
	const columns = new Map(allColumns(definitions.fields).map(({ id, grow }) => [id, grow]));
	for (const id of ['country', 'email_consent', 'created_at', 'tags'])
		expect(columns.get('email')!).toBeGreaterThan(columns.get(id)!);
});
