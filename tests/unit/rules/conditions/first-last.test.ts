import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitions } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';
import { doer, event, members, problemsOf } from './asking';

const order = (when: string, total?: number) =>
	event('order_placed', when, total === undefined ? {} : { total });

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(
		[
			doer('equal', order('2024-06-01T10:00:00Z', 1), order('2024-06-01T10:00:00Z', 2)),
			doer('ordered', order('2024-06-02T10:00:00Z', 2), order('2024-06-01T10:00:00Z', 1)),
			doer('once', order('2024-06-15T10:00:00.000Z', 1)),
			doer('future', order('2024-06-15T10:00:00.001Z', 1)),
			// Midnight in Zurich, when summer time began on 31 March.
			doer('night', order('2024-03-30T22:59:59.999Z', 5), order('2024-03-31T22:00:00Z', 6))
		],
		definitions
	);
});
afterAll(() => population.close());

const total = (value: number) => [
	{ property: 'total', of: 'number', test: { operator: 'equals', value } }
];
const types = ['order_placed'];

test('of two at one instant the one with the smaller number is the earlier', async () => {
	const firstIs = (value: number) =>
		members(population, { kind: 'first', types, has: total(value) });
	const lastIs = (value: number) => members(population, { kind: 'last', types, has: total(value) });
	expect(await firstIs(1)).toEqual(['equal', 'once', 'ordered']);
	expect(await lastIs(1)).toEqual(['once']);
	expect(await lastIs(2)).toEqual(['equal', 'ordered']);
});

test('days begin at midnight in the zone, across a change of clocks', async () => {
	const on = (kind: string, day: string) =>
		members(population, { kind, types, window: { operator: 'on', day } });
	expect(await on('first', '2024-03-30')).toEqual(['night']);
	expect(await on('last', '2024-03-31')).toEqual([]);
	expect(await on('last', '2024-04-01')).toEqual(['night']);
});

test('a window and what it was like are asked of the same event', async () => {
	const window = { operator: 'on', day: '2024-06-01' };
	expect(await members(population, { kind: 'first', types, window, has: total(1) })).toEqual([
		'equal',
		'ordered'
	]);
	expect(await members(population, { kind: 'last', types, window, has: total(2) })).toEqual([
		'equal'
	]);
});

test.each(['first', 'last'])('%s asks something', (kind) => {
	expect(problemsOf({ kind, types: [] })).toContain('Choose what was done.');
	expect(problemsOf({ kind, types })).toEqual(['Say when it was, or what it was like.']);
	expect(problemsOf({ kind, types, has: [] })).toHaveLength(1);
	expect(problemsOf({ kind, types, has: total(1) })).toEqual([]);
	const has = [{ property: 'colour', of: 'text', test: { operator: 'hasValue' } }];
	expect(problemsOf({ kind, types, has })).toEqual(['Placed order has no property “colour”.']);
});
