import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Family, Field } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { operatorInfos } from '$lib/rules/operators/families';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { Population, type NamedPerson } from '../../../fixtures/population';
import { moment } from '../../../fixtures/people';
import { jsonValues } from '../../../fixtures/random-json';

/** Every sort of missing value, values of the wrong type, and a few of every right one. */
const values: readonly unknown[] = [
	undefined,
	null,
	'',
	'  ',
	[],
	{},
	0,
	-1,
	5,
	1e15,
	'NaN',
	'5',
	' 5 ',
	'five',
	true,
	false,
	'true',
	'TRUE',
	'a',
	'A ',
	'abc',
	'b@c.de',
	'x@y@c.de',
	'@',
	'İ',
	'ß',
	"o'b",
	'%',
	'2024-06-15',
	'2024-06-14',
	'2024-02-30',
	'--06-15',
	'2024-06-15T10:00:00Z',
	'2024-06-15T10:00:00.0009Z',
	'2024-06-16T00:30+02:00',
	'1800-01-01T00:00:00Z',
	['a'],
	['a', 'abc'],
	['a', 'a'],
	[''],
	[1],
	...jsonValues
];

const families: readonly Family[] = [
	'text',
	'number',
	'boolean',
	'date',
	'datetime',
	'select',
	'multiselect',
	'json'
];

const fields = new Map<string, Field>(
	families.map((family) => [
		family,
		{ id: family, name: family, type: family === 'text' ? 'email' : family }
	])
);
const definitions: Definitions = {
	fields,
	eventTypes: new Map(),
	tags: new Map(),
	lists: new Map(),
	segments: new Map()
};

const people: NamedPerson[] = values.map((value, i) => ({
	name: String(i).padStart(2, '0'),
	archived: false,
	fields: value === undefined ? {} : Object.fromEntries(families.map((family) => [family, value])),
	tags: [],
	lists: [],
	events: []
}));

/** A complete test of each operator. */
function testOf(family: Family, operator: string): Record<string, unknown> {
	const texts = { value: 'a', values: ['a', 'abc', 'c.de', '5'], pattern: '^a' };
	const times = {
		...{
			day: '2024-06-15',
			value: '2024-06-15',
			from: '2024-06-14',
			to: '2024-06-15',
			n: 2,
			unit: 'day'
		},
		...{ near: 1, far: 3, period: 'today', days: [6, 7], months: [6] }
	};
	const numbers = { value: 0, values: [0, 5], from: -1, to: 5 };
	const count = {
		count: { operator: 'atMost', n: 1 },
		where: [{ path: 'a', of: 'text', test: { operator: 'isNot', value: 'b' } }]
	};
	const given =
		family === 'number'
			? numbers
			: family === 'date' || family === 'datetime'
				? times
				: { ...texts, ...count };
	return { operator, ...given };
}

const draft = (family: Family, operator: string, missing?: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse('c'),
	condition: {
		kind: 'field',
		field: family,
		of: family,
		test: testOf(family, operator),
		...(missing ? { missing } : {})
	}
});

const none = (child: DraftRule): DraftRule => ({
	type: 'group',
	id: NodeId.parse('g'),
	match: 'none',
	children: [child]
});

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

/** Names of the members, having seen that all three ways agree. */
async function members(rule: DraftRule): Promise<readonly string[]> {
	const parsed = parseRule(rule, definitions);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	const found = population.byOracle(parsed.value, moment);
	expect(await population.bySql(parsed.value, moment)).toEqual(found);
	expect(await population.byBitmap(parsed.value, moment)).toEqual(found);
	return found;
}

const everyone = people.map(({ name }) => name);
const all = families.flatMap((family) =>
	operatorInfos(family, family === 'text' ? 'email' : family).map(([operator, info]) => ({
		family,
		operator,
		info
	}))
);

test('there are the operators of the rule language', () => {
	expect(
		Object.fromEntries(families.map((f) => [f, all.filter(({ family }) => family === f).length]))
	).toEqual({
		text: 20,
		number: 12,
		boolean: 6,
		date: 20,
		datetime: 20,
		select: 6,
		multiselect: 9,
		json: 6
	});
});

describe.each(all)('$family: $operator', ({ family, operator, info }) => {
	test('and what it leaves out part all contacts in two', async () => {
		const holds = await members(draft(family, operator));
		const others = everyone.filter((name) => !holds.includes(name));
		expect(await members(none(draft(family, operator)))).toEqual(others);
		if (info.partner) expect(await members(draft(family, info.partner))).toEqual(others);
	});

	test('does with missing values what it is told', async () => {
		const include = parseRule(draft(family, operator, 'include'), definitions);
		if (!include.ok)
			return expect([
				'hasValue',
				'hasNoValue',
				'isNotTrue',
				'isNotFalse',
				'count',
				'itemCount'
			]).toContain(operator);
		const missing = await members(draft(family, 'hasNoValue'));
		const asIs = await members(draft(family, operator));
		expect(await members(draft(family, operator, 'include'))).toEqual(
			everyone.filter((name) => asIs.includes(name) || missing.includes(name))
		);
		expect(await members(draft(family, operator, 'exclude'))).toEqual(
			everyone.filter((name) => asIs.includes(name) && !missing.includes(name))
		);
	});
});
