import { expect, test } from 'vitest';
import { Discovery } from '$lib/imports/discovery';
import { counter, definitionsWith } from '../../fixtures/csv/files';

test('names are the same when their text keys are, and new ones get one id', () => {
	const discovery = new Discovery(definitionsWith({ tags: { t1: 'VIP' } }), counter());
	expect([' vip', 'New', 'NEW', 'Neu'].map((name) => discovery.tag(name))).toEqual([
		't1',
		'new1',
		'new1',
		'new2'
	]);
	expect(discovery.found.tags).toEqual([
		{ id: 'new1', name: 'New' },
		{ id: 'new2', name: 'Neu' }
	]);
	expect([...discovery.used.tags]).toEqual(['t1', 'new1', 'new2']);
});

test('an id that is taken is not given to another name', () => {
	const definitions = definitionsWith();
	const types = new Map([
		...definitions.eventTypes,
		['trial_started', { id: 'trial_started', name: 'Began', properties: [] }]
	]);
	const discovery = new Discovery({ ...definitions, eventTypes: types }, counter());
	// Its id is as good a name as its name.
	expect(discovery.eventType('trial started')).not.toBe('trial_started');
	expect(discovery.eventType('trial_started')).toBe('trial_started');
});

test('a type gets a property once, and no second one in the same column', () => {
	const discovery = new Discovery(definitionsWith(), counter());
	discovery.addProperty('order_placed', {
		id: 'sum',
		name: 'Sum',
		type: 'number',
		column: 'value'
	});
	discovery.addProperty('order_placed', { id: 'total', name: 'Total', type: 'number' });
	discovery.addProperty('order_placed', { id: 'shop', name: 'Shop', type: 'text' });
	discovery.addProperty('order_placed', { id: 'shop', name: 'Shop', type: 'text' });
	expect(discovery.found.eventTypes).toEqual([
		{ id: 'order_placed', properties: [{ id: 'shop', name: 'Shop', type: 'text' }] }
	]);
});

test('a field gets no more choices than anybody can choose from', () => {
	const discovery = new Discovery(
		definitionsWith({ fields: [{ id: 'plan', name: 'Plan', type: 'select' }] }),
		counter()
	);
	const options = Array.from({ length: 501 }, (_, i) => discovery.option('plan', `Plan ${i}`));
	expect(options.at(-2)).toBe('plan 499');
	expect(options.at(-1)).toBeUndefined();
	expect(discovery.option('plan', 'PLAN 3')).toBe('plan 3');
});
