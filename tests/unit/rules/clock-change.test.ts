import { expect, test } from 'vitest';
import { clockChange, describeClockChange } from '$lib/rules/clock-change';
import { instantRange } from '$lib/rules/operators/datetime';
import { DatetimeTest, stretchOf } from '$lib/rules/operators/time';
import { lintRule } from '$lib/rules/lint';
import { NodeId } from '$lib/rules/rule';
import type { RawTest } from '$lib/rules/editing/parameter';
import type { Moment } from '$lib/time/moment';
import { localTime } from '$lib/time/zone';
import { definitions } from '../../fixtures/people';

/** Noon in Zurich, on the Wednesday after the clocks went forward on 29 March 2026. */
const spring: Moment = {
	now: Date.parse('2026-04-01T10:00:00Z'),
	zone: 'Europe/Zurich',
	weekStart: 1
};
const said = (test: RawTest, moment = spring) => {
	const change = clockChange({ family: 'datetime', test }, moment);
	return change && describeClockChange(change);
};

test('days are of 24 hours, so that their beginning is an hour off', () => {
	expect(said({ operator: 'inLast', n: 7, unit: 'day' })).toBe(
		'The clocks change on 29 Mar: 7 days ago is 25 Mar 11:00, not 12:00.'
	);
	expect(said({ operator: 'notInLast', n: 1, unit: 'week' })).toContain('1 week ago is 25 Mar');
	expect(said({ operator: 'moreThanAgo', n: 30, unit: 'day' })).toContain('30 days ago is 2 Mar');
	expect(said({ operator: 'betweenAgo', near: 2, far: 5, unit: 'day' })).toContain('5 days ago');
});

test('the day is said too where it is another', () => {
	const late = { ...spring, now: Date.parse('2026-10-27T22:50:00Z') };
	expect(said({ operator: 'inLast', n: 7, unit: 'day' }, late)).toBe(
		'The clocks change on 25 Oct: 7 days ago is 21 Oct 00:50, not 20 Oct 23:50.'
	);
});

test('the same as what is evaluated', () => {
	const test = DatetimeTest.parse({ operator: 'inLast', n: 7, unit: 'day' });
	const { from } = instantRange(stretchOf(test)!, spring);
	expect(new Date(localTime(from!, spring.zone)).toISOString()).toBe('2026-03-25T11:00:00.000Z');
});

test('in autumn it is an hour later, also ahead', () => {
	const autumn = { ...spring, now: Date.parse('2026-10-24T10:00:00Z') };
	expect(said({ operator: 'inNext', n: 2, unit: 'day' }, autumn)).toBe(
		'The clocks change on 25 Oct: 2 days ahead is 26 Oct 11:00, not 12:00.'
	);
});

test('a day that is shorter or longer', () => {
	expect(said({ operator: 'on', day: '2026-03-29' })).toBe(
		'The clocks change on that day: it has 23 hours.'
	);
	expect(said({ operator: 'on', day: '2025-10-26' })).toContain('it has 25 hours.');
	const monday = { ...spring, now: Date.parse('2026-03-30T10:00:00Z') };
	expect(said({ operator: 'inPeriod', period: 'yesterday' }, monday)).toContain('23 hours');
});

test.each<RawTest>([
	{ operator: 'inLast', n: 2, unit: 'day' },
	{ operator: 'inLast', n: 90, unit: 'day' },
	{ operator: 'inLast', n: 1, unit: 'month' },
	{ operator: 'inLast', n: 200, unit: 'hour' },
	{ operator: 'inLastCalendar', n: 7, unit: 'day' },
	{ operator: 'inPeriod', period: 'lastWeek' },
	{ operator: 'on', day: '2026-03-28' },
	{ operator: 'between', from: '2026-03-01', to: '2026-04-01' },
	{ operator: 'inLast', n: 'many', unit: 'day' },
	{ operator: 'hasValue' }
])('nothing is said where it makes no difference: %j', (test) => {
	expect(said(test)).toBeUndefined();
});

test('a date has no hours, and a zone may have no such days', () => {
	const test = { operator: 'inLast', n: 7, unit: 'day' };
	expect(clockChange({ family: 'date', test }, spring)).toBeUndefined();
	expect(said(test, { ...spring, zone: 'Asia/Tokyo' })).toBeUndefined();
});

test('it is said of any kind with a window', () => {
	const window = { operator: 'inLast', n: 7, unit: 'day' };
	const draft = {
		type: 'condition' as const,
		id: NodeId.parse('a'),
		condition: { kind: 'inactive', types: ['order_placed'], window }
	};
	expect(lintRule(draft, definitions, spring)).toMatchObject([{ type: 'ClocksChange', node: 'a' }]);
});
