import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitions } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';
import { doer, event, members, problemsOf } from './asking';

const types = { a: 'page_viewed', b: 'cart_added', c: 'order_placed', x: 'email_opened' };

/** Somebody who did these, one a letter, each so many hours after midnight. */
const chain = (name: string, ...did: readonly [keyof typeof types, number][]) =>
	doer(
		name,
		...did.map(([letter, hour]) =>
			event(types[letter], new Date(Date.UTC(2024, 5, 1) + hour * 3_600_000).toISOString())
		)
	);

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(
		[
			chain('plain', ['a', 0], ['b', 1], ['c', 2]),
			chain('same instant', ['a', 0], ['b', 0], ['c', 0]),
			chain('backwards', ['c', 0], ['b', 1], ['a', 2]),
			// The first A is too early for B, the second is not.
			chain('second try', ['a', 0], ['a', 9], ['b', 10], ['c', 11]),
			// The B after the first A breaks the gap to C; one that C follows does not follow an A in time.
			chain('never in time', ['a', 0], ['b', 1], ['b', 9], ['c', 10]),
			chain('broken', ['a', 0], ['x', 1], ['b', 2], ['c', 3]),
			chain('broken, again', ['a', 0], ['x', 1], ['a', 2], ['b', 3], ['c', 4]),
			// What comes at the very instant of a step is not between.
			chain('at the edges', ['a', 0], ['x', 0], ['x', 2], ['b', 2], ['c', 3]),
			chain('unfinished', ['a', 0], ['b', 1]),
			chain('too late', ['a', 0], ['b', 1], ['c', 24 * 14 + 11])
		],
		definitions
	);
});
afterAll(() => population.close());

const hours = (n: number) => ({ n, unit: 'hour' });
const [a, b, c, x] = Object.values(types).map((type) => ({ types: [type] }));
const ask = (steps: readonly object[], more: object = {}) =>
	members(population, { kind: 'sequence', steps, ...more });

test('each step is strictly later than the one before', async () => {
	const all = ['at the edges', 'broken', 'broken, again', 'never in time', 'plain', 'second try'];
	expect(await ask([a!, b!, c!])).toEqual(all);
	expect(await ask([c!, b!])).toEqual(['backwards']);
});

test('a gap is met by any chain that meets it', async () => {
	const steps = [a!, { ...b!, within: hours(2) }, { ...c!, within: hours(2) }];
	expect(await ask(steps)).toEqual([
		'at the edges',
		'broken',
		'broken, again',
		'plain',
		'second try'
	]);
	const tight = [a!, { ...b!, within: hours(1) }, { ...c!, within: hours(1) }];
	expect(await ask(tight)).toEqual(['broken, again', 'plain', 'second try']);
});

test('nothing of a sort strictly between neighbours', async () => {
	const unbroken = ['at the edges', 'broken, again', 'never in time', 'plain', 'second try'];
	expect(await ask([a!, { ...b!, without: x! }, c!])).toEqual(unbroken);
	// Between B and C nobody opened anything.
	expect(await ask([a!, b!, { ...c!, without: x! }])).toContain('broken');
	expect(await ask([a!, { ...c!, without: b! }])).toEqual([]);
});

test('every step is in the window, and what must not be in between need not be', async () => {
	const window = { operator: 'between', from: '2024-06-01T01:00:00Z', to: '2024-06-01T12:00:00Z' };
	expect(await ask([a!, b!, c!], { window })).toEqual(['broken, again', 'second try']);
	// A on Saturday, C on Saturday two weeks on; both Bs were on Saturdays as well.
	const saturdays = { operator: 'dayOfWeek', days: [6] };
	expect(
		await ask([a!, b!, { ...c!, within: { n: 3, unit: 'week' } }], { window: saturdays })
	).toContain('too late');
	// In the future, so only where a window reaches there.
	expect(await ask([a!, c!])).not.toContain('too late');
});

test.each([
	[{ steps: [{ types: ['cart_added'] }] }, 'Choose at least two steps.'],
	[{ steps: Array.from({ length: 6 }, () => a) }, 'Choose 5 steps or fewer.'],
	[{ steps: [a, { types: [] }] }, 'Choose what was done.'],
	[{ steps: [{ ...a, within: hours(1) }, b] }, 'The first step comes after nothing.'],
	[{ steps: [a, { ...b, within: { unit: 'day' } }] }, 'Type a whole number of 1 or more.'],
	[{ steps: [a, { ...b, without: { types: [] } }] }, 'Choose what was done.'],
	[
		{
			steps: [
				a,
				{
					...b,
					without: {
						types: ['email_opened'],
						where: [{ property: 'total', of: 'number', test: { operator: 'hasValue' } }]
					}
				}
			]
		},
		'Opened email has no property “total”.'
	]
])('%o: %s', (part, problem) => {
	expect(problemsOf({ kind: 'sequence', ...part })).toContain(problem);
});

test('a deleted event in between is an issue', () => {
	const steps = [a!, { ...b!, without: { types: ['gone'] } }];
	expect(problemsOf({ kind: 'sequence', steps })).toEqual(['DeletedReference']);
});
