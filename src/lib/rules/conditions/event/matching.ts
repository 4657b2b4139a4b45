import * as z from 'zod/mini';
import { Path } from '$lib/fields/path';
import { join, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Definitions, Reference } from '../../definitions';
import { compareHolds, compareSql, comparisonProblems } from '../../operators/compare';
import { noSibling } from '../../operators/comparison';
import { Comparison } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { Window, windowHolds, windowSql } from '../../operators/window';
import {
	fromSql,
	propertyOf,
	propertyProblems,
	propertySql,
	propertyValue,
	type PersonEvent
} from './property';

/** A filter on a property of the event itself. */
export const EventFilter = z.intersection(
	z.object({
		property: z.string().check(z.minLength(1)),
		/** Where in a JSON value what is compared is; without one the whole is. */
		path: z.optional(Path)
	}),
	Comparison
);
export type EventFilter = z.infer<typeof EventFilter>;

export const EventTypeIds = z
	.array(z.string())
	.check(z.minLength(1, { error: 'Choose what was done.' }));
/** All of them hold for the same event. */
export const Where = z.array(EventFilter);

/** Events of any of these types for which all filters hold. */
export interface Events {
	readonly types: readonly string[];
	readonly where?: readonly EventFilter[] | undefined;
}

/** The same, and when; without a window: up to now. */
export interface EventsThen extends Events {
	readonly window?: Window | undefined;
}

export const eventReferences = (types: readonly string[]): readonly Reference[] =>
	types.map((id) => ({ type: 'eventType', id }));

/** Why filters do not fit events of these types. In sentences. */
export function filterProblems(
	types: readonly string[],
	where: readonly EventFilter[] | undefined,
	{ eventTypes }: Definitions
): readonly string[] {
	return (where ?? []).flatMap((filter) => [
		...propertyProblems(types, filter.property, eventTypes),
		...types.flatMap((type) => {
			const property = propertyOf([type], filter.property, eventTypes);
			return property ? comparisonProblems(filter, property) : [];
		}),
		...(otherFieldOf(filter.test) === undefined
			? []
			: ['A property is compared with a value, not with a field.'])
	]);
}

/** Whether a row `event` of `fromSql` is one of these; never null. */
export const isOneSql = ({ types, where = [] }: Events, moment: Moment): Sql =>
	join(
		[
			typeSql(types),
			...where.map((filter) => compareSql(filter, propertySql(types, filter), moment, noSibling))
		],
		sql` and `
	);

export const isThenSql = (window: Window | undefined, moment: Moment): Sql =>
	window ? windowSql(window, sql`event.at`, moment) : sql`event.at <= ${new Date(moment.now)}`;

/** ` from event … where …` of these events, with these other properties at hand. */
export function matchingSql(
	events: EventsThen,
	moment: Moment,
	properties: readonly string[] = []
): Sql {
	const { types, where = [], window } = events;
	const from = fromSql(
		[...properties, ...where.map(({ property }) => property)].map((property) => ({
			types,
			property
		}))
	);
	return sql`${from} where ${isOneSql(events, moment)} and ${isThenSql(window, moment)}`;
}

export const isOne = ({ types, where = [] }: Events, event: PersonEvent, moment: Moment): boolean =>
	types.includes(event.type) &&
	where.every((filter) => compareHolds(filter, propertyValue(event, filter), moment, noSibling));

export const isThen = (window: Window | undefined, at: number, moment: Moment): boolean =>
	window ? windowHolds(window, at, moment) : at <= moment.now;

/** Those of a person's events that are meant. */
export const matching = (
	events: EventsThen,
	all: readonly PersonEvent[],
	moment: Moment
): readonly PersonEvent[] =>
	all.filter((event) => isOne(events, event, moment) && isThen(events.window, event.at, moment));

export const typeSql = (types: readonly string[]): Sql =>
	types.length === 1
		? sql`event.type = (select no from event_type where id = ${types[0]!})`
		: sql`event.type = any(array(select no from event_type where id = any(${types}::text[])))`;
