import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { describeRefusal, type FileRefusal } from '$lib/imports/file/refusal';
import { Desk } from '../../fixtures/csv/desk';
import { definitionsWith } from '../../fixtures/csv/files';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(() => desk.close());

/** Why a file is not even looked at. */
async function refusal(content: BlobPart): Promise<FileRefusal> {
	const analysis = await desk.api.analyseFile(new File([content], 'x.csv'), {}, definitionsWith());
	if (analysis.ok) throw new Error('It was not refused.');
	return analysis.error;
}

const utf16 = (text: string, mark: boolean) => {
	const units = Uint16Array.from(text, (c) => c.charCodeAt(0));
	return new Blob([...(mark ? [new Uint8Array([0xff, 0xfe])] : []), new Uint8Array(units.buffer)]);
};

test('formulas are text, and stay it', async () => {
	const { definitions, counts } = await desk.import(
		'Email,Note\nana@example.com,"=HYPERLINK(""http://evil.example"")"\nbo@example.com,@SUM(1)\ncy@example.com,-2+3'
	);
	expect(counts).toMatchObject({ created: 3, rejected: 0 });
	const note = definitions.fields[0]!.id;
	expect((await desk.contacts(note)).map((row) => row[note])).toEqual([
		'=HYPERLINK("http://evil.example")',
		'@SUM(1)',
		'-2+3'
	]);
});

test('a NUL loses its value, or its row where that says who it is', async () => {
	const { rejected, leftOut, counts } = await desk.import(
		'Email,City,Company\nana@example.com,Be\0rn,\nbo@example.com,Basel,\ncy\0@example.com,,'
	);
	expect(counts).toMatchObject({ created: 2, rejected: 1, leftOut: 1 });
	expect((await desk.contacts('city')).map(({ city }) => city)).toEqual([null, 'Basel']);
	expect(leftOut).toMatchObject([{ problem: { type: 'NulCharacter', column: 'City' } }]);
	expect(rejected).toMatchObject([
		{ line: 4, problems: [{ type: 'NulCharacter', column: 'Email' }] }
	]);
});

test('a quote nobody closed refuses the file with its line, and imports nothing of it', async () => {
	const file = 'Email,Note\nana@example.com,a\nbo@example.com,"b\ncy@example.com,c\n';
	expect(await refusal(file)).toEqual({ type: 'UnclosedQuote', line: 3 });
	expect(describeRefusal({ type: 'UnclosedQuote', line: 3 })).toContain('line 3');
	const { counts } = await desk.import(file, { dialect: { quotes: false } });
	expect(counts.created).toBe(3);
});

test('the same deep in the file is found when it is read, and leaves nothing behind', async () => {
	const rows = Array.from(
		{ length: 5000 },
		(_, i) => `p${i}@example.com,${i === 4000 ? '"' : ''}x`
	);
	const { file, plan } = await desk.plan(`Email,Note\n${rows.join('\n')}\n`);
	const before = await desk.everything();
	expect(await desk.api.runImport(file, plan)).toEqual({
		status: 'refused',
		refusal: { type: 'UnclosedQuote', line: 4002 }
	});
	expect(await desk.everything()).toEqual(before);
});

test('a cell of 10 MB is left out', async () => {
	const { counts, leftOut } = await desk.import(
		`Email,Note\nana@example.com,"${'x\n'.repeat(5_000_000)}"\nbo@example.com,fine\n`
	);
	expect(counts).toMatchObject({ created: 2, rejected: 0, leftOut: 1 });
	expect(leftOut).toEqual([
		{
			problem: { type: 'TooLong', column: 'Note', length: 9_999_999, limit: 32_767 },
			rows: 1,
			examples: [{ line: 2, value: '' }]
		}
	]);
});

test('an address that no index could hold rejects its row; an id or a country is left out', async () => {
	const long = 'x'.repeat(3000);
	const { counts, rejected, leftOut } = await desk.import(
		`Customer ID,Email,Country\n1,${long}@example.com,CH\n${long},bo@example.com,CH\n3,cy@example.com,${long}\n4,do@example.com,CH\n5,ed@example.com,CH`
	);
	expect(counts).toMatchObject({ created: 4, rejected: 1, leftOut: 2 });
	expect(rejected.map(({ problems }) => problems[0]!.type)).toEqual(['NotAnEmail']);
	expect(leftOut.map(({ problem }) => problem)).toMatchObject([
		{ type: 'TooLong', column: 'Customer ID' },
		{ type: 'TooLong', column: 'Country' }
	]);
});

