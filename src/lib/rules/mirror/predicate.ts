import type { Comparable } from '$lib/fields/value';
import type { Moment } from '$lib/time/moment';
import { compareHolds } from '../operators/compare';
import { dayRange } from '../operators/date';
import { inRange, instantRange, type InstantRange } from '../operators/datetime';
import { operatorsOf, type Comparison } from '../operators/families';
import { otherFieldOf } from '../operators/operand';
import { stretchOf } from '../operators/time';

/** A comparison made ready to be asked of many values: all that does not hang on the value is worked out once. */
export interface Predicate {
	/** Whether it holds where there is no value. */
	readonly missing: boolean;
	present(value: Comparable): boolean;
	/** The same of a number or an instant, where all values are that. */
	number(value: number): boolean;
}

/** Nothing for what hangs on more than the value: another field, or the local day of each instant. */
export function predicateOf(comparison: Comparison, moment: Moment): Predicate | undefined {
	const { of, test } = comparison;
	if (otherFieldOf(test) !== undefined) return;
	const operators = operatorsOf(of);
	const missing = compareHolds(comparison, undefined, moment, noSibling);
	if (test.operator === 'hasValue') return constant(missing, true);
	if (test.operator === 'hasNoValue') return constant(missing, false);

	const positive = operators.complementOf(test);
	const holds = ready(of, positive ?? test, moment);
	if (!holds) return;
	const present = positive ? (value: Comparable) => !holds(value) : holds;
	return { missing, present, number: present };
}

const constant = (missing: boolean, present: boolean): Predicate => ({
	missing,
	present: () => present,
	number: () => present
});

/** A positive test of values that are there. */
function ready(
	of: Comparison['of'],
	test: Comparison['test'],
	moment: Moment
): ((value: Comparable) => boolean) | undefined {
	if (of === 'datetime' || of === 'date') {
		// The two have the same operators, and a stretch of one is a stretch of the other.
		const stretch = stretchOf(test as Extract<Comparison, { of: 'datetime' }>['test']);
		if (stretch && of === 'datetime') {
			const range: InstantRange = instantRange(stretch, moment);
			return (value) => inRange(range, value as number); // an instant
		}
		if (stretch) {
			const { from, to } = dayRange(stretch as Parameters<typeof dayRange>[0], moment);
			return (day) => (from === undefined || day >= from) && (to === undefined || day < to);
		}
		if (of === 'datetime') return;
	}
	const { holds } = operatorsOf(of);
	return (value) => holds(test, value, moment, noSibling);
}

const noSibling = (): never => {
	throw new Error('a predicate is asked of one value');
};
