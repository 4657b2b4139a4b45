import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Family, Field } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { operatorInfos } from '$lib/rules/operators/families';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { families, fitting, none, testOf, values } from '../../../fixtures/operator-tests';
import { Population, type NamedPerson } from '../../../fixtures/population';
import { moment } from '../../../fixtures/people';

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

const draft = (family: Family, operator: string, missing?: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse('c'),
	condition: fitting({
		kind: 'field',
		field: family,
		of: family,
		test: testOf(family, operator),
		...(missing ? { missing } : {})
	})
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
	return population.byAll(parsed.value, moment);
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
