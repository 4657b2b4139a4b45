import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { definitions } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';
import { doer, event, members, problemsOf } from './asking';

/** What became of the email of a campaign, on a day of June; `machine` and `link` as given. */
const email = (
	what: string,
	campaign: string | undefined,
	day: string,
	more: Readonly<Record<string, unknown>> = {}
) =>
	event(
		`email_${what}`,
		`2024-06-${day}:00:00Z`,
		campaign === undefined ? more : { campaign, ...more }
	);

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(
		[
			// Sent A, B and C; opened A, which is not among the last two.
			doer(
				'early',
				email('sent', 'A', '01T08'),
				email('sent', 'B', '02T08'),
				email('sent', 'C', '03T08'),
				email('opened', 'A', '01T09')
			),
			// The same, of which C was opened, spelt otherwise.
			doer(
				'late',
				email('sent', 'A', '01T08'),
				email('sent', 'B', '02T08'),
				email('sent', 'C', '03T08'),
				email('opened', 'c ', '04T09')
			),
			// Opened before it was sent again: that belongs to the send before, which is not among the last.
			doer(
				'again',
				email('sent', 'A', '01T08'),
				email('opened', 'A', '01T09'),
				email('sent', 'B', '02T08'),
				email('sent', 'A', '03T08')
			),
			// At the very instant it was sent.
			doer(
				'at once',
				email('sent', 'A', '03T08'),
				email('opened', 'A', '03T08', { machine: true })
			),
			// Without a campaign nobody knows what was opened.
			doer('unnamed', email('sent', undefined, '03T08'), email('opened', undefined, '03T09')),
			// Of two at one instant the second is the last.
			doer(
				'tied',
				email('sent', 'A', '03T08'),
				email('sent', 'B', '03T08'),
				email('opened', 'A', '03T09')
			),
			doer(
				'to come',
				email('sent', 'A', '01T08'),
				email('opened', 'A', '01T09'),
				email('sent', 'B', '20T08')
			),
			doer(
				'clicker',
				email('clicked', 'A', '03T09', { link: 'https://x.ch/Shop', machine: false })
			),
			doer('never')
		],
		definitions
	);
});
afterAll(() => population.close());

const opened = { kind: 'message', did: true, activity: 'opened', emails: { which: 'any' } };
const ofLast = (n: number) => ({ which: 'lastSends', n });

describe('of the last emails sent to the contact', () => {
	test.each([
		[1, ['at once', 'late', 'to come']],
		[2, ['at once', 'late', 'tied', 'to come']],
		[3, ['again', 'at once', 'early', 'late', 'tied', 'to come']]
	])('any of %i', async (n, names) => {
		expect(await members(population, { ...opened, emails: ofLast(n) })).toEqual(names);
		const others = [
			'again',
			'at once',
			'clicker',
			'early',
			'late',
			'never',
			'tied',
			'to come',
			'unnamed'
		];
		expect(await members(population, { ...opened, emails: ofLast(n), did: false })).toEqual(
			others.filter((name) => !names.includes(name))
		);
	});

	test('with a window, a count and without machines', async () => {
		const emails = ofLast(3);
		const window = { operator: 'onOrAfter', value: '2024-06-04' };
		expect(await members(population, { ...opened, emails, window })).toEqual(['late']);
		const count = { operator: 'atLeast', n: 2 };
		expect(await members(population, { ...opened, emails, count })).toEqual([]);
		expect(await members(population, { ...opened, emails, excludeMachines: true })).not.toContain(
			'at once'
		);
	});
});

test('a link is compared by its key', async () => {
	const clicked = {
		...opened,
		activity: 'clicked',
		link: { operator: 'endsWith', value: '/SHOP' }
	};
	expect(await members(population, clicked)).toEqual(['clicker']);
	expect(await members(population, { ...clicked, did: false })).toHaveLength(8);
});

test('is one condition on events', () => {
	const condition = { ...opened, emails: ofLast(5), excludeMachines: true };
	const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
	expect(rule.ok && rule.value).toMatchObject({
		lowered: {
			condition: {
				kind: 'event',
				types: ['email_opened'],
				did: true,
				lastSends: 5,
				where: [{ property: 'machine', of: 'boolean', test: { operator: 'isNotTrue' } }]
			}
		}
	});
});

test.each([
	[{ activity: undefined }, 'Choose what became of the email.'],
	[{ emails: { which: 'campaigns', campaigns: [] } }, 'Choose a campaign.'],
	[{ emails: { which: 'lastSends', n: 0 } }, 'Type a whole number of 1 or more.'],
	[{ link: { operator: 'is', value: 'x' } }, 'Only a click has a link.'],
	[{ activity: 'bounced', excludeMachines: true }, 'Only opens and clicks can be by a machine.'],
	[
		{ activity: 'clicked', link: { operator: 'is', value: { field: 'city' } } },
		'A link is compared with a text, not with a field.'
	]
])('%o: %s', (part, problem) => {
	expect(problemsOf({ ...opened, ...part })).toContain(problem);
});

test('an event that has no campaign is of no email', () => {
	const condition = { kind: 'event', types: ['order_placed'], did: true, lastSends: 5 };
	expect(problemsOf(condition)).toContain('Placed order has no property “campaign”.');
});
