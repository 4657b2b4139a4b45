import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { builtInEventTypes } from '$lib/events/event-type';
import { standardFields } from '$lib/fields/field';
import { readNamedThings } from '$lib/workspace/definitions';
import * as definitions from '$lib/workspace/edit-definitions';
import { registersOf } from '$lib/workspace/registers';
import { defaultSettings, putSettings, readSettings } from '$lib/workspace/settings';
import { device, edit, meet, refusalsOf, send } from '../../fixtures/workspace/devices';

let doc: Y.Doc;
const read = (from = doc) => readNamedThings(registersOf(from));

beforeEach(() => {
	doc = device(1);
});

describe('definitions', () => {
	it('are what Winnow knows by itself while nothing is defined', () => {
		expect([...read().fields.values()]).toEqual(standardFields);
		expect([...read().eventTypes.values()]).toEqual(builtInEventTypes);
		expect(read()).toMatchObject({ tags: new Map(), lists: new Map(), issues: [] });
	});

	it('leave a property as the workspace had it before Winnow knew one of its name', () => {
		const own = { id: 'items', name: 'Number of items', type: 'number' as const };
		const total = { id: 'total', name: 'Sum', type: 'text' as const };
		edit(doc, (e) => {
			definitions.putEventProperty(e, 'order_placed', own);
			definitions.putEventProperty(e, 'order_placed', total);
		});
		const { eventTypes } = read();
		const { properties } = eventTypes.get('order_placed')!;
		expect(properties.find(({ id }) => id === 'items')).toEqual(own);
		// What has a column is kept in it, whatever a workspace says.
		expect(properties.find(({ id }) => id === 'total')).toMatchObject({ column: 'value' });
		expect(eventTypes.get('cart_added')!.properties.at(-1)).toMatchObject({ type: 'json' });
	});

	it('add the workspace’s own after those, by name', () => {
		const plan = {
			id: 'plan',
			name: 'Plan',
			type: 'select' as const,
			options: [{ id: 'pro', name: 'Pro' }]
		};
		edit(doc, (e) => {
			definitions.putField(e, plan);
			definitions.putField(e, { id: 'age', name: 'age', type: 'number' });
			definitions.putTag(e, 't', 'VIP');
			definitions.putList(e, 'l', 'Fair 2025');
			definitions.putEventType(e, {
				id: 'call',
				name: 'Called',
				properties: [{ id: 'minutes', name: 'Minutes', type: 'number', column: 'value' }]
			});
			definitions.putEventProperty(e, 'order_placed', {
				id: 'coupon',
				name: 'Coupon',
				type: 'text'
			});
		});
		const { fields, eventTypes, tags, lists } = read();
		expect([...fields.keys()].slice(standardFields.length)).toEqual(['age', 'plan']);
		expect(fields.get('plan')).toEqual(plan);
		expect(eventTypes.get('call')?.properties).toEqual([
			{ id: 'minutes', name: 'Minutes', type: 'number', column: 'value' }
		]);
		const order = eventTypes.get('order_placed')!;
		expect(order.properties.at(-1)).toEqual({ id: 'coupon', name: 'Coupon', type: 'text' });
		expect(order.properties).toHaveLength(5);
		expect([...tags]).toEqual([['t', 'VIP']]);
		expect([...lists]).toEqual([['l', 'Fair 2025']]);
		expect(doc.getMap('lists').get('l/new')).toEqual({ at: 0, by: 'ada' });
	});

	it('keep the standard fields and events as they are, whatever the document says', () => {
		doc.getMap('fields').set('email/def', { name: 'Hijacked', type: 'number' });
		doc.getMap('eventTypes').set('order_placed/name', 'Hijacked');
		doc.getMap('eventTypes').set('order_placed/property/total', { name: 'X', type: 'text' });
		expect(read().fields.get('email')).toEqual(standardFields[0]);
		expect(read().eventTypes.get('order_placed')).toEqual(
			builtInEventTypes.find(({ id }) => id === 'order_placed')
		);
	});

	it('keep what a newer app wrote beside when one is changed', () => {
		doc.getMap('fields').set('plan/def', { name: 'Plan', type: 'text', unit: 'seats' });
		edit(doc, (e) => definitions.putField(e, { id: 'plan', name: 'Plans', type: 'text' }));
		expect(doc.getMap('fields').get('plan/def')).toEqual({
			name: 'Plans',
			type: 'text',
			unit: 'seats'
		});
	});

	it('drop the options of a field that is no choice any more', () => {
		const options = [{ id: 'pro', name: 'Pro' }];
		edit(doc, (e) =>
			definitions.putField(e, { id: 'plan', name: 'Plan', type: 'select', options })
		);
		edit(doc, (e) => definitions.putField(e, { id: 'plan', name: 'Plan', type: 'text' }));
		expect(read().fields.get('plan')).toEqual({ id: 'plan', name: 'Plan', type: 'text' });
	});

	it('leave out what does not read, and report it', () => {
		doc.getMap('fields').set('a/def', { name: 'A', type: 'hologram' });
		doc.getMap('fields').set('b/def', { name: '', type: 'text' });
		doc.getMap('tags').set('t/name', 7);
		doc.getMap('eventTypes').set('call/name', 'Called');
		doc.getMap('eventTypes').set('call/property/x', 'text');
		const { fields, tags, eventTypes, issues } = read();
		expect(fields.size).toBe(standardFields.length);
		expect(tags.size).toBe(0);
		expect(eventTypes.get('call')).toEqual({ id: 'call', name: 'Called', properties: [] });
		expect(issues.map(({ key }) => key).sort()).toEqual([
			'a/def',
			'b/def',
			'call/property/x',
			't/name'
		]);
	});

	it('are gone once removed', () => {
		edit(doc, (e) => definitions.putList(e, 'l', 'Fair'));
		edit(doc, (e) => definitions.removeDefinition(e, 'lists', 'l'));
		expect(read().lists.size).toBe(0);
		expect(doc.getMap('lists').size).toBe(0);
	});

	it('of two people both stay', () => {
		const bea = device(2);
		edit(doc, (e) => definitions.putEventType(e, { id: 'call', name: 'Called', properties: [] }));
		send(doc, bea);
		for (const [on, id] of [
			[doc, 'one'],
			[bea, 'two']
		] as const)
			edit(on, (e) => definitions.putEventProperty(e, 'call', { id, name: id, type: 'text' }));
		meet(doc, bea);
		expect(
			read(bea)
				.eventTypes.get('call')
				?.properties.map(({ id }) => id)
		).toEqual(['one', 'two']);
	});

	it('refuse ids that cannot be part of a path', () => {
		for (const id of ['', 'a/b', 'x'.repeat(65)])
			expect(refusalsOf(doc, (e) => definitions.putTag(e, id, 'Tag'))).toEqual([
				{ type: 'UnusableId', id }
			]);
	});
});

