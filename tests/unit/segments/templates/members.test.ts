import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { english } from '$lib/rules/english';
import type { EventType } from '$lib/events/event-type';
import type { Definitions } from '$lib/rules/definitions';
import { parseRule } from '$lib/rules/parse';
import type { DraftGroup } from '$lib/rules/rule';
import { boughtIn, knownOf, type Facts } from '$lib/segments/templates/known';
import { offerOf, type Offer } from '$lib/segments/templates/offer';
import { templatesApi } from '$lib/segments/templates/queries';
import { templateGroups } from '$lib/segments/templates/template';
import { firstTemplates, templates } from '$lib/segments/templates/templates';
import { definitions as given, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';
import { randomDefinitions, randomMoment, randomPeople } from '../../../fixtures/random-rules';

/** A shop whose orders say what was bought. */
const orders = given.eventTypes.get('order_placed')!;
const product = { id: 'product', name: 'Product', type: 'text' } as const;
const shop: EventType = { ...orders, properties: [...orders.properties, product] };
const definitions: Definitions = {
	...given,
	eventTypes: new Map([...given.eventTypes, ['order_placed', shop]])
};

type Event = NamedPerson['events'][number];

const at = (when: string) =>
	Date.parse(when.includes('T') ? `${when}:00.000Z` : `${when}T10:00:00.000Z`);
const done = (type: string, when: string, properties: Event['properties'] = {}): Event => ({
	type,
	at: at(when),
	properties
});
const email = (what: string, campaign: string, when: string, more: object = {}) =>
	done(`email_${what}`, when, { campaign, ...more });
const order = (when: string, total: number, product: string) =>
	done('order_placed', when, { total, product });

const person = (name: string, fields: object, ...events: Event[]): NamedPerson => ({
	name,
	archived: false,
	fields: { email: `${name.replaceAll(' ', '.')}@x.ch`, first_name: 'X', country: 'CH', ...fields },
	tags: [],
	lists: [],
	events
});

const byMachine = { machine: true };
const ink = { link: 'https://shop.example/ink' };
const pen = { link: 'https://shop.example/pen' };

/** It is 15 June 2024, noon in Zurich. June is the campaign that began last; the welcome began in January. */
const people: readonly NamedPerson[] = [
	person(
		'reader',
		{},
		email('sent', 'Spring', '2024-05-20'),
		email('delivered', 'Spring', '2024-05-20'),
		email('opened', 'Spring', '2024-05-25', { machine: false }),
		email('delivered', 'June', '2024-06-10'),
		email('opened', 'June', '2024-06-10', byMachine)
	),
	person(
		'clicker',
		{},
		email('delivered', 'June', '2024-06-10'),
		email('opened', 'June', '2024-06-11'),
		email('clicked', 'June', '2024-06-11', ink)
	),
	person(
		'opener',
		{},
		email('delivered', 'June', '2024-06-10'),
		email('opened', 'June', '2024-06-12'),
		email('clicked', 'Spring', '2024-06-12', pen)
	),
	person(
		'robot',
		{},
		email('delivered', 'June', '2024-06-10'),
		email('opened', 'June', '2024-06-10', byMachine),
		email('clicked', 'June', '2024-06-10', { ...byMachine, ...ink })
	),
	person('seldom', {}, email('opened', 'Spring', '2024-04-20')),
	person(
		'old reader',
		{},
		email('delivered', 'Winter', '2023-12-20'),
		email('opened', 'Winter', '2024-04-05')
	),
	person(
		'sleeper',
		{},
		email('delivered', 'Winter', '2023-12-20'),
		email('opened', 'Autumn', '2023-11-01')
	),
	person('silent', {}, email('delivered', 'June', '2024-06-10')),
	person(
		'welcomed',
		{},
		email('delivered', 'Welcome', '2024-01-01'),
		email('delivered', 'Welcome', '2024-06-14'),
		email('sent', 'July', '2024-07-01')
	),
	person(
		'bounced',
		{},
		email('sent', 'June', '2024-06-10'),
		email('bounced', 'June', '2024-06-10', { bounce: 'hard' })
	),
	person('soft', {}, email('bounced', 'Spring', '2024-05-20', { bounce: 'soft' })),
	person('complainer', {}, email('complained', 'Spring', '2024-05-21')),
	person('subscriber', { email_consent: 'subscribed', email_consent_at: '2024-06-05T10:00:00Z' }),
	person('subscribed before', {
		email_consent: 'subscribed',
		email_consent_at: '2024-06-01T09:59:59Z'
	}),
	person('gone', { email_consent: 'unsubscribed', email_consent_at: '2024-06-05T10:00:00Z' }),

	person('regular', {}, order('2023-02-01', 300, 'Ink'), order('2024-06-05', 100, 'Pen')),
	person('new buyer', {}, order('2024-06-01', 50, 'Pen')),
	person('lapsed', {}, order('2023-10-01', 80, 'Pen')),
	person('lost', {}, order('2023-01-01', 90, 'Ink')),
	person('twice', {}, order('2023-09-01', 20, 'Pen'), order('2023-11-01', 40, 'pen')),
	person('carter', {}, done('cart_added', '2024-06-10'), order('2024-01-05', 60, 'Paper')),
	person('cart to order', {}, done('cart_added', '2024-06-10'), order('2024-06-11', 70, 'Ink')),
	person('old cart', {}, done('cart_added', '2024-06-01')),
	{ ...person('archived', {}, order('2024-06-11', 9000, 'Ink')), archived: true },

	person('born in six days', { birthday: '1990-06-21' }),
	person('born today', { birthday: '--06-15' }),
	person('born in a week', { birthday: '1990-06-22' }),
	// Half past midnight of 1 June in Zurich.
	person('joined in 2023', { created_at: '2023-05-31T22:30:00Z' }),
	person('joined in 2022', { created_at: '2022-06-30T10:00:00Z' }),
	person('joined this month', { created_at: '2024-06-03T10:00:00Z' }),
	person('joined in July', { created_at: '2023-07-03T10:00:00Z' }),
	person('of Zurich', { lat: 47.3769, lon: 8.5417 }),
	person('of Bern', { lat: 46.948, lon: 7.4474 }),
	person('without email', { email: undefined }),
	person('without country', { country: ' ' })
];

const drawn = (name: string) =>
	createHash('sha256').update(`hold-out:${name}`).digest().readUInt32BE() % 10_000 < 1000;

/** Who is in each, written by hand. */
const members: Readonly<Record<string, readonly string[]>> = {
	'engaged-30': ['clicker', 'opener', 'reader'],
	'engaged-60': ['clicker', 'opener', 'reader', 'seldom'],
	'engaged-90': ['clicker', 'old reader', 'opener', 'reader', 'seldom'],
	'unengaged-180': ['robot', 'silent', 'sleeper', 'welcomed'],
	'never-opened': ['robot', 'silent', 'welcomed'],
	'opened-not-clicked': ['opener'],
	'received-not-opened': ['reader', 'robot', 'silent'],
	'clicked-link': ['clicker'],
	'new-subscribers-14': ['subscriber'],
	'first-order-30': ['cart to order', 'new buyer'],
	'repeat-buyers': ['regular', 'twice'],
	// Of seven buyers none but the first has fewer than a tenth above.
	vip: ['regular'],
	'lapsed-buyers': ['lapsed', 'twice'],
	'carted-not-ordered-7': ['carter'],
	'high-average-order': ['lost', 'regular'],
	'bought-a-not-b': ['lapsed', 'new buyer', 'twice'],
	'birthday-7': ['born in six days', 'born today'],
	'signup-anniversary': ['joined in 2022', 'joined in 2023'],
	'near-place': ['of Zurich'],
	'missing-fields': ['without country', 'without email'],
	'bounced-or-complained': ['bounced', 'complainer'],
	'hold-out-10': people
		.filter(({ name, archived }) => !archived && drawn(name))
		.map(({ name }) => name)
		.sort()
};

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

const ask = (definitions: Definitions, at = moment) =>
	templatesApi(population.database).templateFacts(boughtIn(definitions.eventTypes), at);
const offers = (facts: Facts, of: Definitions): readonly Offer[] =>
	templates.map((template) => offerOf(template, facts, of, english));

/** What is left to fill in there: the one point nobody but a person knows. */
function filledIn(draft: DraftGroup): DraftGroup {
	const of = { latitude: 47.3769, longitude: 8.5417 };
	const children = draft.children.map((child) => {
		if (child.type === 'group' || child.condition.kind !== 'place') return child;
		const { condition } = child;
		return { ...child, condition: { ...condition, test: { ...(condition.test as object), of } } };
	});
	return { ...draft, children };
}

function parsed(draft: DraftGroup, of: Definitions) {
	const rule = parseRule(draft, of);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
}

describe('what the data say', () => {
	it('is asked of what has happened until now, to those who are not archived', async () => {
		const facts = await ask(definitions);
		expect({ ...facts, events: [...facts.events].sort() }).toEqual({
			events: [
				'cart_added',
				'email_bounced',
				'email_clicked',
				'email_complained',
				'email_delivered',
				'email_opened',
				'email_sent',
				'order_placed'
			],
			filled: ['email', 'first_name', 'country', 'email_consent', 'email_consent_at'],
			campaign: { name: 'June', delivered: true },
			link: 'https://shop.example/ink',
			bestSelling: ['Pen', 'Ink'],
			// Averages of 30, 50, 60, 70, 80, 90 and 200.
			highOrder: 88
		});
	});

	it('says nothing where there is nothing', async () => {
		const before = { ...moment, now: Date.parse('2020-01-01T00:00:00Z') };
		expect(await ask(given, before)).toMatchObject({
			events: [],
			link: undefined,
			campaign: undefined,
			bestSelling: [],
			highOrder: undefined
		});
	});

	it('takes the campaign that began last, though its deliveries be unknown', async () => {
		const july = { ...moment, now: Date.parse('2024-07-02T00:00:00Z') };
		const facts = await ask(definitions, july);
		expect(facts.campaign).toEqual({ name: 'July', delivered: false });
		const offer = offers(facts, definitions).find(
			({ template }) => template.id === 'received-not-opened'
		);
		expect(offer?.sentence).toBe(
			'Has been sent the email July and has not opened the email July, not counting machines.'
		);
	});
});

describe('of a small population', () => {
	test.each(templates.map(({ id }) => id))('%s finds who was written down', async (id) => {
		const offer = offers(await ask(definitions), definitions).find(
			({ template }) => template.id === id
		)!;
		expect(offer.lacks).toBeUndefined();
		expect(offer.rule === undefined).toBe(id === 'near-place');
		const rule = parsed(filledIn(offer.draft), definitions);
		expect(await population.byAll(rule, moment)).toEqual(members[id]);
	});

	it('where only what was sent is known, that counts as received', async () => {
		const sent = people.map((one) => ({
			...one,
			events: one.events.map((event) =>
				event.type === 'email_delivered' ? { ...event, type: 'email_sent' } : event
			)
		}));
		await population.fill(sent, definitions);
		const all = offers(await ask(definitions), definitions);
		const whom = (id: string) => {
			const offer = all.find(({ template }) => template.id === id)!;
			return population.byOracle(offer.rule!, moment);
		};
		expect(whom('never-opened')).toEqual(['bounced', ...members['never-opened']!]);
		expect(whom('received-not-opened')).toEqual(['bounced', ...members['received-not-opened']!]);
		await population.fill(people, definitions);
	});

	it('where no consent has a date, new subscribers are new contacts', async () => {
		const undated = [
			person('new', { email_consent: 'subscribed', created_at: '2024-06-10T10:00:00Z' }),
			person('new, not asked', { created_at: '2024-06-10T10:00:00Z' }),
			person('old', { email_consent: 'subscribed', created_at: '2024-05-10T10:00:00Z' })
		];
		await population.fill(undated, definitions);
		const offer = offers(await ask(definitions), definitions).find(
			({ template }) => template.id === 'new-subscribers-14'
		)!;
		expect(population.byOracle(offer.rule!, moment)).toEqual(['new']);
		await population.fill(people, definitions);
	});
});

test(
	'three ways agree on every template, whoever the people are',
	{ timeout: 120_000 },
	async () => {
		let inhabited = 0;
		await fc.assert(
			fc.asyncProperty(randomPeople, async (random) => {
				await population.fill(random, randomDefinitions);
				const known = {
					...knownOf(await ask(randomDefinitions, randomMoment), randomDefinitions),
					// What stands in for what was bought.
					bought: { property: 'currency', of: 'text' },
					bestSelling: ['CH', 'é'],
					campaign: { name: 'ch', delivered: random.length % 2 === 0 },
					link: 'CH',
					highOrder: 20
				} as const;
				for (const template of templates) {
					const rule = parsed(filledIn(template.rule(known)), randomDefinitions);
					const found = await population.byAll(rule, randomMoment);
					if (found.length > 0) inhabited++;
				}
			}),
			{ numRuns: 15, seed: 8 }
		);
		expect(inhabited).toBeGreaterThan(15 * templates.length * 0.4);
	}
);

test('every template has a name, a place and an id of its own', () => {
	expect(Object.keys(members)).toEqual(templates.map(({ id }) => id));
	expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length);
	expect(new Set(templates.map(({ group }) => group))).toEqual(new Set(templateGroups));
	expect(firstTemplates.filter((id) => !(id in members))).toEqual([]);
});
