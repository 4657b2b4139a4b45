import * as z from 'zod/mini';
import { builtInEventTypes, type EventProperty, type EventType } from '$lib/events/event-type';
import { sayValue } from '$lib/fields/say';
import { comparable } from '$lib/fields/value';
import { join, sql, type Sql } from '$lib/sql';
import type { Definitions } from '../../definitions';
import {
	compareHolds,
	compareSql,
	comparisonProblems,
	explainComparison
} from '../../operators/compare';
import { CountTest, countHolds, explainCount } from '../../operators/count';
import { datetime } from '../../operators/datetime';
import { Comparison } from '../../operators/families';
import { Window, windowHolds, windowSql } from '../../operators/window';
import { name, type Phrase } from '../../phrase';
import { comparableSql } from '../../stored';
import { counted } from '../counted';
import { defineKind, type Compiled } from '../kind';

/** A filter on a property of the event itself. */
export const EventFilter = z.intersection(
	z.object({ property: z.string().check(z.minLength(1)) }),
	Comparison
);
export type EventFilter = z.infer<typeof EventFilter>;

const asked = {
	kind: z.literal('event'),
	types: z.array(z.string()).check(z.minLength(1, { error: 'Choose what was done.' })),
	/** Without one: all events up to now. */
	window: z.optional(Window),
	/** All of them hold for the same event. */
	where: z.optional(z.array(EventFilter))
};

export const EventCondition = z.discriminatedUnion('did', [
	z.object({ ...asked, did: z.literal(true), count: z.optional(CountTest) }),
	z.object({ ...asked, did: z.literal(false) })
]);
export type EventCondition = z.infer<typeof EventCondition>;

const once: CountTest = { operator: 'atLeast', n: 1 };
const never: CountTest = { operator: 'exactly', n: 0 };
const countOf = (condition: EventCondition): CountTest =>
	condition.did ? (condition.count ?? once) : never;

export const event = defineKind<EventCondition, Compiled<EventCondition>>({
	kind: 'event',
	glyph: 'event',
	schema: EventCondition,
	reads: ['event'],

	references: ({ types }) => types.map((id) => ({ type: 'eventType', id })),

	problems({ types, where = [] }, { eventTypes }) {
		const known = types.flatMap((id) => eventTypes.get(id) ?? []);
		return where.flatMap((filter) => {
			const kept = new Set(types.map((type) => columnOf([type], filter.property)));
			return [
				...known.flatMap((type) => {
					const property = type.properties.find(({ id }) => id === filter.property);
					if (!property) return [`${type.name} has no property “${filter.property}”.`];
					return comparisonProblems(filter, property);
				}),
				...(kept.size > 1
					? [`“${filter.property}” is not the same thing in all of these events.`]
					: [])
			];
		});
	},

	compile(condition, moment) {
		const { types, window, where = [] } = condition;
		const columns = where.map(({ property }) => columnOf(types, property));
		const joins = [
			...(columns.includes('ref') ? [sql` left join ref on ref.no = event.ref`] : []),
			...(columns.includes(undefined)
				? [sql` left join event_property on event_property.event = event.no`]
				: [])
		];
		const conditions = [
			typeSql(types),
			window ? windowSql(window, sql`event.at`, moment) : sql`event.at <= ${new Date(moment.now)}`,
			...where.map((filter, i) =>
				compareSql(filter, propertySql(filter, columns[i]), moment, noSibling)
			)
		];
		const rows = sql`select event.cno from event${joins.reduce((all, one) => sql`${all}${one}`, sql``)} where ${join(conditions, sql` and `)}`;
		return counted(countOf(condition), rows);
	},

	holds(condition, { events }, moment) {
		const { types, window, where = [] } = condition;
		const matching = events.filter(
			({ type, at, properties }) =>
				types.includes(type) &&
				(window ? windowHolds(window, at, moment) : at <= moment.now) &&
				where.every((filter) =>
					compareHolds(
						filter,
						comparable(properties[filter.property], filter.of),
						moment,
						noSibling
					)
				)
		);
		return countHolds(countOf(condition), matching.length);
	},

	explain(condition, definitions) {
		const { types, window, where = [] } = condition;
		return [
			condition.did ? 'has done ' : 'has not done ',
			...types.flatMap((id, i): Phrase => [
				...(i === 0 ? [] : [' or ']),
				name(definitions.eventTypes.get(id)?.name ?? 'a deleted event')
			]),
			...(condition.did && condition.count ? [' ', ...explainCount(condition.count, 'time')] : []),
			...(window ? [' ', ...datetime.explain(window, { value: String, field: String })] : []),
			...where.flatMap((filter, i): Phrase => [
				i === 0 ? ' where ' : ' and ',
				...explainFilter(filter, types, definitions)
			])
		];
	},

	choices: ({ eventTypes }) =>
		[...eventTypes.values()].map(({ id, name }) => ({
			label: name,
			group: 'Did or did not',
			condition: { kind: 'event', types: [id], did: true }
		})),

	opposite(condition) {
		const { did, ...rest } = condition;
		if (!did) return { ...rest, did: true };
		return 'count' in rest && rest.count ? undefined : { ...rest, did: false };
	}
});

/** The property as the first of these types that has it defines it. */
export function propertyOf(
	types: readonly string[],
	id: string,
	eventTypes: ReadonlyMap<string, EventType>
): EventProperty | undefined {
	return types
		.flatMap((type) => eventTypes.get(type)?.properties ?? [])
		.find((property) => property.id === id);
}

function explainFilter(
	filter: EventFilter,
	types: readonly string[],
	definitions: Definitions
): Phrase {
	const property = propertyOf(types, filter.property, definitions.eventTypes);
	return [
		name(property?.name ?? filter.property),
		' ',
		...explainComparison(filter, { value: (value) => sayValue(value, property), field: String })
	];
}

const typeSql = (types: readonly string[]): Sql =>
	types.length === 1
		? sql`event.type = (select no from event_type where id = ${types[0]!})`
		: sql`event.type = any(array(select no from event_type where id = any(${types}::text[])))`;

const builtIn = new Map(builtInEventTypes.map((type) => [type.id, type]));

/** Where a property is kept. Only properties of built-in types have a column, so the workspace need not be asked. */
const columnOf = (types: readonly string[], id: string): EventProperty['column'] =>
	propertyOf(types, id, builtIn)?.column;

function propertySql({ property, of }: EventFilter, column: EventProperty['column']): Sql {
	if (column === 'value') return sql`event.value`;
	if (column === 'ref') return sql`ref.key`;
	return comparableSql(sql`event_property.keys -> ${property}`, of);
}

const noSibling = (): never => {
	throw new Error('a property is not compared with a field');
};
