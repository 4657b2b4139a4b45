import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitions, moment } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { evaluate } from '$lib/membership/evaluate';
import { sql } from '$lib/sql';
import { doer, event, members, problemsOf } from './asking';

/** What became of the email of a campaign, at a time of June. */
const email = (
	what: string,
	campaign: string | undefined,
	when: string,
	more: Readonly<Record<string, unknown>> = {}
) => event(`email_${what}`, `2024-06-${when}:00:00Z`, campaign ? { campaign, ...more } : more);
const sent = (campaign: string | undefined, when: string) => email('sent', campaign, when);
const opened = (campaign: string | undefined, when: string, machine?: boolean) =>
	email('opened', campaign, when, machine === undefined ? {} : { machine });

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

describe('open and click rates', () => {
	beforeAll(() =>
		population.fill(
			[
				doer('half', sent('A', '01T08'), sent('B', '02T08'), opened('a', '01T09')),
				// Twice is once; the third send back is not looked at.
				doer(
					'all of two',
					sent('A', '01T08'),
					sent('B', '02T08'),
					sent('C', '03T08'),
					opened('B', '02T09'),
					opened('B', '02T10'),
					opened('C', '03T08')
				),
				// Sent twice, opened after the second: that one.
				doer('again', sent('A', '01T08'), sent('A', '02T08'), opened('A', '02T09')),
				doer('first of two', sent('A', '01T08'), opened('A', '01T09'), sent('A', '02T08')),
				doer('by machine', sent('A', '01T08'), opened('A', '01T09', true)),
				doer('too early', sent('A', '02T08'), opened('A', '01T08')),
				doer('unnamed', sent(undefined, '01T08'), opened(undefined, '01T09')),
				// Both are of the future.
				doer('to come', sent('A', '01T08'), sent('B', '20T08'), opened('A', '21T08')),
				doer('never')
			],
			definitions
		)
	);

	const rate = { kind: 'engagement', measure: 'openRate', sends: 2 };
	const is = (value: number) => ({ test: { operator: 'equals', value } });

	test.each([
		[100, ['all of two', 'by machine']],
		[50, ['again', 'first of two', 'half']],
		[0, ['to come', 'too early', 'unnamed']]
	])('%i percent', async (percent, names) => {
		expect(await members(population, { ...rate, ...is(percent) })).toEqual(names);
	});

	test('machines are left out when told', async () => {
		const condition = { ...rate, excludeMachines: true, ...is(0) };
		expect(await members(population, condition)).toContain('by machine');
	});

	test('who was sent nothing has no rate', async () => {
		const test = (operator: string) => ({ test: { operator, value: 0 } });
		expect(await members(population, { ...rate, ...test('atLeast') })).not.toContain('never');
		expect(await members(population, { ...rate, ...test('atMost') })).not.toContain('never');
		expect(await members(population, { ...rate, ...test('doesNotEqual') })).toContain('never');
		expect(await members(population, { ...rate, test: { operator: 'hasNoValue' } })).toEqual([
			'never'
		]);
	});

	test('a third is a third', async () => {
		const test = { operator: 'between', from: 66.6, to: 66.7 };
		expect(await members(population, { ...rate, sends: 3, test })).toEqual(['all of two']);
		expect(await members(population, { ...rate, measure: 'clickRate', ...is(0) })).toHaveLength(8);
	});
});

