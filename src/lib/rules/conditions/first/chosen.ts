import * as z from 'zod/mini';
import { join, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { compareHolds, compareSql } from '../../operators/compare';
import { noSibling } from '../../operators/comparison';
import { Window, windowHolds, windowSql } from '../../operators/window';
import {
	eventReferences,
	EventTypeIds,
	filterProblems,
	isThenSql,
	isOneSql,
	matching,
	matchingSql,
	Where,
	type EventFilter,
	type Events
} from '../event/matching';
import { fromSql, propertySql, propertyValue, type PersonEvent } from '../event/property';
import { explainTypes, explainWhere, explainWindow } from '../event/words';
import { defineKind, type Compiled } from '../kind';

const nothingAsked = { error: 'Say when it was, or what it was like.' };

/** What `first` and `last` ask of the one event they choose among all up to now. */
const schemaOf = <K extends 'first' | 'last'>(kind: K) =>
	z
		.object({
			kind: z.literal(kind),
			types: EventTypeIds,
			/** Which events it is chosen among. */
			where: z.optional(Where),
			/** When the chosen one was. */
			window: z.optional(Window),
			/** What holds for the chosen one. */
			has: z.optional(Where)
		})
		.check(
			z.refine(({ window, has = [] }) => window !== undefined || has.length > 0, nothingAsked)
		);

export type Chosen = z.infer<ReturnType<typeof schemaOf<'first' | 'last'>>>;

/** The first or the last event of some types: two kinds that differ in which end they choose. */
export function chosenKind<K extends 'first' | 'last'>(kind: K) {
	const schema = schemaOf(kind);
	type Condition = z.infer<typeof schema>;

	return defineKind<Condition, Compiled<Condition>>({
		kind,
		definition: `When the ${kind} such event was, or what it was like.`,
		sign: () => 'event',
		schema,
		reads: ['event'],
		references: ({ types }) => eventReferences(types),
		problems: ({ types, where, has }, definitions) => [
			...filterProblems(types, where, definitions),
			...filterProblems(types, has, definitions)
		],

		compile: (condition, moment) => ({
			select: selectSql(kind, condition, moment),
			negated: false
		}),

		holds({ types, where, window, has = [] }, { events }, moment) {
			const chosen = chosenOf(kind, { types, where }, events, moment);
			return (
				chosen !== undefined &&
				(!window || windowHolds(window, chosen.at, moment)) &&
				has.every((filter) =>
					compareHolds(filter, propertyValue(chosen, filter), moment, noSibling)
				)
			);
		},

		explain({ types, where, window, has }, definitions) {
			return [
				`${kind} `,
				...explainTypes(types, definitions),
				' was',
				...explainWindow(window),
				...explainWhere(has, types, definitions, ' with '),
				...explainWhere(where, types, definitions)
			];
		},

		choices: () => [
			{
				label: kind === 'first' ? 'First time of something' : 'Last time of something',
				group: 'Did or did not',
				aliases: kind === 'first' ? ['first ever', 'earliest'] : ['latest', 'most recent', 'since'],
				condition: { kind, types: [], window: { operator: 'inLast', n: 30, unit: 'day' } }
			}
		],

		opposite: () => undefined
	});
}

/** The first or the last of those meant; nothing where there is none. */
export function chosenOf(
	end: 'first' | 'last',
	{ types, where }: Events,
	events: readonly PersonEvent[],
	moment: Moment
): PersonEvent | undefined {
	return matching({ types, where }, events, moment).reduce<PersonEvent | undefined>((best, one) => {
		if (!best) return one;
		// Of two at one instant the one with the smaller number, which comes before, is the earlier.
		return (end === 'first' ? one.at < best.at : one.at >= best.at) ? one : best;
	}, undefined);
}

interface Asked {
	readonly types: readonly string[];
	readonly where?: readonly EventFilter[] | undefined;
	readonly window?: Window | undefined;
	readonly has?: readonly EventFilter[] | undefined;
}

function selectSql(
	end: 'first' | 'last',
	{ types, where, window, has = [] }: Asked,
	moment: Moment
): Sql {
	if (has.length === 0) {
		// When it was is the least or greatest instant: no event need be picked out, nor sorted.
		const at = end === 'first' ? sql`min(event.at)` : sql`max(event.at)`;
		const rows = sql`select event.cno${matchingSql({ types, where }, moment)}`;
		return window ? sql`${rows} group by event.cno having ${windowSql(window, at, moment)}` : rows;
	}
	const properties = [...(where ?? []), ...has].map(({ property }) => ({ types, property }));
	const passes = join(
		[
			...(window ? [windowSql(window, sql`event.at`, moment)] : []),
			...has.map((filter) => compareSql(filter, propertySql(types, filter), moment, noSibling))
		],
		sql` and `
	);
	const order = end === 'first' ? sql`event.at, event.no` : sql`event.at desc, event.no desc`;
	return sql`select cno from (select distinct on (event.cno) event.cno, ${passes} as passes${fromSql(properties)} where ${isOneSql({ types, where }, moment)} and ${isThenSql(undefined, moment)} order by event.cno, ${order}) as chosen where passes`;
}