describe('settings', () => {
	it('are the default where nothing is set, or what is set does not read', () => {
		expect(readSettings(registersOf(doc))).toEqual(defaultSettings);
		for (const [key, value] of Object.entries({
			zone: 'Middle/Earth',
			weekStart: 0,
			currency: 'bitcoin',
			name: ''
		}))
			doc.getMap('settings').set(key, value);
		const issues: { key: string }[] = [];
		expect(readSettings(registersOf(doc), issues as never)).toEqual(defaultSettings);
		expect(issues.map(({ key }) => key)).toEqual(['name', 'zone', 'weekStart', 'currency']);
	});

	it('change one by one', () => {
		edit(doc, (e) => putSettings(e, { zone: 'Europe/Zurich', weekStart: 7 }));
		edit(doc, (e) => putSettings(e, { currency: 'CHF' }));
		expect(readSettings(registersOf(doc))).toEqual({
			name: defaultSettings.name,
			zone: 'Europe/Zurich',
			weekStart: 7,
			currency: 'CHF',
			historyMonths: defaultSettings.historyMonths,
			logMonths: defaultSettings.logMonths
		});
	});

	it('may keep history for ever', () => {
		edit(doc, (e) => putSettings(e, { historyMonths: null }));
		expect(readSettings(registersOf(doc)).historyMonths).toBeNull();
	});
});
