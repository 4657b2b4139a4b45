import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { definitions, moment } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';
import { doer, event, members, problemsOf } from './asking';

const types = ['order_placed'];
const orders = (name: string, ...times: string[]) =>
	doer(name, ...times.map((when) => event('order_placed', when)));

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(
		[
			// Now is 15 June 2024, 12:00 in Zurich.
			orders('now', '2024-06-15T10:00:00Z'),
			orders('a day ago', '2024-06-14T10:00:00Z'),
			orders('just over a day ago', '2024-06-14T09:59:59.999Z'),
			orders('daily', '2024-06-15T09:00:00Z', '2024-06-14T09:00:00Z', '2024-06-13T09:00:00Z'),
			orders('to come', '2024-06-15T10:00:00.001Z'),
			// Before and after the clocks went forward on 31 March.
			orders('spring', '2024-03-31T10:00:00Z', '2024-03-31T11:00:00Z')
		],
		definitions
	);
});
afterAll(() => population.close());

describe('regularly', () => {
	const days = {
		kind: 'regularly',
		types,
		times: 1,
		period: { n: 1, unit: 'day' },
		of: 1,
		active: 1
	};

	test('a period begins after its first instant and ends with its last', async () => {
		expect(await members(population, days)).toEqual(['daily', 'now']);
		expect(await members(population, { ...days, of: 2 })).toEqual([
			'a day ago',
			'daily',
			'just over a day ago',
			'now'
		]);
	});

	test('so many periods, each with so many events', async () => {
		expect(await members(population, { ...days, of: 3, active: 3 })).toEqual(['daily']);
		expect(await members(population, { ...days, of: 3, active: 1, times: 2 })).toEqual([]);
		const week = { n: 1, unit: 'week' };
		expect(await members(population, { ...days, period: week, times: 3 })).toEqual(['daily']);
	});

	test('months go by the local clock: noon is noon before and after a change of clocks', async () => {
		const at = { ...moment, now: Date.parse('2024-04-30T10:00:00Z') };
		// The month before began at noon on 30 March, which was 11:00 in UTC; this one on 30 April.
		const months = { ...days, period: { n: 1, unit: 'month' }, times: 2 };
		expect(await members(population, months, at)).toEqual(['spring']);
		const earlier = { ...moment, now: Date.parse('2024-03-31T10:59:59Z') };
		expect(await members(population, months, earlier)).toEqual([]);
	});

	test.each([
		[{ types: [] }, 'Choose what was done.'],
		[{ times: 0 }, 'Type a whole number of 1 or more.'],
		[{ active: 4, of: 3 }, 'There are fewer periods than are to be active.'],
		[{ of: 401 }, 'Type 400 or less.'],
		[{ active: undefined }, 'Type a whole number of 1 or more.']
	])('%o: %s', (part, problem) => {
		expect(problemsOf({ ...days, ...part })).toContain(problem);
	});
});

describe('inactive', () => {
	test('what was done just at the window’s beginning is in it', async () => {
		const inactive = { kind: 'inactive', types, window: { operator: 'inLast', n: 1, unit: 'day' } };
		expect(await members(population, inactive)).toEqual(['just over a day ago', 'spring']);
	});

	test.each([
		[undefined, 'Something is still missing here.'],
		[{ operator: 'inNext', n: 1, unit: 'day' }, 'Choose a time that has a beginning.'],
		[{ operator: 'dayOfWeek', days: [1] }, 'Choose a time that has a beginning.'],
		[
			{ operator: 'inPeriod', period: 'lastMonth' },
			'Choose a period that is going on, such as this month.'
		]
	])('%o: %s', (window, problem) => {
		expect(problemsOf({ kind: 'inactive', types, window })).toContain(problem);
	});

	test('is two conditions on events, and nothing else', () => {
		const condition = { kind: 'inactive', types, window: { operator: 'on', day: '2024-06-01' } };
		const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
		expect(rule.ok && rule.value).toMatchObject({
			condition,
			lowered: {
				match: 'all',
				children: [
					{
						condition: {
							kind: 'event',
							did: true,
							window: { operator: 'before', value: '2024-06-01' }
						}
					},
					{
						condition: { kind: 'event', did: false, window: { operator: 'on', day: '2024-06-01' } }
					}
				]
			}
		});
	});
});
