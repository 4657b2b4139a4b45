import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventType } from '$lib/events/event-type';
import { familyOf, standardFields, type FieldType } from '$lib/fields/field';
import { countLabels } from '$lib/rules/operators/count';
import { operatorInfos } from '$lib/rules/operators/families';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { families, fitting, none, testOf, values } from '../../../fixtures/operator-tests';
import { definitions as usual, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

/** Operators on what is no custom field: properties of events, columns, tags, lists and counts. */

const happened: EventType = {
	id: 'happened',
	name: 'Happened',
	properties: families.map((type) => ({ id: type, name: type, type }))
};
const definitions = {
	...usual,
	eventTypes: new Map([...usual.eventTypes, [happened.id, happened]])
};

/** Standard fields hold nothing of another type, and always have a date of creation. */
const columns = ['country', 'email', 'email_consent', 'email_consent_at'] as const;
const typeOf = (id: string): FieldType => standardFields.find((field) => field.id === id)!.type;
const isText = (value: unknown) => typeof value === 'string';

/** Each has done each thing once, with one of the values in every property; and what follows from its number. */
const people: NamedPerson[] = values.map((value, i) => {
	const given = (id: string) => (value === undefined ? {} : { [id]: value });
	return {
		name: String(i).padStart(2, '0'),
		archived: false,
		fields: isText(value) ? Object.assign({}, ...columns.map(given)) : {},
		tags: ['t-vip', 't-new', 't-old'].slice(0, i % 4),
		lists: ['l-news', 'l-shop'].slice(0, i % 3).map((id) => ({ id, at: moment.now - i })),
		events: [
			{
				type: 'happened',
				at: moment.now - 1,
				properties: Object.assign({}, ...families.map(given))
			},
			{
				type: 'order_placed',
				at: moment.now - 1,
				properties: { ...given('total'), ...(isText(value) ? given('order') : {}) }
			},
			...Array.from({ length: i % 4 }, () => ({
				type: 'visited',
				at: moment.now - 1,
				properties: {}
			}))
		]
	};
});

type Raw = { readonly kind: string } & Readonly<Record<string, unknown>>;
/** A condition, and the one that holds for all others, where there is an operator for that. */
interface Case {
	readonly about: string;
	readonly condition: Raw;
	readonly partner: Raw | undefined;
}

const ofOperators = (
	about: string,
	type: FieldType,
	condition: (comparison: object) => Raw
): Case[] =>
	operatorInfos(familyOf(type), type).map(([operator, { partner }]) => {
		const of = familyOf(type);
		const asked = (operator: string) => condition({ of, test: testOf(of, operator) });
		return {
			about: `${about} ${operator}`,
			condition: asked(operator),
			partner: partner === undefined ? undefined : asked(partner)
		};
	});

const did = (event: string, property: string) => (comparison: object) => ({
	kind: 'event',
	types: [event],
	did: true,
	where: [{ property, ...comparison }]
});

const tag = (test: object): Raw => ({ kind: 'tag', test });
const list = (test: object): Raw => ({ kind: 'list', test });
const visited = (test: object): Raw => ({
	kind: 'event',
	types: ['visited'],
	did: true,
	count: test
});
const [tags, lists] = [
	['t-vip', 't-old'],
	['l-news', 'l-shop']
];

const opposites: Readonly<Record<keyof typeof countLabels, keyof typeof countLabels>> = {
	atLeast: 'fewerThan',
	fewerThan: 'atLeast',
	atMost: 'moreThan',
	moreThan: 'atMost',
	exactly: 'notExactly',
	notExactly: 'exactly',
	between: 'notBetween',
	notBetween: 'between'
};
const ofCounts = (about: string, condition: (count: object) => Raw): Case[] =>
	Object.entries(opposites).flatMap(([operator, opposite]) =>
		[0, 1, 2].map((n) => {
			const asked = (operator: string) => condition({ operator, n, from: n, to: n + 1 });
			return {
				about: `${about} ${operator} ${n}`,
				condition: asked(operator),
				partner: asked(opposite)
			};
		})
	);

const pair = (about: string, condition: Raw, partner?: Raw): Case[] => [
	{ about, condition, partner },
	...(partner ? [{ about: `${about}, turned round`, condition: partner, partner: condition }] : [])
];

const cases: readonly Case[] = [
	...families.flatMap((type) => ofOperators(`property ${type}`, type, did('happened', type))),
	...ofOperators('a main number', 'number', did('order_placed', 'total')),
	...ofOperators('a main reference', 'text', did('order_placed', 'order')),
	...columns.flatMap((field) =>
		ofOperators(`column ${field}`, typeOf(field), (comparison) => ({
			kind: 'field',
			field,
			...comparison
		}))
	),
	...pair('any tag', tag({ operator: 'anyOf', tags }), tag({ operator: 'noneOf', tags })),
	...pair('all tags', tag({ operator: 'allOf', tags })),
	...pair('tags at all', tag({ operator: 'hasAny' }), tag({ operator: 'hasNone' })),
	...pair('any list', list({ operator: 'inAny', lists }), list({ operator: 'inNone', lists })),
	...pair('all lists', list({ operator: 'inAll', lists })),
	...pair('no list', list({ operator: 'inNoList' })),
	...ofCounts('tags', (count) => tag({ operator: 'count', count })),
	...ofCounts('events', visited)
];

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

const draft = (condition: Raw): DraftRule => ({
	type: 'condition',
	id: NodeId.parse('c'),
	condition: fitting(condition)
});

test('all operators of all families are there, some in two places', () =>
	expect(cases.length).toBeGreaterThan(200));

describe.each(cases)('$about', ({ condition, partner }) => {
	test('and what it leaves out part all contacts in two', async () => {
		const holds = await members(draft(condition));
		const others = people.map(({ name }) => name).filter((name) => !holds.includes(name));
		expect(await members(none(draft(condition)))).toEqual(others);
		if (partner) expect(await members(draft(partner))).toEqual(others);
	});
});
