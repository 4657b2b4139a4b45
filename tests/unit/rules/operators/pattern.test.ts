import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '$lib/sql';
import { fits as expressionFits } from '$lib/rules/operators/fits';
import { readPattern } from '$lib/rules/operators/pattern';
import { textKey } from '$lib/text-key';
import { openTestDatabase, type TestDatabase } from '../../../fixtures/database';
import { openOwnServer } from '../../../fixtures/postgres';
import { noPostgres } from '../../../fixtures/postgres-server';

let database: TestDatabase;
/** A server's as well, where there is one. */
let server: TestDatabase | undefined;
beforeAll(async () => {
	database = await openTestDatabase();
	server = noPostgres ? undefined : await openOwnServer();
});
afterAll(async () => {
	await database.close();
	await server?.close();
});

const fits = (pattern: string, text: string) => {
	const read = readPattern(pattern);
	if (!read.ok) throw new Error(read.error);
	return expressionFits(read.value, textKey(text));
};

test.each([
	['^D', 'de', true],
	['^D', 'ade', false],
	['a.c', 'a😀c', true],
	['^a{2,3}$', 'aaaa', false],
	['(ab|cd)+$', 'xxABcd', true],
	['[^0-9]', '2024', false],
	['\\d{4}-\\d\\d', 'on 2024-06', true],
	['a\\.b', 'axb', false],
	['[A-C]x', 'bX', true],
	['ÄÖ', 'äö', true],
	['o{0}x', 'x', true]
])('%s in %s: %s', (pattern, text, expected) => {
	expect(fits(pattern, text)).toBe(expected);
});

test.each([
	['', 'Type a pattern.'],
	['(a+)+', 'Character 5 (“+”) repeats a group that repeats inside.'],
	['a**', 'Character 3 (“*”) repeats a repeat.'],
	['(?=a)', 'Character 3 (“=”) is not supported here.'],
	['(a)\\1', 'Character 5 (“1”) is not a known escape.'],
	['a{1,51}', 'Character 2 (“{”) repeats more than 50 times, or backwards.'],
	['a{', 'Character 2 (“{”) is not a repeat such as {2,5}; write \\{ for the character.'],
	['[z-a]', 'Character 5 (“]”) is not a range of plain letters or digits.'],
	['[]', 'Character 2 (“]”) is an empty class.'],
	['a|', 'Character 2 (“|”) leaves an alternative empty.'],
	['(a', 'Character 2 (“a”) closing bracket is missing.'],
	['a)', 'Character 2 (“)”) has no opening bracket.'],
	['^*', 'Character 2 (“*”) repeats an anchor.'],
	['x'.repeat(201), 'A pattern has at most 200 characters.']
])('%s is refused', (pattern, message) => {
	const read = readPattern(pattern);
	expect(read.ok ? read.value : read.error).toBe(message);
});

test('means the same to us, in JavaScript and in Postgres, whatever is typed', async () => {
	const pieces = [
		'a',
		'B',
		'é',
		'İ',
		'.',
		'\\d',
		'\\W',
		'\\s',
		'[a-c]',
		'[^x]',
		'[é-]',
		'(a|b)',
		'(?:ab)',
		'^',
		'$',
		'*',
		'+',
		'?',
		'{2}',
		'{1,3}',
		'|',
		'\\.',
		'-',
		'/',
		' ',
		'😀',
		']',
		'}'
	];
	const pattern = fc
		.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
		.map((p) => p.join(''));
	const text = fc
		.array(
			fc.constantFrom(
				'a',
				'b',
				'B',
				'c',
				'x',
				'é',
				'İ',
				'1',
				' ',
				'.',
				'-',
				'/',
				'😀',
				'\n',
				']',
				'}'
			),
			{ maxLength: 8 }
		)
		.map((t) => t.join(''));
	let compared = 0;
	await fc.assert(
		fc.asyncProperty(
			pattern,
			fc.array(text, { minLength: 5, maxLength: 5 }),
			async (pattern, texts) => {
				const read = readPattern(pattern);
				if (!read.ok) return;
				compared++;
				const keys = texts.map(textKey);
				const rows = await database.rows<{ fits: boolean }>(
					sql`select key ~ ${read.value} as fits from unnest(${keys}::text[]) with ordinality t(key, i) order by i`
				);
				const regex = new RegExp(read.value, 'us');
				const found = keys.map((key) => regex.test(key));
				expect(rows.map(({ fits }) => fits)).toEqual(found);
				expect(keys.map((key) => expressionFits(read.value, key))).toEqual(found);
			}
		),
		{ numRuns: 1500, seed: 42 }
	);
	expect(compared).toBeGreaterThan(300);
});

// What makes engines that try one way after another take for ever, or the tables of others grow without end.
const slow = [
	'a*a*a*a*a*a*a*a*b',
	'(a|a)*b',
	'(a|ab|b)*c',
	'a?'.repeat(60) + 'a{50}',
	'.{0,50}'.repeat(28) + 'z',
	'[^x]{0,50}'.repeat(19) + 'x',
	'(ab|cd|a|b){0,50}'.repeat(11) + 'z',
	'a{0,50}b{0,50}'.repeat(14) + 'z',
	'(.a|a.|..){0,50}'.repeat(12) + 'z',
	'(a|b)*a(a|b){20}z',
	'(.*a.{12}z|.*b.{13}y)',
	'x*'.repeat(100)
];
const lines = ['a'.repeat(400), 'ab'.repeat(200), 'é😀'.repeat(100)];
const pages = lines.map((line) => line.repeat(50));

test.each(slow)(
	'%s is answered in time, whatever the text',
	{ timeout: 20_000 },
	async (pattern) => {
		const read = readPattern(pattern);
		if (!read.ok) throw new Error(read.error);
		const ask = async (database: TestDatabase, keys: readonly string[]) => {
			const rows = await database.rows<{ fits: boolean }>(
				sql`select key ~ ${read.value} as fits from unnest(${keys}::text[]) with ordinality t(key, i) order by i`
			);
			return rows.map(({ fits }) => fits);
		};
		const found = lines.map((line) => expressionFits(read.value, line));
		for (const one of [database, server].filter((one) => one !== undefined)) {
			expect(await ask(one, lines)).toEqual(found);
			// What is wholly of these lines, and does not end otherwise, is as they are.
			expect(await ask(one, pages)).toEqual(found);
		}
	}
);
