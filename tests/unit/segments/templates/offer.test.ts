import { describe, expect, it, test } from 'vitest';
import { english } from '$lib/rules/english';
import { builtInEventTypes, type EventType } from '$lib/events/event-type';
import { standardFields, type Field } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { sampleFields } from '$lib/sample/definitions';
import { birthdayIn, roundly, type Facts } from '$lib/segments/templates/known';
import { offerOf, type Offer } from '$lib/segments/templates/offer';
import { templates } from '$lib/segments/templates/templates';
import { definitions as given } from '../../../fixtures/people';

const offers = (facts: Facts, of: Definitions): readonly Offer[] =>
	templates.map((template) => offerOf(template, facts, of, english));

describe('in other workspaces', () => {
	const nothing: Facts = {
		events: [],
		filled: [],
		campaign: undefined,
		link: undefined,
		bestSelling: [],
		highOrder: undefined
	};
	const workspace = (fields: readonly Field[]): Definitions => ({
		...given,
		fields: new Map([...standardFields, ...fields].map((field) => [field.id, field])),
		eventTypes: new Map(builtInEventTypes.map((type) => [type.id, type]))
	});
	const lacking = (all: readonly Offer[]) =>
		Object.fromEntries(
			all.flatMap(({ template, lacks }) => (lacks === undefined ? [] : [[template.id, lacks]]))
		);

	it('an empty one is told what each needs, and can have what is a rule all the same', () => {
		const all = offers(nothing, workspace([]));
		expect(lacking(all)).toEqual({
			'engaged-30': 'Needs opened or clicked emails.',
			'engaged-60': 'Needs opened or clicked emails.',
			'engaged-90': 'Needs opened or clicked emails.',
			'unengaged-180': 'Needs emails that were sent and opened or clicked emails.',
			'never-opened': 'Needs emails that were sent and opened emails.',
			'opened-not-clicked': 'Needs emails of a campaign and opened emails.',
			'received-not-opened': 'Needs emails of a campaign and opened emails.',
			'clicked-link': 'Needs clicks with their link.',
			'new-subscribers-14': 'Needs consent to email.',
			'first-order-30': 'Needs orders.',
			'repeat-buyers': 'Needs orders.',
			vip: 'Needs orders with a total.',
			'lapsed-buyers': 'Needs orders.',
			'carted-not-ordered-7': 'Needs carts.',
			'high-average-order': 'Needs orders with a total.',
			'bought-a-not-b': 'Needs orders that say what was bought.',
			'birthday-7': 'Needs a birthday field.',
			'near-place': 'Needs fields of latitude and longitude.'
		});
		expect(all.filter(({ rule }) => !rule).map(({ template }) => template.id)).toEqual([
			'opened-not-clicked',
			'received-not-opened',
			'clicked-link',
			'high-average-order',
			'bought-a-not-b',
			'birthday-7',
			'near-place'
		]);
	});

	it('in the sample all but two are complete', () => {
		const facts: Facts = {
			events: builtInEventTypes.map(({ id }) => id),
			filled: ['email', 'first_name', 'last_name', 'country', 'email_consent', 'email_consent_at'],
			campaign: { name: 'Letter of June', delivered: true },
			link: 'https://shop.example/ink',
			bestSelling: [],
			highOrder: 120
		};
		const all = offers(facts, workspace(sampleFields));
		expect(lacking(all)).toEqual({
			'bought-a-not-b': 'Needs orders that say what was bought.',
			'near-place': 'Needs fields of latitude and longitude.'
		});
		for (const { rule, lacks } of all) expect(rule !== undefined).toBe(lacks === undefined);
	});

	it.each([
		['Birthday', 'date', true],
		['Date of birth', 'date', true],
		['Geburtstag', 'date', true],
		['DOB', 'datetime', true],
		['Birthplace', 'text', false],
		['Renewal', 'date', false]
	] as const)('a field called %s of type %s may be a birthday: %s', (name, type, is) => {
		const { fields } = workspace([{ id: 'x', name, type }]);
		expect(birthdayIn(fields)?.id).toBe(is ? 'x' : undefined);
	});

	it('what was bought may be several things of one order', () => {
		const items: EventType = {
			...given.eventTypes.get('order_placed')!,
			properties: [
				{ id: 'item_count', name: 'Item count', type: 'number' },
				{ id: 'items', name: 'Items', type: 'multiselect' }
			]
		};
		const of = { ...given, eventTypes: new Map([...given.eventTypes, ['order_placed', items]]) };
		const facts = { ...nothing, events: ['order_placed'], bestSelling: ['pen', 'ink'] };
		const offer = offers(facts, of).find(({ template }) => template.id === 'bought-a-not-b');
		expect(offer?.sentence).toBe(
			'Has ordered where Items includes pen and has not ordered where Items includes ink.'
		);
		const [one] = offers({ ...facts, bestSelling: ['pen'] }, of).filter(
			({ template }) => template.id === 'bought-a-not-b'
		);
		expect(one).toMatchObject({ rule: undefined, lacks: undefined });
	});
});

test.each([
	[87.35, 87],
	[1240, 1200],
	[5.37, 5.4],
	[0.0127, 0.013],
	[100, 100]
])('%d is %d roundly', (n, rounded) => expect(roundly(n)).toBe(rounded));
