import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded, guardedCell, unguarded } from '$lib/csv-guard';
import { textOf } from '$lib/imports/values/text';

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
		'+41 79 123\n=1',
		// They would be taken for guarded when they are read.
		"'=1",
		" '\t x",
		"'7210448301122"
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
		"'90s kid",
		"'t Hooft",
		'\t',
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
				const isFormula = /^\s*[=+\-@]|^\s*[\t\r\n]\s*\S/.test(kept);
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

/** Blanks, apostrophes and the signs that matter far more often than by chance. */
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.stringMatching(/^[ \t\r\n'=+\-@＝a1.,\u00a0\ufeff]{0,8}$/)
);
const options = { seed: 20260115, numRuns: 5000 };

describe('what was guarded', () => {
	it.each([
		["'=1+1", '=1+1'],
		["' =1+1", ' =1+1'],
		["'＝1+1", '＝1+1'],
		["'\t=1", '\t=1'],
		["''=1", "'=1"],
		// As other products do
		["'7210448301122", '7210448301122'],
		["'+41 79 555 01 02", '+41 79 555 01 02'],
		["'2024-03-12", '2024-03-12'],
		["'90s kid", "'90s kid"],
		["'t Hooft", "'t Hooft"],
		["'", "'"],
		['=1', '=1']
	])('%j reads as %j', (cell, value) => {
		expect(unguarded(cell)).toBe(value);
	});

	it('reads as it was, whatever it is', () => {
		fc.assert(
			fc.property(text, (value) => {
				expect(unguarded(guarded(value))).toBe(value);
			}),
			options
		);
	});

	it('is imported as it was, but for blanks around it', () => {
		fc.assert(
			fc.property(text, (value) => {
				expect(textOf(guarded(value))).toBe(value.trim());
			}),
			options
		);
	});

	it('as a cell of a file is imported as the cell would have been', () => {
		fc.assert(
			fc.property(text, (cell) => {
				expect(textOf(guardedCell(cell))).toBe(textOf(cell));
				expect(guardedCell(cell)).not.toMatch(/^\s*[=@＝]/);
			}),
			options
		);
	});

	it('takes no longer for a long hostile value', () => {
		const long = ' '.repeat(1_000_000);
		for (const cell of [`'${long}x`, `'1${long}x`, `'\t${long}`, `${"'".repeat(1_000_000)}=1`])
			expect(unguarded(guarded(cell))).toBe(cell);
	});
});
