import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvWriter, defaultFormat, guarded, startOf, type CsvFormat } from '$lib/exports/csv';

const plain: CsvFormat = { ...defaultFormat, guard: false };

describe('a record', () => {
	it('has quotes only where they are needed', () => {
		const line = csvWriter(plain);
		expect(line(['a', 'b c', '', 'é'])).toBe('a,b c,,é\r\n');
		expect(line(['a,b', 'say "hi"', 'two\nlines', 'old\rmac', '"'])).toBe(
			'"a,b","say ""hi""","two\nlines","old\rmac",""""\r\n'
		);
	});

	it('ends and parts as it is told', () => {
		const line = csvWriter({ ...plain, delimiter: ';', lineEnd: 'lf' });
		expect(line(['a,b', 'c;d'])).toBe('a,b;"c;d"\n');
		expect(csvWriter({ ...plain, delimiter: '\t' })(['a\tb', ',;'])).toBe('"a\tb"\t,;\r\n');
	});

	it('of one empty cell is not an empty line', () => {
		expect(csvWriter(plain)([''])).toBe('""\r\n');
		expect(csvWriter(plain)(['', ''])).toBe(',\r\n');
	});

	it('is quoted after it is guarded', () => {
		expect(csvWriter(defaultFormat)(['=HYPERLINK("http://x.example","a")'])).toBe(
			`"'=HYPERLINK(""http://x.example"",""a"")"\r\n`
		);
	});

	it('reads back as it was, whatever is in it', () => {
		const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[,;\t"'\r\n =a]*$/));
		const formats = fc.record({
			delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
			lineEnd: fc.constantFrom('crlf' as const, 'lf' as const),
			bom: fc.constant(false),
			guard: fc.constant(false)
		});
		fc.assert(
			fc.property(
				formats,
				fc
					.integer({ min: 1, max: 4 })
					.chain((width) =>
						fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 })
					),
				(format, rows) => {
					const text = rows.map(csvWriter(format)).join('');
					const { data } = Papa.parse<string[]>(text, {
						delimiter: format.delimiter,
						newline: format.lineEnd === 'crlf' ? '\r\n' : '\n'
					});
					// After the last line end the reader sees one more, empty line.
					expect(data.slice(0, -1)).toEqual(rows);
				}
			),
			{ seed: 20260115, numRuns: 100 }
		);
	});
});

it('begins with a byte order mark only if it is wanted', () => {
	expect([...new TextEncoder().encode(startOf({ ...plain, bom: true }))]).toEqual([
		0xef, 0xbb, 0xbf
	]);
	expect(startOf(plain)).toBe('');
});

describe('guarding', () => {
	it.each([
		'=1+1',
		'+cmd|x',
		"-2+3+cmd|' /C calc'!A0",
		'@SUM(A1)',
		'\t=1',
		'\rx',
		'\nx',
		' =1',
		'\u00a0 \u3000@x',
		'  \tx',
		'＝1+1',
		'＋a',
		'-',
		'+',
		'-a',
		'--1',
		'+41 79 x',
		'-5+3',
		'+1;x',
		'=5',
		'+41 79 123\n=1'
	])('puts an apostrophe before %j', (text) => {
		expect(guarded(text)).toBe(`'${text}`);
	});

	it.each([
		'-5.2',
		'-5,2',
		'+3',
		'-1e-7',
		'-.5',
		'-1,234.50',
		' -5.2 ',
		'+41 79 123 45 67',
		'+1 (555) 010-0199',
		'+49.30/901820',
		'+41\u00a079\u202f123',
		'a=1',
		'a+b@example.com',
		"'=1",
		'',
		' ',
		'1-2',
		'–5',
		'#1'
	])('leaves %j as it is', (text) => {
		expect(guarded(text)).toBe(text);
	});

	it('leaves, of what begins like a formula, only digits and the signs between them', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[ \t\r\n=+\-@]{0,2}[0-9 .()a/-]{0,6}$/), (text) => {
				const kept = guarded(text);
				const isFormula = /^\s*[=+\-@]|^\s*[\t\r\n]/.test(kept);
				if (isFormula) expect(kept).toMatch(/^ *[+-][\d.()/ -]+$/);
			}),
			{ seed: 20260115, numRuns: 1000 }
		);
	});

	it('takes no longer for a long hostile value', () => {
		const long = `+1${' '.repeat(1_000_000)}x`;
		expect(guarded(long)).toBe(`'${long}`);
		expect(guarded(`${' '.repeat(1_000_000)}x`).startsWith(' ')).toBe(true);
	});
});