test('5,000 columns are refused with their number', async () => {
	const header = Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',');
	const answer = await refusal(`${header}\n${header}\n`);
	expect(answer).toEqual({ type: 'TooManyColumns', columns: 5000, limit: 500 });
	expect(describeRefusal(answer)).toContain('5,000 columns');
});

test('500 columns are read', async () => {
	const names = Array.from({ length: 499 }, (_, i) => `c${i}`);
	const { counts, definitions } = await desk.import(
		`Email,${names.join(',')}\nana@example.com,${names.join(',')}`
	);
	expect(counts.created).toBe(1);
	expect(definitions.fields).toHaveLength(499);
});

test.each([true, false])('UTF-16 is read (with a mark: %s)', async (mark) => {
	const { counts } = await desk.import(
		utf16('Email,City\nana@example.com,Genève\nbo@example.com,Zürich\n', mark) as BlobPart
	);
	expect(counts.created).toBe(2);
	expect((await desk.contacts('city')).map(({ city }) => city)).toEqual(['Genève', 'Zürich']);
});

test('text that is not UTF-8 is read as what it most likely is', async () => {
	const western = Uint8Array.from(
		'Email,City\nana@example.com,Gen\xe8ve\nbo@example.com,Z\xfcrich und K\xf6ln\n',
		(c) => c.charCodeAt(0)
	);
	const { analysis } = await desk.plan(western);
	expect(analysis.dialect.charset).toBe('windows-1252');
	await desk.import(western);
	expect((await desk.contacts('city')).map(({ city }) => city)).toEqual([
		'Genève',
		'Zürich und Köln'
	]);
});

test('a charset that was chosen and does not fit is told with the line', async () => {
	const western = Uint8Array.from(
		`Email,City\n${'a@example.com,Bern\n'.repeat(50)}ana@example.com,Gen\xe8ve\n`,
		(c) => c.charCodeAt(0)
	);
	const analysis = await desk.api.analyseFile(
		new File([western], 'x.csv'),
		{ dialect: { charset: 'utf-8' } },
		definitionsWith()
	);
	expect(analysis).toEqual({
		ok: false,
		error: { type: 'WrongCharset', charset: 'utf-8', line: 52 }
	});
});

test('no header: nothing is lost to it', async () => {
	const { counts } = await desk.import('ana@example.com,Ana\nbo@example.com,Bo');
	expect(counts.created).toBe(2);
});

describe('a file that is no table', () => {
	test.each([
		['', 'Empty'],
		['\n \n', 'Empty'],
		['Email,Name\n', 'NoRows']
	])('%j is refused as %s', async (content, type) => {
		expect((await refusal(content)).type).toBe(type);
	});
	test('a workbook says how to save it', async () => {
		const answer = await refusal(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]));
		expect(answer).toEqual({ type: 'NotText', looksLike: 'workbook' });
		expect(describeRefusal(answer)).toContain('CSV UTF-8');
	});
});

test('a file that is gone is told to be chosen again', async () => {
	const { file, plan } = await desk.plan('Email\nana@example.com');
	const gone = new Proxy(file, {
		get: (of, name) =>
			name === 'slice'
				? () => ({
						arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError'))
					})
				: Reflect.get(of, name, of)
	});
	expect(await desk.api.runImport(gone, plan)).toEqual({
		status: 'refused',
		refusal: { type: 'Unreadable' }
	});
});

test('rows with more cells than columns are rejected, with fewer they are read', async () => {
	const { counts, rejected } = await desk.import(
		'Email,City\nana@example.com,Bern,extra\nbo@example.com\ncy@example.com,Chur,,\ndo@example.com,Visp'
	);
	expect(counts).toMatchObject({ created: 3, rejected: 1 });
	expect(rejected).toEqual([
		{ line: 2, problems: [{ type: 'TooManyCells', cells: 3, columns: 2 }] }
	]);
});

test('a row whose quotes do not fit is rejected, and the next one is read', async () => {
	const { counts, rejected } = await desk.import(
		'Email,Note\nana@example.com,"say "hi" now"\nbo@example.com,fine'
	);
	expect(counts).toMatchObject({ created: 1, rejected: 1 });
	expect(rejected[0]).toEqual({ line: 2, problems: [{ type: 'BadQuotes' }] });
});
