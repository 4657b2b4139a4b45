import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptOf, markedName, type Written } from '$lib/backup/rotation';
import { addDays } from '$lib/time/zone';

/** One a day from this day on, cleared away after each. */
function after(days: number, from = '2026-01-01', has = (_: number) => true): string[] {
	let written: readonly Written[] = [];
	for (let i = 0; i < days; i++) {
		if (!has(i)) continue;
		const day = addDays(from, i);
		const all = [...written, { name: `backup ${day}`, day }];
		const stay = new Set(keptOf(all));
		written = all.filter((one) => stay.has(one));
	}
	return written.map(({ day }) => day).reverse();
}

test('of the newest seven days each is kept, and of four weeks before them one each', () => {
	expect(after(5)).toEqual(['2026-01-05', '2026-01-04', '2026-01-03', '2026-01-02', '2026-01-01']);
	// The last is a Sunday. Weeks end with one.
	expect(after(60, '2026-01-07')).toEqual([
		...['2026-03-07', '2026-03-06', '2026-03-05', '2026-03-04', '2026-03-03'],
		...['2026-03-02', '2026-03-01'],
		...['2026-02-28', '2026-02-22', '2026-02-15', '2026-02-08']
	]);
});

test('a mark stands before the ending, and a name may have dots', () => {
	expect(markedName('St. Gall 2026-03-01.winnow', 'k3f9')).toBe('St. Gall 2026-03-01 k3f9.winnow');
});

test('of one day the last that was written is kept', () => {
	const day = '2026-01-31';
	const written = [
		{ name: 'a.json', day },
		{ name: 'a.ndjson', day }
	];
	expect(keptOf(written)).toEqual([written[1]]);
});

test('however seldom one is written, the newest is kept, and never more than eleven', () => {
	fc.assert(
		fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (days) => {
			const kept = after(days.length, '2025-11-20', (i) => days[i]!);
			const written = days.flatMap((has, i) => (has ? [addDays('2025-11-20', i)] : []));
			expect(kept[0]).toBe(written.at(-1));
			expect(kept.slice(0, 7)).toEqual(written.reverse().slice(0, 7));
			expect(kept.length).toBeLessThanOrEqual(11);
		}),
		{ seed: 2026 }
	);
});
