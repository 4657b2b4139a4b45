import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Field } from '$lib/fields/field';
import { comparable } from '$lib/fields/value';
import type { Definitions } from '$lib/rules/definitions';
import { predicateOf } from '$lib/rules/mirror/predicate';
import { Comparison } from '$lib/rules/operators/families';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

/** The last day that there is: people write it for "never ends", and no day comes after it. */
const last = '9999-12-31';

const definitions: Definitions = {
	fields: new Map<string, Field>([
		['until', { id: 'until', name: 'Until', type: 'date' }],
		['ends', { id: 'ends', name: 'Ends', type: 'datetime' }]
	]),
	eventTypes: new Map(),
	tags: new Map(),
	lists: new Map(),
	segments: new Map()
};
const person = (name: string, until?: string, ends?: string): NamedPerson => ({
	name,
	archived: false,
	fields: { ...(until ? { until } : {}), ...(ends ? { ends } : {}) },
	tags: [],
	lists: [],
	events: []
});
// The moment's zone is an hour ahead of UTC in winter.
const people = [
	person('before', '9999-12-30', '9999-12-30T22:59:59.999Z'),
	person('first', last, '9999-12-30T23:00:00Z'),
	person('last', last, '9999-12-31T22:59:59.999Z'),
	person('later', undefined, '9999-12-31T23:00:00Z'),
	person('never')
];

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

/** Names of the members, having seen that all ways agree. */
async function members(of: 'date' | 'datetime', test: object, zone = moment.zone) {
	const condition = { kind: 'field', field: of === 'date' ? 'until' : 'ends', of, test };
	const rule = parseRule({ type: 'condition', id: NodeId.parse('c'), condition }, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	const at = { ...moment, zone };
	const found = await population.byAll(rule.value, at);
	const predicate = predicateOf(Comparison.parse({ of, test }), at)!;
	const byMirror = people.filter(({ fields }) => {
		const value = comparable(fields[condition.field], of);
		return value === undefined ? predicate.missing : predicate.present(value);
	});
	expect(byMirror.map(({ name }) => name).sort()).toEqual(found);
	return found;
}

const asked = {
	on: { operator: 'on', day: last },
	notOn: { operator: 'notOn', day: last },
	onOrBefore: { operator: 'onOrBefore', value: last },
	between: { operator: 'between', from: '2024-01-01', to: last },
	after: { operator: 'after', value: last },
	onOrAfter: { operator: 'onOrAfter', value: last }
};

test.each([
	['on', ['first', 'last']],
	['notOn', ['before', 'later', 'never']],
	['onOrBefore', ['before', 'first', 'last']],
	['between', ['before', 'first', 'last']],
	['after', []],
	['onOrAfter', ['first', 'last']]
] as const)('a date is %s it', async (operator, names) => {
	expect(await members('date', asked[operator])).toEqual(names);
});

test.each([
	['on', ['first', 'last']],
	['notOn', ['before', 'later', 'never']],
	['onOrBefore', ['before', 'first', 'last']],
	['between', ['before', 'first', 'last']],
	['after', ['later']],
	['onOrAfter', ['first', 'last', 'later']]
] as const)('an instant is %s it', async (operator, names) => {
	expect(await members('datetime', asked[operator])).toEqual(names);
});

test('west of Greenwich it ends in the year 10000', async () => {
	const zone = 'America/New_York';
	const all = ['before', 'first', 'last', 'later'];
	expect(await members('datetime', asked.onOrBefore, zone)).toEqual(all);
	expect(await members('datetime', asked.on, zone)).toEqual(['last', 'later']);
	expect(await members('datetime', asked.after, zone)).toEqual([]);
});

test('the year 0 is a time like any other', async () => {
	const before = { operator: 'before', value: '0000-06-01' };
	expect(await members('datetime', before)).toEqual([]);
});
