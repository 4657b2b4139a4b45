import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable, comparableAt } from '$lib/fields/value';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { definitions, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';
import { randomJson, randomPath } from '../../../fixtures/random-json';

/** A list of each sort, by name; the names say what is special about them. */
const lists: Readonly<Record<string, unknown>> = {
	absent: undefined,
	null: null,
	blank: '',
	text: '[{"a": 1}]',
	number: 1,
	emptyList: [],
	emptyObject: {},
	object: { a: 1, items: 3 },
	ofNull: [null],
	ofObjects: [{ a: 1 }, { a: '2' }, { b: 1 }],
	ofOne: [{ a: 1, b: 'x' }],
	ofTwo: [
		{ a: 1, b: 'y' },
		{ a: 3, b: 'x' }
	],
	ofNumbers: [1, 2],
	ofTexts: ['X', ' x', '1'],
	ofLists: [[{ a: 1 }], ['x']]
};

const people: NamedPerson[] = Object.entries(lists).map(([name, value]) => ({
	name,
	archived: false,
	fields: value === undefined ? {} : { profile: value },
	tags: [],
	lists: [],
	events: [{ type: 'order_placed', at: moment.now, properties: { items: value } }]
}));

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

const draft = (
	condition: DraftRule & { type: 'condition' } extends { condition: infer C } ? C : never
) => parseRule({ type: 'condition', id: NodeId.parse('c'), condition }, definitions);

/** Who it holds for, having seen that SQL, bitmaps and the oracle agree, of a field and of a property. */
async function holds(comparison: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
	const ways = [
		{ kind: 'field', field: 'profile', ...comparison },
		{
			kind: 'event',
			types: ['order_placed'],
			did: true,
			where: [{ property: 'items', ...comparison }]
		}
	];
	const answers = [];
	for (const condition of ways) {
		const rule = draft(condition);
		if (!rule.ok) throw new Error(JSON.stringify(rule.error));
		answers.push(population.byOracle(rule.value, moment));
		answers.push(await population.bySql(rule.value, moment));
		answers.push(await population.byBitmap(rule.value, moment));
	}
	for (const answer of answers) expect(answer).toEqual(answers[0]);
	return answers[0]!;
}

const items = (operator: string, ...where: object[]) => ({ of: 'json', test: { operator, where } });
const a1 = { path: 'a', of: 'number', test: { operator: 'equals', value: 1 } };
const bx = { path: 'b', of: 'text', test: { operator: 'is', value: 'X' } };
const all = Object.keys(lists).sort();
const without = (...names: string[]) => all.filter((name) => !names.includes(name));

describe('of the items of a list', () => {
	test('any meets all filters by itself', async () => {
		expect(await holds(items('anyItem', a1))).toEqual(['ofObjects', 'ofOne', 'ofTwo']);
		expect(await holds(items('anyItem', a1, bx))).toEqual(['ofOne']);
	});

	test('none does is what is left, with everything that is no list', async () => {
		expect(await holds(items('noItem', a1, bx))).toEqual(without('ofOne'));
		expect(await holds({ ...items('noItem', a1, bx), missing: 'exclude' })).toEqual([
			'object',
			'ofLists',
			'ofNull',
			'ofNumbers',
			'ofObjects',
			'ofTexts',
			'ofTwo'
		]);
	});

	test('all do, and there is one', async () => {
		expect(await holds(items('allItems', a1))).toEqual(['ofOne']);
		const isNotX = { path: 'b', of: 'text', test: { operator: 'isNot', value: 'x' } };
		// An item without the part meets a negative filter, as a contact without a value does.
		expect(await holds(items('allItems', isNotX))).toEqual([
			'ofLists',
			'ofNull',
			'ofNumbers',
			'ofObjects',
			'ofTexts'
		]);
	});

	test('so many do', async () => {
		const count = (operator: string, n: number, where?: object[]) => ({
			of: 'json',
			test: { operator: 'itemCount', count: { operator, n }, ...(where ? { where } : {}) }
		});
		expect(await holds(count('exactly', 2))).toEqual(['ofLists', 'ofNumbers', 'ofTwo']);
		expect(await holds(count('atLeast', 1, [a1]))).toEqual(['ofObjects', 'ofOne', 'ofTwo']);
		expect(await holds(count('atMost', 0))).toEqual([
			'absent',
			'blank',
			'emptyList',
			'emptyObject',
			'null',
			'number',
			'object',
			'text'
		]);
	});

	test('the item itself is meant without a path', async () => {
		const is = { of: 'text', test: { operator: 'is', value: 'x' } };
		expect(await holds(items('anyItem', is))).toEqual(['ofTexts']);
		const one = { of: 'number', test: { operator: 'equals', value: 1 } };
		expect(await holds(items('anyItem', one))).toEqual(['ofNumbers', 'ofTexts']);
		const includes = { of: 'multiselect', test: { operator: 'includesAny', values: ['X'] } };
		expect(await holds(items('anyItem', includes))).toEqual(['ofLists']);
	});
});

test('a value is an object or a list with something in it', async () => {
	expect(await holds({ of: 'json', test: { operator: 'hasValue' } })).toEqual([
		'object',
		'ofLists',
		'ofNull',
		'ofNumbers',
		'ofObjects',
		'ofOne',
		'ofTexts',
		'ofTwo'
	]);
});

test('a list of texts is a set of choices', async () => {
	const texts = { of: 'multiselect', test: { operator: 'isExactly', values: ['x', '1'] } };
	expect(await holds(texts)).toEqual(['ofTexts']);
});

test('a path reaches what people put in, and nothing of ours', async () => {
	const exists = (path: string, of: string) => holds({ path, of, test: { operator: 'hasValue' } });
	expect(await exists('items', 'number')).toEqual(['object']);
	expect(await exists('in', 'json')).toEqual([]);
	expect(await exists('0.a', 'number')).toEqual(['ofObjects', 'ofOne', 'ofTwo']);
	expect(await exists('0.0.a', 'number')).toEqual(['ofLists']);
	expect(await exists('1', 'json')).toEqual(['ofLists', 'ofObjects', 'ofTwo']);
	// Postgres would count these from the end, or take them for 0.
	expect(await exists('-1', 'json')).toEqual([]);
	expect(await exists('00', 'json')).toEqual([]);
});

describe('an issue is', () => {
	const problems = (condition: { kind: string } & Record<string, unknown>) => {
		const rule = draft(condition);
		return rule.ok ? [] : rule.error.map((issue) => 'problems' in issue && issue.problems[0]);
	};
	const profile = (comparison: object) => ({ kind: 'field', field: 'profile', ...comparison });
	const has = { operator: 'hasValue' };

	test.each([
		[
			'a path into a field of another type',
			{ kind: 'field', field: 'city', path: 'a', of: 'text', test: has },
			'City is a text, and has no parts that a path leads to.'
		],
		[
			'a part as a choice',
			profile({ path: 'a', of: 'select', test: has }),
			'Profile is now a json; choose what to compare it with again.'
		],
		[
			'the whole as text',
			profile({ of: 'text', test: has }),
			'Choose what in Profile is compared.'
		],
		[
			'another field',
			profile({ path: 'a', of: 'number', test: { operator: 'equals', value: { field: 'score' } } }),
			'Score is of another type, so the two cannot be compared.'
		],
		[
			'another field for an item',
			profile(
				items('anyItem', { of: 'number', test: { operator: 'equals', value: { field: 'score' } } })
			),
			'An item is compared with a value, not with a field.'
		],
		['no filter', profile(items('anyItem')), 'Say what the items are like.'],
		[
			'a word on missing values beside a count',
			profile({
				of: 'json',
				missing: 'include',
				test: { operator: 'itemCount', count: { operator: 'atLeast', n: 1 } }
			}),
			'“number of items is” already says what becomes of missing values.'
		],
		[
			'a word on missing values beside a count of an item’s choices',
			profile(
				items('anyItem', {
					of: 'multiselect',
					missing: 'exclude',
					test: { operator: 'count', count: { operator: 'atLeast', n: 1 } }
				})
			),
			'“count is” already says what becomes of missing values.'
		],
		[
			'the domain of what is no address',
			profile(
				items('noItem', { path: 'a', of: 'text', test: { operator: 'domainIs', value: 'x' } })
			),
			'“domain is” is not for a.'
		],
		[
			'a path with a gap',
			profile({ path: 'a..b', of: 'text', test: has }),
			'A path is names with dots between them, such as address.city.'
		],
		[
			'an empty path',
			profile({ path: '', of: 'text', test: has }),
			'A path is names with dots between them, such as address.city.'
		],
		[
			'a path of nine',
			profile({ path: 'a.b.c.d.e.f.g.h.i', of: 'text', test: has }),
			'A path has at most 8 names.'
		],
		[
			'a long name',
			profile({ path: 'a'.repeat(65), of: 'text', test: has }),
			'A name in a path has at most 64 characters.'
		]
	])('%s', (_, condition, problem) => expect(problems(condition)).toEqual([problem]));
});

test('the parts of a tree are compared as they would be by themselves', () => {
	const families = [
		'text',
		'number',
		'boolean',
		'date',
		'datetime',
		'multiselect',
		'json'
	] as const;
	let found = 0;
	fc.assert(
		fc.property(randomJson, randomPath, (value, path) => {
			const part = path
				.split('.')
				.reduce<unknown>(
					(part, segment) =>
						typeof part === 'object' &&
						part !== null &&
						Object.prototype.propertyIsEnumerable.call(part, segment)
							? (part as Record<string, unknown>)[segment]
							: undefined,
					value
				);
			fc.pre(depthOf(value) <= 8);
			for (const family of families)
				expect(comparableAt(value, path, family)).toEqual(comparable(part, family));
			if (families.some((family) => comparable(part, family) !== undefined)) found++;
		}),
		{ numRuns: 3000, seed: 8 }
	);
	expect(found).toBeGreaterThan(200);
});

const depthOf = (value: unknown): number =>
	typeof value === 'object' && value !== null
		? 1 + Math.max(0, ...Object.values(value).map(depthOf))
		: 0;

test('what is deeper than eight objects and lists is not there', () => {
	expect(comparable([[[[[[[['x']]]]]]]], 'json')).toBeDefined();
	const at = (value: unknown) => comparableAt(value, '0.0.0.0.0.0.0.0', 'text');
	expect(at([[[[[[[['x']]]]]]]])).toBe('x');
	expect(comparableAt([[[[[[[[['x']]]]]]]]], '0.0.0.0.0.0.0.0', 'json')).toBeUndefined();
});
