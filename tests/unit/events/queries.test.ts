import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApi, type EngineApi } from '$lib/engine/api';
import { eventRowOf, type ContactEvent } from '$lib/events/contact-event';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());
beforeEach(() => population.fill(people, definitions));

const ada = 0;
const ordered: Rule = {
	type: 'condition',
	id: NodeId.parse('ordered'),
	condition: {
		kind: 'event',
		types: ['order_placed'],
		did: true,
		count: { operator: 'atLeast', n: 3 }
	}
};
const event = (id: string, at: string, type = 'order_placed'): ContactEvent => ({
	...{ id, cno: ada, type, at },
	properties: { total: 9.5, order: 'A-3', currency: 'CHF', gift: true }
});
const add = (given: ContactEvent, write = `add ${given.id}`) =>
	api.addEvent(write, eventRowOf(given, definitions.eventTypes));
const count = async () => (await api.countRules([ordered], moment)).counts[0];

test('a timeline has the newest first, and as much of it as is asked for', async () => {
	// Three at one instant: only their order of arrival tells them apart.
	for (const id of ['x', 'y', 'z']) await add(event(id, '2024-06-14T10:00:00.000Z'));
	const { events, more } = await api.timeline({ cno: ada, limit: 50 });
	expect(more).toBe(false);
	expect(events.map(({ at }) => at)).toEqual(
		events
			.map(({ at }) => at)
			.sort()
			.reverse()
	);

	for (let limit = 1; limit < events.length; limit++)
		expect(await api.timeline({ cno: ada, limit })).toEqual({
			events: events.slice(0, limit),
			more: true
		});
	expect(events.find(({ id }) => id === 'x')).toEqual({
		no: expect.any(Number),
		id: 'x',
		type: 'order_placed',
		at: '2024-06-14T10:00:00.000Z',
		value: 9.5,
		ref: 'A-3',
		properties: { currency: 'CHF', gift: true }
	});
});

test('a timeline of some types has only those, and each type is counted', async () => {
	const { events } = await api.timeline({ cno: ada, types: ['email_opened'], limit: 50 });
	expect(events.map(({ type }) => type)).toEqual(['email_opened']);
	const types = await api.eventTypesOf(ada);
	const all = await api.timeline({ cno: ada, limit: 50 });
	for (const { type, count } of types)
		expect(all.events.filter((event) => event.type === type)).toHaveLength(count);
	expect(await api.eventTypesOf(999)).toEqual([]);
	expect(await api.timeline({ cno: 999, limit: 5 })).toEqual({ events: [], more: false });
});

test('an event added by hand moves counts, once, and taking it away moves them back', async () => {
	const before = await count();
	await add(event('new', '2024-06-15T09:00:00.000Z'), 'write');
	expect(await count()).toBe(before! + 1);
	await add(event('new', '2024-06-15T09:00:00.000Z'), 'write');
	await add(event('new', '2024-06-15T09:00:00.000Z'), 'another write');
	expect(await api.timeline({ cno: ada, types: ['order_placed'], limit: 50 })).toMatchObject({
		events: { length: 3 }
	});
	await api.removeEvent('away', 'new');
	expect(await count()).toBe(before);
	const [row] = await population.database.rows(
		sql`select count(*)::int as n from event_property where event not in (select no from event)`
	);
	expect(row).toEqual({ n: 0 });
});
