import { expect, test } from 'vitest';
import { scanCounted } from '$lib/rules/conditions/scan-counted';
import type { EventColumns, Mirror } from '$lib/rules/mirror/columns';
import { everyOf, runIn, type EventTest, type Run } from '$lib/rules/mirror/runs';
import { Tallies } from '$lib/rules/mirror/tallies';
import { extremes, sums, whoseResult, type Tally } from '$lib/rules/mirror/tally';
import { countHolds, type CountTest } from '$lib/rules/operators/count';

const size = 40;
/** Contact `i` has done it this often. */
const often = [0, 1, 2, 253, 254, 255, 256, 257, 300];
const cnos = Int32Array.from(often.flatMap((times, n) => new Array<number>(times).fill(n)));
const mirror = { size, tallies: new Tallies() } as unknown as Mirror; // nothing else of it is asked

const single = ['atLeast', 'atMost', 'exactly', 'notExactly', 'moreThan', 'fewerThan'] as const;
const tests: CountTest[] = [0, 1, 2, 253, 254, 255, 256, 257, 299].flatMap((n): CountTest[] => [
	...single.map((operator) => ({ operator, n })),
	{ operator: 'between', from: 1, to: n + 1 },
	{ operator: 'notBetween', from: 0, to: n }
]);

test.each(tests)(
	'counts are exact, of few contacts or many, also where a byte does not hold them: %o',
	(test) => {
		const sets = [size, 10_000].map((size) =>
			scanCounted(test, { ...mirror, size } as Mirror, [everyOf(cnos)])
		);
		const nonePasses = countHolds(test, 0);
		const truth = often.flatMap((times, n) =>
			times > 0 && countHolds(test, times) !== nonePasses ? [n] : []
		);
		for (const set of sets) expect([...set]).toEqual(truth);
	}
);

const events: EventColumns = {
	at: Float64Array.of(10, 20, 30, 40, 50),
	cno: Int32Array.of(3, 3, 7, 3, 39),
	value: Float64Array.of(5, -2, NaN, 8, Infinity),
	ref: Int32Array.of(0, 1, 0, -1, 1),
	refs: ['spring', 'summer']
};
const above = (low: number): EventTest => ({
	column: 'value',
	predicate: {
		missing: false,
		present: (value) => Number(value) >= low,
		numbers: { low, high: Infinity, outside: false }
	},
	said: `above ${low}`
});
const inSummer: EventTest = {
	column: 'ref',
	predicate: {
		missing: false,
		present: (ref) => ref === 'summer',
		numbers: { holds: () => false }
	},
	said: 'in summer'
};
const all = (...filters: EventTest[]): Run[] => [runIn(events, {}, filters)];
const listed = ({ who, results }: Tally) => [...who].map((n, i) => [n, results[i]]);

test('events that are not meant do not count', () => {
	const ask = (filter: EventTest, n: number, size: number) => {
		const mirror = { size, tallies: new Tallies() } as unknown as Mirror;
		return [...scanCounted({ operator: 'atLeast', n }, mirror, all(filter))];
	};
	for (const size of [40, 40_000]) {
		expect(ask(above(0), 2, size)).toEqual([3]);
		expect(ask(above(6), 2, size)).toEqual([]);
		expect(ask(inSummer, 1, size)).toEqual([3, 39]);
	}
});

test('sums and extremes are of those alone who have a value that is meant', () => {
	const sumsOf = (runs: Run[]) => listed(sums(runs, size, (value) => value).tally);
	expect(sumsOf(all())).toEqual([
		[3, 11],
		[39, Infinity]
	]);
	expect(sumsOf(all(above(0)))).toEqual([
		[3, 13],
		[39, Infinity]
	]);
	expect(sumsOf(all(inSummer, above(0)))).toEqual([[39, Infinity]]);
	expect(sumsOf([runIn(events, { from: 20, to: 50 }, [])])).toEqual([[3, 6]]);
	expect(listed(extremes(all(), size, 'value', 'min'))).toEqual([
		[3, -2],
		[39, Infinity]
	]);
	expect(listed(extremes(all(), size, 'at', 'max'))).toEqual([
		[3, 40],
		[7, 30],
		[39, 50]
	]);
	expect(listed(extremes([...all(), ...all()], 8, 'at', 'min'))).toEqual([
		[3, 10],
		[7, 30]
	]);
});

test('those without a result are neither among the numbers asked for nor among the others', () => {
	const { tally } = sums(all(), size, (value) => value);
	const range = { low: 11, high: 11, outside: false };
	expect([...whoseResult(tally, range, false, size)]).toEqual([3]);
	expect([...whoseResult(tally, range, true, size)]).toEqual([39]);
	expect([...whoseResult(tally, { holds: (sum) => sum > 11 }, false, size)]).toEqual([39]);
	expect([...whoseResult(tally, { holds: (sum) => sum > 11 }, true, size)]).toEqual([3]);
});

test('what was worked out is not worked out again, until the question is about other events', () => {
	const tallies = new Tallies();
	let worked = 0;
	const ask = (what: string, runs: readonly Run[], of = size) =>
		tallies.of(what, runs, of, () => ({ worked: ++worked }))!.worked;
	expect(ask('sum', all())).toBe(1);
	expect(ask('sum', all())).toBe(1);
	// As an event that is still to come does not: the stretch ends between the same two.
	expect(ask('sum', [runIn(events, { to: 60 }, [])])).toBe(1);
	expect(ask('count', all())).toBe(2);
	expect(ask('sum', all(above(1)))).toBe(3);
	expect(ask('sum', all(above(2)))).toBe(4);
	expect(ask('sum', [runIn(events, { from: 20 }, [])])).toBe(5);
	expect(ask('sum', all(), size + 1)).toBe(6);
	expect(ask('sum', [runIn({ ...events, cno: events.cno.slice() }, {}, [])])).toBe(7);
	expect(ask('sum', all())).toBe(1);
	tallies.clear();
	expect(ask('sum', all())).toBe(8);
});

test('what takes too much memory is forgotten, the one not used for longest first', () => {
	const tallies = new Tallies();
	const ask = (what: string) => {
		let isNew = false;
		tallies.of(what, all(), size, () => ((isNew = true), new Uint8Array(12_000_000)));
		return isNew;
	};
	expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual([true, true, false, true, false, true]);
});
