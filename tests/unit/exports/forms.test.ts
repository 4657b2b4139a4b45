import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cellReader } from '$lib/exports/cells';
import { columnOf, headerOf, withForm, type ExportColumn } from '$lib/exports/columns';
import { partsOf, partsText, unknownNames } from '$lib/exports/combined';
import { choiceOf, formChoices, inForm } from '$lib/exports/form';
import type { Cell } from '$lib/exports/format';
import { toolsFor } from '$lib/exports/run-tools';
import { standardFields, type Field } from '$lib/fields/field';

const fields = new Map<string, Field>(standardFields.map((field) => [field.id, field]));
const names = { fields, tags: new Map([['t', 'vip']]), lists: new Map<string, string>() };
const column = (key: string, as: 'text' | 'md5' | 'sha256', form?: Parameters<typeof inForm>[1]) =>
	withForm(columnOf(key, key, fields), as, fields, form);

async function cellsOf(columns: readonly ExportColumn[], values: unknown[], country?: string) {
	const unread: string[] = [];
	const tools = await toolsFor(columns, {
		phoneCountry: country,
		onunread: (id) => void unread.push(id)
	});
	return { cells: cellReader(columns, names, tools)(values), unread };
}

describe('a text in a form', () => {
	it.each([
		['lower', '  Mary   ANN ', 'mary ann'],
		['upper', ' zoë ', 'ZOË'],
		['bare', " O'Brien-Smith, Jr. ", 'obriensmith jr'],
		['compact', 'St. Gallen', 'stgallen'],
		['postcode', '94107-1234', '94107'],
		['postcode', 'SW1A 1AA', 'sw1a1aa'],
		['postcode', '00-950', '00-950'],
		['bare', '정', '정'],
		['bare', ' ... ', '']
	] as const)('%s: %j is %j', (form, text, expected) => {
		expect(inForm(text, form)).toBe(expected);
	});
});

describe('a hash', () => {
	// What Meta's own documentation says comes out.
	it.each([
		['first_name', 'Mary', '6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec'],
		['first_name', '정', '8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14'],
		['first_name', 'Valéry', '08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c']
	])('of %s %j is the documented one', async (id, text, expected) => {
		const { cells } = await cellsOf([column(`field ${id}`, 'sha256', 'bare')], [text]);
		expect(cells).toEqual([expected]);
	});

	it('of a phone number is the documented one', async () => {
		const phone = withForm(columnOf('field phone', 'p', fields), 'sha256', fields, 'digits');
		const { cells } = await cellsOf([phone], [['(650)555-1212', 'US']]);
		expect(cells).toEqual(['e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176']);
	});

	it('can be MD5 too', async () => {
		const phone = withForm(columnOf('field phone', 'p', fields), 'md5', fields, 'digits');
		const { cells } = await cellsOf([phone], [['+41 79 123 45 67', null]]);
		expect(cells).toEqual([createHash('md5').update('41791234567').digest('hex')]);
	});
});

describe('a phone number', () => {
	const phone = withForm(columnOf('field phone', 'p', fields), 'text', fields, 'e164');
	const read = async (text: string | null, country: string | null, otherwise?: string) =>
		cellsOf([phone], [[text, country]], otherwise);

	it.each<[string | null, string | null, string | undefined, Cell]>([
		['+41791234567', null, undefined, '+41791234567'],
		['0041 79 123 45 67', null, undefined, '+41791234567'],
		['079 123 45 67', 'CH', undefined, '+41791234567'],
		['079 123 45 67', 'Schweiz', undefined, '+41791234567'],
		['079 123 45 67', 'CH', 'DE', '+41791234567'],
		['030 1234567', null, 'DE', '+49301234567'],
		['(650) 555-1212', 'US', undefined, '+16505551212'],
		[null, 'CH', undefined, null],
		[' ', 'CH', undefined, null]
	])('%j in %j, else %j, is %j', async (text, country, otherwise, expected) => {
		expect(await read(text, country, otherwise)).toEqual({ cells: [expected], unread: [] });
	});

	it.each([
		['079 123 45 67', null],
		['call me', 'CH'],
		['12', 'CH'],
		['079 123 45 67', 'Atlantis']
	])('%j in %j is left blank, and counted', async (text, country) => {
		expect(await read(text, country)).toEqual({ cells: [null], unread: ['p'] });
	});
});

describe('what is made here', () => {
	it('is the same text for everybody, or nothing', async () => {
		const constant = { ...columnOf('constant', 'c', fields), text: 'autumn' } as ExportColumn;
		const none = columnOf('constant', 'd', fields);
		expect((await cellsOf([constant, none], [null, null])).cells).toEqual(['autumn', null]);
		expect(headerOf(none, fields)).toBe('Fixed text');
	});

	it('is fields with text between, without blanks for what is missing', async () => {
		const combined = columnOf('combined', 'c', fields);
		expect(headerOf(combined, fields)).toBe('First name Last name');
		const read = async (first: string | null, last: string | null) =>
			(await cellsOf([combined], [[null, first, null, last]])).cells[0];
		expect(await read('Ada', 'Lovelace')).toBe('Ada Lovelace');
		expect(await read('Ada', null)).toBe('Ada');
		expect(await read(null, null)).toBeNull();
	});

	it('has the names of tags with what a product wants between them', async () => {
		const tags = { ...columnOf('tags', 't', fields), between: ', ' } as ExportColumn;
		expect((await cellsOf([tags], [['t', 'gone']])).cells).toEqual(['vip']);
		expect((await cellsOf([tags], [[]])).cells).toEqual([null]);
	});
});

describe('fields in braces', () => {
	it.each([
		'{First name} {Last name}',
		'Dear {First name},',
		'{Nobody} knows {City}',
		'a {b',
		'{{City}}',
		''
	])('%j stays as it was typed', (text) => {
		expect(partsText(partsOf(text, fields), fields)).toBe(text);
	});

	it('are known by name or id, and said where they are not', () => {
		expect(partsOf('{first_name}-{LAST NAME}', fields)).toEqual([
			...[{ field: 'first_name' }, '-', { field: 'last_name' }]
		]);
		expect(unknownNames(partsOf('{Nobody} {City}', fields))).toEqual(['{Nobody}']);
	});
});

it('can be chosen for addresses, phones and text, each with a name of its own', () => {
	for (const type of ['email', 'phone', 'text', 'number', undefined] as const) {
		const choices = formChoices(type);
		expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
		for (const { value, as, form } of choices) {
			const chosen = withForm(columnOf('field email', 'e', fields), as, fields, form);
			expect(chosen.source === 'field' && choiceOf(chosen)).toBe(value);
		}
	}
	expect(formChoices('number')).toEqual([]);
});
