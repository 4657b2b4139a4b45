import { dayOf, type Comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { textKey } from '$lib/text-key';
import type { Moment } from '$lib/time/moment';
import { addDays } from '$lib/time/zone';
import { compareHolds } from './operators/compare';
import { dayRange } from './operators/date';
import { instantRange } from './operators/datetime';
import { operatorsOf, type Comparison } from './operators/families';
import { otherFieldOf } from './operators/operand';
import { stretchOf } from './operators/time';

/**
 * What a comparison lets through, of all values there may be. It is told by trying: `points` are the values at which the
 * answer may change, so that a few of them stand for all.
 */
export interface Allowed {
	readonly of: Comparison['of'];
	/** Whether it lets a missing value through. */
	readonly missing: boolean;
	holds(value: Comparable): boolean;
	readonly points: readonly Comparable[];
	/**
	 * What becomes of values that are none of the points: all let through, none, or as those of `between`. Nothing where
	 * points do not tell, as of a text that contains another.
	 */
	readonly elsewhere: boolean | 'between' | undefined;
}

/** At this moment. Nothing for a comparison with another field: what that lets through is not of one value alone. */
export function allowedBy(comparison: Comparison, moment: Moment): Allowed | undefined {
	if (otherFieldOf(comparison.test) !== undefined) return;
	const holds = (value: Comparable | undefined) =>
		compareHolds(comparison, value, moment, () => undefined);
	const { points, elsewhere } = turningPoints(comparison, moment);
	const negative = operatorsOf(comparison.of).complementOf(comparison.test) !== undefined;
	return {
		of: comparison.of,
		missing: holds(undefined),
		holds,
		points,
		elsewhere: typeof elsewhere === 'boolean' ? elsewhere !== negative : elsewhere
	};
}

/** What the others are. */
export const complementOf = (allowed: Allowed): Allowed => ({
	...allowed,
	missing: !allowed.missing,
	holds: (value) => !allowed.holds(value),
	elsewhere: typeof allowed.elsewhere === 'boolean' ? !allowed.elsewhere : allowed.elsewhere
});

/** Whether it is certain that no value, and no missing one, is let through by all. They are about the same thing. */
export function shareNothing(all: readonly Allowed[]): boolean {
	const meets = (value: Comparable) => all.every(({ holds }) => holds(value));
	if (all.every(({ missing }) => missing)) return false;
	const points = all.flatMap(({ points }) => points);
	if (points.some(meets)) return false;
	if (all.some(({ elsewhere }) => elsewhere === false)) return true;
	if (all.some(({ elsewhere }) => elsewhere === undefined)) return false;
	if (all.every(({ elsewhere }) => elsewhere === true)) return false;
	const others = between(all[0]!.of, points);
	return others !== undefined && !others.some(meets);
}

type Told = Pick<Allowed, 'points' | 'elsewhere'>;

/** Points are not all there is to try, and nothing else is known. */
const unknown: Told = { points: [], elsewhere: undefined };

/** Of a negative test those of the positive one that it turns round. */
function turningPoints({ of, test }: Comparison, moment: Moment): Told {
	if (test.operator === 'hasValue') return { points: [], elsewhere: true };
	if (test.operator === 'hasNoValue') return { points: [], elsewhere: false };
	switch (of) {
		case 'text':
			switch (test.operator) {
				case 'is':
				case 'isNot':
					return { points: [textKey(String(test.value))], elsewhere: false };
				case 'isAnyOf':
				case 'isNoneOf':
					return { points: test.values.map(textKey), elsewhere: false };
				default:
					return unknown;
			}
		case 'select':
			return { points: 'values' in test ? test.values : [test.value], elsewhere: false };
		case 'boolean':
			return { points: [true, false], elsewhere: 'between' };
		case 'number':
			if ('values' in test) return { points: test.values, elsewhere: 'between' };
			return ends('from' in test ? test : { from: Number(test.value) });
		case 'date': {
			const stretch = stretchOf(test);
			return stretch ? ends(dayRange(stretch, moment)) : unknown;
		}
		case 'datetime': {
			const stretch = stretchOf(test);
			return stretch ? ends(instantRange(stretch, moment)) : unknown;
		}
		case 'multiselect':
			// What is chosen are ids, which are text keys.
			return 'values' in test
				? { points: [test.values.map(textKey)], elsewhere: 'between' }
				: unknown;
		case 'json':
			return unknown;
		default:
			return unreachable(of);
	}
}

const ends = ({ from, to }: { readonly from?: Comparable; readonly to?: Comparable }): Told => ({
	points: [from, to].flatMap((end) => end ?? []),
	elsewhere: 'between'
});

/** Values that stand for all that are none of the points; nothing where they would be too many. */
function between(
	of: Comparison['of'],
	points: readonly Comparable[]
): readonly Comparable[] | undefined {
	switch (of) {
		case 'boolean':
			return [];
		case 'date': {
			// So far ahead or back that a day has no four digits of a year, it is none.
			const days = points.map(String).filter((day) => dayOf(day) !== undefined);
			return ['0000-01-01', ...days.map((day) => addDays(day, 1)), '9999-12-31'];
		}
		case 'datetime': {
			// Instants are whole milliseconds.
			const instants = points.map(Number);
			return [Math.min(...instants, 0) - 1, ...instants.map((instant) => instant + 1)];
		}
		case 'number': {
			const numbers = points.map(Number).sort((a, b) => a - b);
			const middles = numbers.slice(1).map((n, i) => numbers[i]! / 2 + n / 2);
			return [-Number.MAX_VALUE, ...middles, Number.MAX_VALUE];
		}
		case 'multiselect': {
			const options = [...new Set(points.flatMap((point) => (isList(point) ? point : [])))];
			if (options.length > mostOptions) return;
			// One that nobody named stands for every other: no option's id is blank.
			return [...options, ' '].reduce<readonly (readonly string[])[]>(
				(sets, option) => [...sets, ...sets.map((set) => [...set, option]), [option]],
				[]
			);
		}
		case 'text':
		case 'select':
		case 'json':
			return;
		default:
			return unreachable(of);
	}
}

const isList = (value: Comparable): value is readonly string[] => Array.isArray(value);

/** Each doubles what there is to try. */
const mostOptions = 6;
