import type { Moment } from '$lib/time/moment';
import { predicateOf } from '../../mirror/predicate';
import type { Run } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { extremes, sums, whoseResult, type Tally } from '../../mirror/tally';
import { findEvents } from '../event/scan';
import { columnOf } from '../event/property';
import { testOf, type AggregateCondition } from './condition';
import { millionthsOf, reckon } from './reckon';

/** What a number of events comes to, answered from their column. What is counted as different is the database's. */
export function scanAggregate(condition: AggregateCondition, moment: Moment): Scan | undefined {
	const { types, property } = condition;
	if (condition.function === 'distinct' || condition.of !== 'number') return;
	if (types.some((type) => columnOf([type], property) !== 'value')) return;
	const found = findEvents(condition, moment);
	const test = predicateOf(testOf(condition), moment);
	if (!found || !test) return;

	const of = condition.function;
	const none = reckon(of, []);
	const nonePasses = none === undefined ? test.missing : test.present(none);
	return {
		parts: found.parts,
		way: of === 'sum' || of === 'average' ? 'sum' : 'extreme',
		run(mirror) {
			const { size } = mirror;
			const tally = mirror.tallies.of(of, found.runs(mirror), size, (runs) =>
				of === 'sum' || of === 'average'
					? reckoned(runs, of, size)
					: extremes(runs, size, 'value', of)
			);
			return tally && whoseResult(tally, test.numbers, nonePasses, size);
		}
	};
}

/** Sums of whole millionths, or their averages, as in SQL. Nothing if they may not be exact. */
function reckoned(runs: readonly Run[], of: 'sum' | 'average', size: number): Tally | undefined {
	const { tally, total } = sums(runs, size, millionthsOf);
	// No sum of a contact is further from zero than all together.
	if (total > Number.MAX_SAFE_INTEGER) return;
	const { who, results } = tally;
	if (of === 'sum') return { who, results: results.map((sum) => sum / 1e6) };
	const values = sums(runs, size, () => 1).tally.results;
	return { who, results: results.map((sum, i) => Math.floor(sum / values[i]! + 0.5) / 1e6) };
}
