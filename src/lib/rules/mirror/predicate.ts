import type { Comparable } from '$lib/fields/value';
import type { Moment } from '$lib/time/moment';
import { compareHolds } from '../operators/compare';
import { noSibling } from '../operators/comparison';
import { addDays } from '$lib/time/zone';
import { dayRange } from '../operators/date';
import { instantRange } from '../operators/datetime';
import { operatorsOf, type Comparison } from '../operators/families';
import { numberRange } from '../operators/number';
import { otherFieldOf } from '../operators/operand';
import { stretchOf } from '../operators/time';

/** A comparison made ready to be asked of many values: all that does not hang on the value is worked out once. */
export interface Predicate {
	/** Whether it holds where there is no value. */
	readonly missing: boolean;
	present(value: Comparable): boolean;
	/** The same of a number or an instant. */
	readonly numbers: Numbers;
}

/** Which numbers are meant: those from `low` to `high`, both included, or all others; or whatever a function says. */
export type Numbers =
	| { readonly low: number; readonly high: number; readonly outside: boolean }
	| { readonly holds: (value: number) => boolean };

/** Nothing for what hangs on more than the value: another field, or the local day of each instant. */
export function predicateOf(comparison: Comparison, moment: Moment): Predicate | undefined {
	const { of, test } = comparison;
	if (otherFieldOf(test) !== undefined) return;
	const operators = operatorsOf(of);
	const missing = compareHolds(comparison, undefined, moment, noSibling);
	if (test.operator === 'hasValue') return constant(missing, true);
	if (test.operator === 'hasNoValue') return constant(missing, false);

	const positive = operators.complementOf(test);
	const outside = positive !== undefined;
	const range = rangeOf(of, positive ?? test, moment);
	if (range) {
		const { low, high } = range;
		const present = (value: Comparable) => (value >= low && value <= high) !== outside;
		// Only what is of numbers is asked of numbers.
		return { missing, present, numbers: { ...(range as NumberRange), outside } };
	}
	if (of === 'datetime') return;
	const { holds } = operators;
	const present = (value: Comparable) =>
		holds(positive ?? test, value, moment, noSibling) !== outside;
	return { missing, present, numbers: { holds: present } };
}

const constant = (missing: boolean, present: boolean): Predicate => ({
	missing,
	present: () => present,
	numbers: { holds: () => present }
});

interface NumberRange {
	readonly low: number;
	readonly high: number;
}
interface DayRange {
	readonly low: string;
	readonly high: string;
}

/** The one stretch of values that a positive test is about, both ends included; of dates in days. */
function rangeOf(
	of: Comparison['of'],
	test: Comparison['test'],
	moment: Moment
): NumberRange | DayRange | undefined {
	// Each family has its own tests, which a looked-up family loses.
	if (of === 'number') return numberRange(test as Parameters<typeof numberRange>[0]);
	if (of !== 'datetime' && of !== 'date') return;
	const stretch = stretchOf(test as Parameters<typeof stretchOf>[0]);
	if (!stretch) return;
	if (of === 'datetime') {
		const { from = -Infinity, to = Infinity } = instantRange(stretch, moment);
		return { low: from, high: to - 1 };
	}
	const { from, to } = dayRange(stretch as Parameters<typeof dayRange>[0], moment);
	// No day is before the empty text, and none after what sorts behind all digits.
	return { low: from ?? '', high: to === undefined ? '~' : addDays(to, -1) };
}
