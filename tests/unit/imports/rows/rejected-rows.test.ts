import { describe, expect, test } from 'vitest';
import { Discovery } from '$lib/imports/discovery';
import type { Column, Mapping } from '$lib/imports/mapping';
import { contactDrafts } from '$lib/imports/rows/contact-draft';
import { eventDrafts } from '$lib/imports/rows/event-draft';
import { plainStyle } from '$lib/imports/values/style';
import { counter, definitionsWith } from '../../../fixtures/csv/files';

const column = (name: string, target: Column['target']): Column => ({
	name,
	target,
	style: plainStyle
});
const mappingOf = (kind: Mapping['kind'], columns: Column[]): Mapping => ({
	kind,
	columns,
	match: 'email',
	consent: null,
	eventType: null
});
const row = (...cells: string[]) => ({ line: 2, cells, malformed: false });

describe('a rejected row leaves nothing behind', () => {
	const definitions = definitionsWith({
		fields: [
			{ id: 'plan', name: 'Plan', type: 'select' },
			{ id: 'topics', name: 'Topics', type: 'multiselect', options: [{ id: 'art', name: 'Art' }] }
		],
		tags: { t1: 'VIP' }
	});
	const people = mappingOf('contacts', [
		column('Tags', { target: 'tags' }),
		column('Lists', { target: 'lists' }),
		column('Plan', { target: 'field', field: 'plan' }),
		column('Topics', { target: 'field', field: 'topics' }),
		column('Email', { target: 'email' })
	]);

	test('of tags, lists and choices, before others or after them', () => {
		const discovery = new Discovery(definitions, counter());
		const read = contactDrafts(people, { zone: 'UTC', discovery });
		const bad = row('vip, bad tag', 'bad list', 'bad plan', 'Art, Bad', 'no address');
		expect(read(bad).ok).toBe(false);
		const nothing = { fields: [], tags: [], lists: [], eventTypes: [] };
		expect(discovery.found).toEqual(nothing);
		expect([...discovery.used.tags, ...discovery.used.lists]).toEqual([]);
		expect(discovery.fields.get('plan')?.options).toBeUndefined();

		expect(read(row('new', 'new', 'Pro', 'Art, Wine', 'ana@example.com')).ok).toBe(true);
		const found = structuredClone(discovery.found);
		expect(found).toEqual({
			...nothing,
			tags: [{ id: expect.any(String), name: 'new' }],
			lists: [{ id: expect.any(String), name: 'new' }],
			fields: [
				{ id: 'plan', name: 'Plan', type: 'select', options: [{ id: 'pro', name: 'Pro' }] },
				{
					id: 'topics',
					name: 'Topics',
					type: 'multiselect',
					options: [
						{ id: 'art', name: 'Art' },
						{ id: 'wine', name: 'Wine' }
					]
				}
			]
		});
		expect(read(bad).ok).toBe(false);
		expect(read(row('new', 'new', 'Pro', 'Wine', 'no address')).ok).toBe(false);
		expect(discovery.found).toEqual(found);
		expect([...discovery.used.tags]).toEqual(found.tags.map(({ id }) => id));
	});

	test('and what it named is found when a later row names it too', () => {
		const discovery = new Discovery(definitions, counter());
		const read = contactDrafts(people, { zone: 'UTC', discovery });
		read(row('fresh', '', 'Pro', '', 'no address'));
		const taken = read(row('fresh, vip', '', 'PRO', '', 'ana@example.com'));
		const [tag] = discovery.found.tags;
		expect(tag?.name).toBe('fresh');
		expect(taken).toMatchObject({
			ok: true,
			value: { tags: [tag?.id, 't1'], values: { plan: 'pro' } }
		});
		expect(discovery.fields.get('plan')?.options).toEqual([{ id: 'pro', name: 'PRO' }]);
	});

	test('and does not use up the choices of a field', () => {
		const discovery = new Discovery(definitions, counter());
		const read = contactDrafts(people, { zone: 'UTC', discovery });
		for (let i = 0; i < 500; i++) read(row('', '', `Plan ${i}`, '', 'no address'));
		expect(read(row('', '', 'Pro', '', 'ana@example.com')).ok).toBe(true);
	});

	test('of events: neither their type nor what it has', () => {
		const discovery = new Discovery(definitions, counter());
		const read = eventDrafts(
			mappingOf('events', [
				column('What', { target: 'eventType' }),
				column('Order', { target: 'reference', name: 'Order' }),
				column('When', { target: 'time' }),
				column('Email', { target: 'email' })
			]),
			{ zone: 'UTC', discovery }
		);
		expect(read(row('Danced', '#1', 'soon', 'ana@example.com')).ok).toBe(false);
		expect(discovery.found.eventTypes).toEqual([]);
		expect(read(row('Sang', '#1', '2025-01-01', 'ana@example.com')).ok).toBe(true);
		// It goes on with the one before: what it says is not taken.
		expect(read(row('Whistled', '#1', '', ''))).toEqual({ ok: true, value: { continues: true } });
		expect(discovery.found.eventTypes.map(({ name }) => name)).toEqual(['Sang']);
	});
});
