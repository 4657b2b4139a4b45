import { sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Day } from '$lib/time/zone';
import { firstWhere, movingOf, nextEvenStart } from './crossing';
import { dayRange } from './operators/date';
import { instantRange, rangeSql } from './operators/datetime';
import type { Comparison } from './operators/families';
import { itemsSql, type ItemFilter } from './operators/json';
import type { Window } from './operators/window';
import { partSql } from './stored';

/** How the members of a condition may change as time alone passes. */
export interface Drift {
	/** As long as no end goes past anything a contact has, the answer about the contact stays what it is. */
	readonly watched: readonly Watched[];
	/** What else of the calendar it hangs on: nobody's answer changes while this text stays the same. */
	calendar?(moment: Moment): string;
}

/** Rows of contacts. */
export interface Rows {
	/** ` from …` */
	readonly from: Sql;
	readonly where: Sql;
	/** Whose a row is. */
	readonly cno: Sql;
}

/** Instants or days that contacts have, and ends of stretches of time, which go past them as time passes. */
export interface Watched extends Rows {
	/** Of a row; may be null. */
	readonly at: Sql;
	/** Instants in epoch milliseconds, or days; always as many. What is at an end is after it. */
	ends(moment: Moment): readonly End[];
}
type End = number | Day;

/** Where time plays no part. */
export const still: Drift = { watched: [] };

/**
 * Contacts whose answer may be another at one moment than at the other, as selects of `cno`, which may name too many.
 * Nothing if that is known of none of them: everybody is to be asked.
 */
export function concerned(drift: Drift, from: Moment, to: Moment): readonly Sql[] | undefined {
	if (drift.calendar && drift.calendar(from) !== drift.calendar(to)) return;
	return drift.watched.flatMap((watched) => {
		const after = watched.ends(to);
		return watched.ends(from).flatMap((end, i) => {
			const [low, high] = inOrder(end, after[i]!);
			return low === high ? [] : [sql`select ${watched.cno}${betweenSql(watched, low, high)}`];
		});
	});
}

/** The first thing that an end comes to, if there is one before the local day ends or the clocks change. */
export interface Coming {
	/** One row with its instant as `at`, in epoch milliseconds; null without one. */
	readonly first: Sql;
	/** When the end goes past it. */
	reached(first: number): number;
}

/** What ends come to before `nextEvenStart`; until then they only go ahead. Days begin no earlier. */
export function coming({ watched }: Drift, moment: Moment): readonly Coming[] {
	const last = nextEvenStart(moment.now, moment.zone) - 1;
	return watched.flatMap((watched) => {
		const after = watched.ends({ ...moment, now: last });
		return watched.ends(moment).flatMap((end, i) => {
			const to = after[i]!;
			if (typeof end !== 'number' || typeof to !== 'number' || end >= to) return [];
			const isPast = (first: number) => (now: number) =>
				Number(watched.ends({ ...moment, now })[i]) > first;
			return [
				{
					first: sql`select floor(extract(epoch from min(${watched.at})) * 1000)::float8 as at${betweenSql(watched, end, to)}`,
					reached: (first: number) => firstWhere(isPast(first), moment.now, last)
				}
			];
		});
	});
}

const inOrder = (a: End, b: End): [End, End] => (a < b ? [a, b] : [b, a]);

/** ` from … where …` of the rows from one end until before another. */
function betweenSql({ from, where, at }: Watched, low: End, high: End): Sql {
	const between =
		typeof low === 'number'
			? rangeSql({ from: low, to: Number(high) }, at)
			: sql`(${at}) collate "C" >= ${low} and (${at}) collate "C" < ${high}`;
	return sql`${from} where ${where} and ${between}`;
}

/** Where a window begins and ends; without one it is all up to now. */
export const windowEnds =
	(window: Window | undefined): Watched['ends'] =>
	(moment) => {
		if (!window) return [moment.now + 1];
		const stretch = movingOf(window);
		return stretch ? defined(instantRange(stretch, moment)) : [];
	};

/** What a comparison of a value asks of time: of itself, or of the items of a list. */
export function compared(
	rows: Rows,
	comparison: Comparison | ItemFilter,
	value: Sql
): readonly Watched[] {
	switch (comparison.of) {
		case 'datetime': {
			const stretch = movingOf(comparison.test);
			const ends = (moment: Moment) => defined(instantRange(stretch!, moment));
			return stretch ? [{ ...rows, at: value, ends }] : [];
		}
		case 'date': {
			const stretch = movingOf(comparison.test);
			const ends = (moment: Moment) => defined(dayRange(stretch!, moment));
			return stretch ? [{ ...rows, at: value, ends }] : [];
		}
		case 'json': {
			const { test } = comparison;
			const items = { ...rows, from: sql`${rows.from} cross join ${itemsSql(value)}` };
			return (('where' in test && test.where) || []).flatMap((filter) =>
				compared(items, filter, partSql(sql`item.part`, filter.of, filter.path))
			);
		}
		default:
			return [];
	}
}

const defined = <E extends End>({ from, to }: { readonly from?: E; readonly to?: E }): E[] => [
	...(from === undefined ? [] : [from]),
	...(to === undefined ? [] : [to])
];
