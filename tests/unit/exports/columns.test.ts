import { describe, expect, it } from 'vitest';
import {
	columnOf,
	columnSources,
	defaultDefinition,
	ExportDefinition,
	headerOf,
	isIdentifier,
	moved,
	repeatedHeaders,
	withForm,
	withKnownFields,
	type ExportColumn
} from '$lib/exports/columns';
import { fileNameOf } from '$lib/exports/file-name';
import { defaultFormat } from '$lib/exports/format';
import { standardFields, type Field } from '$lib/fields/field';
import { group, leaf } from '$lib/rules/rule';

const fields = new Map<string, Field>(
	[...standardFields, { id: 'plan', name: 'Plan', type: 'select' } as const].map((field) => [
		field.id,
		field
	])
);
const column = (key: string, id = key) => columnOf(key, id, fields);

describe('columns', () => {
	it('are called as what they are made of', () => {
		expect(column('field email').header).toBe('Email');
		expect(column('field plan').header).toBe('Plan');
		expect(column('tags').header).toBe('Tags');
	});

	it('can be made of every field, tags and lists', () => {
		const sources = columnSources(fields);
		expect(sources.map(({ key }) => key)).toEqual([
			...[...fields.keys()].map((id) => `field ${id}`),
			'tags',
			'lists'
		]);
		for (const { key, label } of sources) expect(headerOf(column(key), fields)).toBe(label);
	});

	it('are renamed with their form, unless somebody named them', () => {
		const hashed = withForm(column('field email'), 'sha256', fields);
		expect(hashed).toMatchObject({ as: 'sha256', header: 'Email SHA-256' });
		expect(withForm(hashed, 'text', fields).header).toBe('Email');
		const named: ExportColumn = { ...column('field email'), header: 'em' };
		expect(withForm(named, 'md5', fields).header).toBe('em');
		expect(headerOf({ ...hashed, header: '  ' }, fields)).toBe('Email SHA-256');
	});

	it('are what networks match people by only if they hold addresses or phone numbers', () => {
		expect(isIdentifier(column('field email'), fields)).toBe(true);
		expect(isIdentifier(column('field phone'), fields)).toBe(true);
		expect(isIdentifier(column('field city'), fields)).toBe(false);
		expect(isIdentifier(column('lists'), fields)).toBe(false);
	});

	it('move within their list', () => {
		expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
		expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
		expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
		expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
	});

	it('with one name are told', () => {
		const columns = [column('field email', '1'), column('field email', '2'), column('tags')];
		expect(repeatedHeaders(columns, fields)).toEqual(['Email']);
	});
});

describe('a definition', () => {
	const ids = () => {
		let n = 0;
		return () => String(++n);
	};

	it('begins with address and name, and survives being kept', () => {
		const begun = defaultDefinition(leaf({ kind: 'everyone' }), fields, ids());
		expect(begun.columns.map(({ header }) => header)).toEqual(['Email', 'First name', 'Last name']);
		expect(ExportDefinition.parse(JSON.parse(JSON.stringify(begun)))).toEqual(begun);
	});

	it('begins with what its rule asks about as well', () => {
		const country = leaf({
			kind: 'field',
			field: 'country',
			of: 'text',
			test: { operator: 'is', value: 'CH' }
		});
		const gone = leaf({ ...country.condition, field: 'gone' } as typeof country.condition);
		const tagged = leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['vip'] } });
		const consent = leaf({ kind: 'consent', channel: 'email', is: true, state: 'subscribed' });
		const rule = group('all', [country, group('any', [tagged, gone, country]), consent]);
		const { columns } = defaultDefinition(rule, fields, ids());
		expect(columns.map(({ header }) => header)).toEqual([
			...['Email', 'First name', 'Last name', 'Country', 'Tags', 'Email consent']
		]);
	});

	it('loses the columns of fields that were deleted', () => {
		const combined = (...ids: string[]): ExportColumn => ({
			...{ id: ids.join(), header: '', source: 'combined' },
			parts: ids.map((field) => ({ field }))
		});
		const definition = {
			columns: [
				...[column('field gone'), column('field plan'), column('tags'), column('constant')],
				...[combined('gone', 'plan'), combined('gone')]
			],
			format: defaultFormat
		};
		const known = withKnownFields(definition, fields).columns;
		expect(known.map(({ id }) => id)).toEqual(['field plan', 'tags', 'constant', 'gone,plan']);
		expect(known.at(-1)).toMatchObject({ parts: [{ field: 'plan' }] });
	});

	it('that was kept before there was more to choose still reads', () => {
		const kept = {
			columns: [
				{ id: '1', header: 'em', source: 'field', field: 'email', as: 'sha256' },
				{ id: '2', header: '', source: 'tags' }
			],
			format: { delimiter: ';', lineEnd: 'lf', bom: true, guard: false }
		};
		expect(ExportDefinition.parse(kept)).toEqual(kept);
	});
});

describe('the name of a file', () => {
	it.each([
		['DACH repeat buyers, warm', 'DACH repeat buyers, warm 2026-01-15.csv'],
		['Retention / VIP', 'Retention VIP 2026-01-15.csv'],
		['../../etc/passwd', 'etc passwd 2026-01-15.csv'],
		['a\u202egpj.exe\u0000', 'a gpj.exe 2026-01-15.csv'],
		[' . ', 'Winnow 2026-01-15.csv'],
		['Zürich “Ost” 🙂', 'Zürich “Ost” 🙂 2026-01-15.csv']
	])('of %j is %j', (name, file) => {
		expect(fileNameOf(name, '2026-01-15', '.csv')).toBe(file);
	});

	it('is short enough, never half a character, and says when it has tabs', () => {
		const name = fileNameOf('🙂'.repeat(200), '2026-01-15', '.tsv');
		expect(name).toBe(`${'🙂'.repeat(60)} 2026-01-15.tsv`);
	});
});