describe('buyer groups', () => {
	const order = (when: string, total: number) =>
		event('order_placed', `2024-06-${when}T08:00:00Z`, { total });
	const people = [
		doer('a', order('01', 1)),
		doer('b', order('02', 2)),
		doer('c', order('03', 3)),
		doer('d', order('04', 4), order('04', 0)),
		doer('e', order('05', 2), order('05', 3)),
		// Not among those who are compared.
		{ ...doer('archived', order('14', 900)), archived: true },
		doer('to come', order('20', 900)),
		doer('never')
	];
	beforeAll(() => population.fill(people, definitions));

	const group = { kind: 'engagement', measure: 'rfm', is: true };

	test('are fifths of all who ordered', async () => {
		for (const [i, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
			expect(await members(population, { ...group, recency: [i + 1] })).toEqual([name]);
			expect(await members(population, { ...group, monetary: [i + 1] })).toEqual([name]);
		}
		const middle = { ...group, recency: [2, 3, 4], monetary: [3, 4, 5] };
		expect(await members(population, middle)).toEqual(['c', 'd']);
	});

	test('who are equal are in the same one', async () => {
		expect(await members(population, { ...group, frequency: [1] })).toEqual(['a', 'b', 'c']);
		expect(await members(population, { ...group, frequency: [2, 3, 5] })).toEqual([]);
		expect(await members(population, { ...group, frequency: [4] })).toEqual(['d', 'e']);
	});

	test('who never ordered is in none', async () => {
		const condition = { ...group, is: false, recency: [1, 2, 3, 4] };
		expect(await members(population, condition)).toEqual(['e', 'never', 'to come']);
	});

	test('an order of one moves the others', async () => {
		const condition = { ...group, recency: [5] };
		const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
		if (!rule.ok) throw new Error('unsound');
		const ask = async () => [...(await evaluate(rule.value, await population.cache.at(moment)))];
		expect(await ask()).toEqual([4]);
		await population.database.write('later', (tx) =>
			tx.run(sql`update event set at = ${new Date(moment.now)} where cno = 0`)
		);
		// Number 4 did nothing, and is not the latest any more.
		expect(await ask()).toEqual([0]);
	});
});

describe('the top of buyers', () => {
	const order = (when: string, total?: number | string) =>
		event('order_placed', `2024-${when}T08:00:00Z`, total === undefined ? {} : { total });
	// Eleven, of whom the first spent 11, the second 10 and so on.
	const names = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'];
	const buyers = names.map((name, i) => doer(name, order('05-01', 11 - i)));
	const others = [
		{ ...doer('archived', order('05-01', 900)), archived: true },
		doer('to come', order('06-20', 900)),
		doer('never')
	];
	const top = { kind: 'engagement', measure: 'top', of: 'spend', is: true };

	test('is those of whom fewer than so many percent are above', async () => {
		await population.fill([...buyers, ...others], definitions);
		const inTop = (percent: number) => members(population, { ...top, percent });
		expect(await inTop(1)).toEqual(['01']);
		expect(await inTop(9)).toEqual(['01']);
		// One of eleven is less than a tenth, two are more.
		expect(await inTop(10)).toEqual(['01', '02']);
		expect(await inTop(99)).toEqual(names);
		const rest = await members(population, { ...top, percent: 10, is: false });
		expect(rest).toEqual([...names.slice(2), 'never', 'to come']);
	});

	test('of exactly ten it is one', async () => {
		await population.fill([...buyers.slice(1), ...others], definitions);
		expect(await members(population, { ...top, percent: 10 })).toEqual(['02']);
		expect(await members(population, { ...top, percent: 11 })).toEqual(['02', '03']);
	});

	test('takes in all who are equal, or none of them', async () => {
		const people = [
			doer('a', order('05-01', 50)),
			doer('b', order('05-01', 20.5), order('05-02', 29.5)),
			doer('c', order('05-01', '50'), order('05-02', 'many'), order('05-03')),
			doer('d', order('05-01', 49.999999)),
			doer('e', order('05-01', 50), order('05-02', -10)),
			doer('f', order('05-01'))
		];
		await population.fill(people, definitions);
		expect(await members(population, { ...top, percent: 1 })).toEqual(['a', 'b', 'c']);
		expect(await members(population, { ...top, percent: 50 })).toEqual(['a', 'b', 'c']);
		expect(await members(population, { ...top, percent: 51 })).toEqual(['a', 'b', 'c', 'd']);
		// By number of orders it is who came most often, whatever they paid.
		const byOrders = { ...top, of: 'orders' };
		expect(await members(population, { ...byOrders, percent: 1 })).toEqual(['c']);
		expect(await members(population, { ...byOrders, percent: 17 })).toEqual(['b', 'c', 'e']);
	});

	test('with a window is of who ordered then, by those orders', async () => {
		const people = [
			doer('of old', order('01-01', 900), order('06-01', 1)),
			doer('lately', order('06-02', 60)),
			doer('once', order('01-02', 500))
		];
		await population.fill(people, definitions);
		const window = { operator: 'inLast', n: 30, unit: 'day' };
		expect(await members(population, { ...top, percent: 50 })).toEqual(['of old', 'once']);
		expect(await members(population, { ...top, percent: 50, window })).toEqual(['lately']);
		// Not in the top are also those who did not order then.
		expect(await members(population, { ...top, percent: 50, window, is: false })).toEqual([
			'of old',
			'once'
		]);
		const next = { operator: 'inNext', n: 30, unit: 'day' };
		await population.fill([...people, ...others], definitions);
		expect(await members(population, { ...top, percent: 10, window: next })).toEqual(['to come']);
	});
});

test.each([
	[{ measure: 'openRate', sends: 0 }, 'Type a whole number of 1 or more.'],
	[
		{ measure: 'openRate', sends: 5, test: { operator: 'atLeast', value: { field: 'limit' } } },
		'A rate is compared with a number, not with a field.'
	],
	[{ measure: 'rfm', is: true }, 'Choose at least one group.'],
	[{ measure: 'rfm', is: true, recency: [] }, 'Choose at least one group.'],
	[{ measure: 'top', is: true, of: 'spend', percent: 0 }, 'Type a whole number from 1 to 99.'],
	[{ measure: 'top', is: true, of: 'spend', percent: 2.5 }, 'Type a whole number from 1 to 99.'],
	[{ measure: 'top', is: true, of: 'spend' }, 'Type a whole number from 1 to 99.'],
	[{ measure: 'top', is: true, percent: 10 }, 'Choose by what.']
])('%o: %s', (condition, problem) => {
	expect(problemsOf({ kind: 'engagement', ...condition })).toContain(problem);
});
