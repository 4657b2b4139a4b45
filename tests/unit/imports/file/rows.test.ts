import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Dialect } from '$lib/imports/file/dialect';
import { rowReader, type RawRow } from '$lib/imports/file/rows';

const comma: Dialect = {
	charset: 'utf-8',
	delimiter: ',',
	quotes: true,
	loose: false,
	newline: '\n',
	skip: 0,
	header: false
};

/** The records of a text that comes in pieces, or why there are none. */
function read(pieces: readonly string[], dialect: Partial<Dialect> = {}) {
	const reader = rowReader({ ...comma, ...dialect });
	const rows: RawRow[] = [];
	for (const piece of [...pieces.map((text) => reader.push(text)), reader.end()]) {
		if (!piece.ok) return piece.error;
		rows.push(...piece.value);
	}
	return rows;
}

const cells = (answer: ReturnType<typeof read>) =>
	Array.isArray(answer) ? answer.map((row) => row.cells) : answer;

test('records know the line they start in, after cells of several lines and blank lines', () => {
	expect(read(['a,b\n\n"one\ntwo",c\r\nd,e'])).toEqual([
		{ line: 1, cells: ['a', 'b'], malformed: false },
		{ line: 3, cells: ['one\ntwo', 'c'], malformed: false },
		{ line: 5, cells: ['d', 'e'], malformed: false }
	]);
});

test('a quote that is never closed is an answer with its line, not a last cell with the rest of the file', () => {
	expect(read(['a,b\nc,d\ne,"f\ng,h\ni,j'])).toEqual({ type: 'UnclosedQuote', line: 3 });
});

test('quotes that do not fit mark their record and no other', () => {
	const rows = read(['a,"b "c" d",e\nf,g,h']);
	expect(rows).toMatchObject([{ malformed: true }, { cells: ['f', 'g', 'h'], malformed: false }]);
});

test('a record that never ends is given up', () => {
	const reader = rowReader(comma);
	const piece = 'x'.repeat(3_000_000);
	let refusal;
	for (let i = 0; i < 20 && !refusal; i++) {
		const rows = reader.push(i === 0 ? `a,b\n"${piece}` : piece);
		if (!rows.ok) refusal = rows.error;
	}
	expect(refusal).toEqual({ type: 'UnclosedQuote', line: 2 });
});

test('quotes are ordinary characters where that is said', () => {
	expect(cells(read(['a,"b\nc,d"'], { quotes: false }))).toEqual([
		['a', '"b'],
		['c', 'd"']
	]);
});

test('a space before a quote does not split the cell where that is said', () => {
	const text = 'a, "X, Y", b\n "c""",d,"say, ""hi"", you"';
	for (let cut = 0; cut <= text.length; cut++)
		expect(cells(read([text.slice(0, cut), text.slice(cut)], { loose: true }))).toEqual([
			['a', 'X, Y', ' b'],
			['c"', 'd', 'say, "hi", you']
		]);
});

test('lines may end as on an old Mac', () => {
	expect(cells(read(['a,b\rc,"d\re"\r'], { newline: '\r' }))).toEqual([
		['a', 'b'],
		['c', 'd\re']
	]);
});

test('it does not matter where a text is cut, and what was written is read', () => {
	const cell = fc.string({
		unit: fc.constantFrom('a', 'é', ',', '"', '\n', ' ', ';', '😀'),
		maxLength: 6
	});
	const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
		minLength: 1,
		maxLength: 6
	});
	fc.assert(
		fc.property(table, fc.array(fc.nat(200), { maxLength: 5 }), (rows, cuts) => {
			const text = Papa.unparse(rows, { newline: '\r\n', quotes: true });
			const at = [
				0,
				...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b),
				text.length
			];
			const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
			const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
			expect(cells(read(pieces))).toEqual(filled);
		}),
		{ seed: 20260115, numRuns: 400 }
	);
});
