import * as z from 'zod/mini';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { addUnits } from '$lib/time/zone';
import { plural, value } from '../../phrase';
import {
	eventReferences,
	EventTypeIds,
	filterProblems,
	isOne,
	isOneSql,
	Where
} from '../event/matching';
import { fromSql, type PersonEvent } from '../event/property';
import { explainTypes, explainWhere } from '../event/words';
import { defineKind, type Compiled } from '../kind';

const notWhole = { error: 'Type a whole number of 1 or more.' };
const upTo = (most: number) =>
	z.int(notWhole).check(z.gte(1, notWhole), z.lte(most, { error: `Type ${most} or less.` }));

export const periodUnits = ['hour', 'day', 'week', 'month', 'year'] as const;

export const RegularlyCondition = z
	.object({
		kind: z.literal('regularly'),
		types: EventTypeIds,
		where: z.optional(Where),
		/** How many events make a period an active one. */
		times: upTo(1_000_000),
		/** How long a period is. The last one ends now. */
		period: z.object({ n: upTo(1000), unit: z.enum(periodUnits) }),
		/** How many periods are looked at, */
		of: upTo(400),
		/** and how many of them are active. */
		active: upTo(400)
	})
	.check(
		z.refine(({ active, of }) => active <= of, {
			error: 'There are fewer periods than are to be active.'
		})
	);
export type RegularlyCondition = z.infer<typeof RegularlyCondition>;

/** Active in at least so many of the last periods. */
export const regularly = defineKind<RegularlyCondition, Compiled<RegularlyCondition>>({
	kind: 'regularly',
	definition: 'Active in at least so many of the last periods.',
	sign: () => 'event',
	schema: RegularlyCondition,
	reads: ['event'],
	references: ({ types }) => eventReferences(types),
	problems: ({ types, where }, definitions) => filterProblems(types, where, definitions),

	compile(condition, moment) {
		const { types, where = [], times, active } = condition;
		// Instants are whole milliseconds: after an end, up to and with the next, is from a millisecond after it.
		const starts = endsOf(condition, moment)
			.map((end) => new Date(end + 1).toISOString())
			.reverse();
		const periods = sql`select event.cno, width_bucket(event.at, ${starts}::timestamptz[]) as period${fromSql(where.map(({ property }) => ({ types, property })))} where ${isOneSql(condition, moment)} and event.at >= ${starts[0]!}::timestamptz and event.at < ${starts.at(-1)!}::timestamptz group by event.cno, period having count(*) >= ${times}::int8`;
		return {
			select: sql`select cno from (${periods}) as active group by cno having count(*) >= ${active}::int8`,
			negated: false
		};
	},

	holds(condition, { events }, moment) {
		return activePeriods(condition, events, moment) >= condition.active;
	},

	explain({ types, where, times, period, of, active }, definitions) {
		return [
			'has done ',
			...explainTypes(types, definitions),
			...(times === 1 ? [] : [' ', value(`at least ${plural(times, 'time')}`)]),
			' in ',
			value(periodsOf(active, of, period)),
			...explainWhere(where, types, definitions)
		];
	},

	choices: () => [
		{
			label: 'Does something regularly',
			group: 'Did or did not',
			aliases: ['habit', 'recurring', 'every week', 'every month', 'streak'],
			condition: {
				kind: 'regularly',
				types: [],
				times: 1,
				period: { n: 1, unit: 'month' },
				of: 4,
				active: 3
			}
		}
	],

	opposite: () => undefined,

	/** All periods together. */
	times: ({ period: { n, unit }, of }) => [
		{ family: 'datetime', test: { operator: 'inLast', n: n * of, unit } }
	],

	timesBetween: ({ period: { n, unit }, of }) =>
		Array.from({ length: of - 1 }, (_, j) => ({
			family: 'datetime',
			test: { operator: 'inLast', n: n * (j + 1), unit }
		}))
});

/** In how many of the periods a person was active. */
export function activePeriods(
	condition: RegularlyCondition,
	events: readonly PersonEvent[],
	moment: Moment
): number {
	const matching = events.filter((event) => isOne(condition, event, moment));
	const ends = endsOf(condition, moment);
	const counts = ends
		.slice(1)
		.map((start, j) => matching.filter(({ at }) => at > start && at <= ends[j]!).length);
	return counts.filter((count) => count >= condition.times).length;
}

/** "at least 3 of the last 4 weeks", "each of the last 2 periods of 10 days" */
function periodsOf(active: number, of: number, { n, unit }: RegularlyCondition['period']): string {
	const length = n === 1 ? unit : plural(n, unit);
	if (of === 1) return `the last ${length}`;
	const periods = n === 1 ? plural(of, unit) : `${of} periods of ${length}`;
	return active === of
		? `each of the last ${periods}`
		: `at least ${active} of the last ${periods}`;
}

/** Where the periods end, latest first, and where the earliest begins: now, and so many times a period before it. */
export const endsOf = (
	{ period, of }: Pick<RegularlyCondition, 'period' | 'of'>,
	{ now, zone }: Moment
): readonly number[] =>
	Array.from({ length: of + 1 }, (_, j) => addUnits(now, -j * period.n, period.unit, zone));
