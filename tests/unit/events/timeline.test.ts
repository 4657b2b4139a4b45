import { expect, test } from 'vitest';
import { eventRowOf } from '$lib/events/contact-event';
import { byMonth, monthText, propertiesOf } from '$lib/events/timeline';
import { definitions } from '../../fixtures/people';

const types = definitions.eventTypes;
const stored = (type: string, properties: Record<string, string | number | boolean>) =>
	eventRowOf({ id: 'e', cno: 0, type, at: '2024-06-15T10:00:00.000Z', properties }, types);

test('what an event was given is shown again, the main things first, in the order of its type', () => {
	const row = stored('order_placed', { zeta: 1, currency: 'CHF', total: 20, order: 'A-1' });
	expect(propertiesOf(row, types.get('order_placed'))).toEqual([
		{ id: 'order', name: 'Order', type: 'text', column: 'ref', value: 'A-1' },
		{ id: 'total', name: 'Total', type: 'number', column: 'value', value: 20 },
		{ id: 'currency', name: 'Currency', type: 'text', value: 'CHF' },
		{ id: 'zeta', name: 'zeta', type: 'text', value: 1 }
	]);
});

test('an event of a type that is gone shows all it has', () => {
	const row = { ref: 'x', value: 3, properties: { b: 'two', a: true } };
	expect(propertiesOf(row, undefined).map(({ name, value }) => [name, value])).toEqual([
		['About', 'x'],
		['Value', 3],
		['a', true],
		['b', 'two']
	]);
	expect(propertiesOf({ ref: null, value: null, properties: null }, undefined)).toEqual([]);
});

test('months are those of the workspace’s calendar', () => {
	const at = (...instants: string[]) => instants.map((at) => ({ at }));
	const months = byMonth(
		at('2024-06-30T22:30:00Z', '2024-06-30T21:30:00Z', '2023-06-01T00:00:00Z'),
		'Europe/Zurich'
	);
	expect(months.map(({ month, things }) => [month, things.length])).toEqual([
		['2024-07', 1],
		['2024-06', 1],
		['2023-06', 1]
	]);
	expect(monthText('2024-07')).toBe('July 2024');
	expect(byMonth([], 'UTC')).toEqual([]);
});
