import { expect, test } from 'vitest';
import type { Condition } from '$lib/rules/conditions/registry';
import { resolvedTime } from '$lib/rules/editing/resolved';
import { timesOf } from '$lib/rules/times';
import { allExamples } from '../../fixtures/examples';
import { moment } from '../../fixtures/people';

const resolved = (condition: { kind: string } & Record<string, unknown>) =>
	timesOf(condition).flatMap(({ family, test }) => resolvedTime(family, test, moment) ?? []);

test('a time is found in every kind that asks for one', () => {
	const kinds = new Set(
		allExamples.flatMap(({ condition }) => (resolved(condition).length > 0 ? [condition.kind] : []))
	);
	expect([...kinds].sort()).toEqual([
		'aggregate',
		'anniversary',
		'changed',
		'consent',
		'engagement',
		'event',
		'field',
		'first',
		'inactive',
		'last',
		'list',
		'membership',
		'message',
		'purchase',
		'regularly',
		'sequence'
	]);
});

test('each as it is resolved now', () => {
	const window = { operator: 'inLast', n: 7, unit: 'day' };
	const week = '8 Jun 12:00 to 15 Jun 12:00, Europe/Zurich';
	expect(resolved({ kind: 'list', test: { operator: 'joined', lists: ['l'], window } })).toEqual([
		week
	]);
	expect(
		resolved({
			kind: 'regularly',
			types: ['order_placed'],
			times: 1,
			period: { n: 1, unit: 'day' },
			of: 7,
			active: 2
		})
	).toEqual([week]);
	const day = { operator: 'on', day: '2024-05-01' };
	expect(
		resolved({
			kind: 'event',
			types: ['visited'],
			did: true,
			window,
			where: [{ property: 'on', of: 'date', test: day }]
		})
	).toEqual([week, '1 May']);
	expect(
		resolved({
			kind: 'anniversary',
			field: 'birthday',
			of: 'date',
			test: { operator: 'inNext', days: 3 }
		})
	).toEqual(['15 Jun to 17 Jun']);
});

test('what is not finished has no time yet', () => {
	expect(resolved({ kind: 'event', types: [], did: true, window: { operator: 'inLast' } })).toEqual(
		[]
	);
	expect(resolved({ kind: 'horoscope', window: null })).toEqual([]);
});
