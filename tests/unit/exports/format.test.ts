import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { ExportDefinition } from '$lib/exports/columns';
import { defaultFormat, fileWriter, type ExportFormat } from '$lib/exports/format';

const plain: ExportFormat = { ...defaultFormat, bom: false, guard: false };

describe('a record', () => {
	it('has quotes only where they are needed', () => {
		const { row: line } = fileWriter(plain);
		expect(line(['a', 'b c', '', 'é'])).toBe('a,b c,,é\r\n');
		expect(line(['a,b', 'say "hi"', 'two\nlines', 'old\rmac', '"'])).toBe(
			'"a,b","say ""hi""","two\nlines","old\rmac",""""\r\n'
		);
	});

	it('ends and parts as it is told', () => {
		const { row: line } = fileWriter({ ...plain, delimiter: ';', lineEnd: 'lf' });
		expect(line(['a,b', 'c;d'])).toBe('a,b;"c;d"\n');
		expect(fileWriter({ ...plain, delimiter: '\t' }).row(['a\tb', ',;'])).toBe('"a\tb"\t,;\r\n');
	});

	it('of one empty cell is not an empty line', () => {
		expect(fileWriter(plain).row([''])).toBe('""\r\n');
		expect(fileWriter(plain).row(['', ''])).toBe(',\r\n');
	});

	it('is quoted after it is guarded', () => {
		expect(fileWriter(defaultFormat).row(['=HYPERLINK("http://x.example","a")'])).toBe(
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
					const text = rows.map(fileWriter(format).row).join('');
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

describe('a file', () => {
	it('begins with its header, and a byte order mark only if it is wanted', () => {
		expect(fileWriter(plain).begin(['a', 'b'])).toBe('a,b\r\n');
		const { begin } = fileWriter({ ...plain, bom: true });
		expect([...new TextEncoder().encode(begin(['a']))]).toEqual([0xef, 0xbb, 0xbf, 97, 13, 10]);
	});

	it('is called and said to be what it is', () => {
		expect(fileWriter(plain)).toMatchObject({ extension: '.csv', mime: 'text/csv' });
		expect(fileWriter({ ...plain, delimiter: '\t' })).toMatchObject({
			extension: '.tsv',
			mime: 'text/tab-separated-values'
		});
	});

	it('has one text for each kind of value', () => {
		expect(fileWriter(plain).row(['a', -5.2, true, ['x', 'y, z'], [], null])).toBe(
			'a,-5.2,true,"x; y, z",,\r\n'
		);
	});
});

it('is kept in a form that must still be read', () => {
	const kept = { delimiter: ';', lineEnd: 'lf', bom: true, guard: false };
	expect(ExportDefinition.parse({ columns: [], format: kept }).format).toEqual(kept);
});
