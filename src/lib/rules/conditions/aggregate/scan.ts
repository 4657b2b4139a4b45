import type { Moment } from '$lib/time/moment';
import { predicateOf } from '../../mirror/predicate';
import { numbersFor, whoOf, type Run } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
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
		run(mirror) {
			const { size } = mirror;
			const runs = found.runs(mirror);
			const resultOf =
				of === 'sum' || of === 'average' ? sums(runs, of, size) : extremes(runs, of, size);
			if (!resultOf) return;
			return whoOf(runs, size, (n) => {
				const result = resultOf(n);
				return result === result && test.present(result) !== nonePasses;
			});
		}
	};
}

/** Sums of whole millionths, or their averages, as in SQL; `NaN` for contacts without any. Nothing if they may not be exact. */
function sums(
	runs: readonly Run[],
	of: 'sum' | 'average',
	size: number
): ((cno: number) => number) | undefined {
	const results = numbersFor(runs, size);
	const counts = of === 'average' ? new Uint32Array(size) : undefined;
	let total = 0;
	for (const { events, from, to, passes } of runs) {
		const { cno, value } = events;
		if (!value) continue;
		for (let i = from; i < to; i++) {
			const own = value[i]!;
			if (own !== own || (passes !== undefined && !passes(i))) continue;
			const n = cno[i]!;
			const sofar = results[n]!;
			const whole = millionthsOf(own);
			total += Math.abs(whole);
			results[n] = (sofar === sofar ? sofar : 0) + whole;
			if (counts) counts[n]!++;
		}
	}
	// No sum of a contact is further from zero than all together.
	if (total > Number.MAX_SAFE_INTEGER) return;
	return (n) => (counts ? Math.floor(results[n]! / counts[n]! + 0.5) : results[n]!) / 1e6;
}

function extremes(runs: readonly Run[], of: 'min' | 'max', size: number): (cno: number) => number {
	const results = numbersFor(runs, size);
	for (const { events, from, to, passes } of runs) {
		const { cno, value } = events;
		if (!value) continue;
		for (let i = from; i < to; i++) {
			const own = value[i]!;
			if (own !== own || (passes !== undefined && !passes(i))) continue;
			const n = cno[i]!;
			// Nothing is below or above what is not a number.
			if (of === 'min' ? !(results[n]! <= own) : !(results[n]! >= own)) results[n] = own;
		}
	}
	return (n) => results[n]!;
}
