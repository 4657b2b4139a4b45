import { familyOf } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import type { Comparable } from '$lib/fields/value';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import {
	compareHolds,
	compareSql,
	comparisonProblems,
	explainComparison,
	takesMissing
} from '../../operators/compare';
import { noSibling } from '../../operators/comparison';
import { countHolds, countSql, explainCount } from '../../operators/count';
import { otherFieldOf } from '../../operators/operand';
import { name, type Phrase } from '../../phrase';
import { reckoned } from '../counted';
import { eventReferences, filterProblems, matching, matchingSql } from '../event/matching';
import {
	propertyOf,
	propertyProblems,
	propertySql,
	propertyValue,
	type PersonEvent
} from '../event/property';
import { explainTypes, explainWhere, explainWindow } from '../event/words';
import { defineKind, type Compiled } from '../kind';
import { AggregateCondition, testOf } from './condition';
import { functionsFor, wordsFor } from './functions';
import { reckon, reckonSql } from './reckon';

export const aggregate = defineKind<AggregateCondition, Compiled<AggregateCondition>>({
	kind: 'aggregate',
	definition:
		'The sum, average, least, greatest or number of different values of an event’s property.',
	sign: () => 'event',
	schema: AggregateCondition,
	reads: ['event'],

	references: ({ types }) => eventReferences(types),

	problems(condition, definitions) {
		const { types, property: id, where } = condition;
		const { eventTypes } = definitions;
		return [
			...propertyProblems(types, id, eventTypes),
			...types.flatMap((type) => {
				const property = propertyOf([type], id, eventTypes);
				if (!property) return [];
				if (condition.function !== 'distinct')
					return comparisonProblems(testOf(condition), property);
				return familyOf(property.type) === condition.of
					? []
					: [`${property.name} is now a ${property.type}; choose it again.`];
			}),
			...(condition.function !== 'distinct' && otherFieldOf(condition.test) !== undefined
				? ['What events come to is compared with a value, not with a field.']
				: []),
			...(condition.function === 'sum' && !takesMissing(condition.test.operator)
				? ['A sum always has a value: it is 0 where there is nothing to add.']
				: []),
			...filterProblems(types, where, definitions)
		];
	},

	compile(condition, moment) {
		const { types, property } = condition;
		const value = propertySql(types, condition);
		const rows = sql`select event.cno${matchingSql(condition, moment, [property])} and ${value} is not null`;
		// Dates and text are ordered and told apart by their bytes.
		const bytes = isText(condition) ? sql`(${value}) collate "C"` : value;
		if (condition.function === 'distinct')
			return reckoned(
				rows,
				countSql(condition.test, sql`count(distinct ${bytes})`),
				countHolds(condition.test, 0)
			);
		const found = reckonSql(condition.function, bytes);
		const none = reckon(condition.function, []);
		const test = testOf(condition);
		return reckoned(
			rows,
			compareSql(test, found, moment, noSibling),
			compareHolds(test, none, moment, noSibling)
		);
	},

	holds(condition, { events }, moment) {
		const values = valuesOf(condition, events, moment);
		if (condition.function === 'distinct') return countHolds(condition.test, differentIn(values));
		return compareHolds(testOf(condition), reckon(condition.function, values), moment, noSibling);
	},

	explain(condition, definitions) {
		const { types, property: id, window, where } = condition;
		const property = propertyOf(types, id, definitions.eventTypes);
		const what: Phrase = [name(property?.name ?? id), ' of ', ...explainTypes(types, definitions)];
		const when = [...explainWindow(window), ...explainWhere(where, types, definitions)];
		if (condition.function === 'distinct')
			return ['has ', ...explainCount(condition.test, 'different value'), ' of ', ...what, ...when];
		const say = { value: (value: string | number) => sayValue(value, property), field: String };
		const words = wordsFor(condition.function, condition.of);
		return [`${words} `, ...what, ' ', ...explainComparison(testOf(condition), say), ...when];
	},

	choices: ({ eventTypes }) => [
		...[...eventTypes.values()].flatMap((type) =>
			type.properties
				.filter((property) => functionsFor(property.type).includes('sum'))
				.map((property) => ({
					label: `${property.name} of ${type.name}`,
					group: 'Did or did not' as const,
					aliases: ['sum', 'total', 'average', 'minimum', 'maximum', 'spent'],
					condition: {
						kind: 'aggregate',
						types: [type.id],
						function: 'sum',
						property: property.id,
						of: 'number',
						test: { operator: 'atLeast' }
					}
				}))
		),
		{
			label: 'Number of different values',
			group: 'Did or did not',
			aliases: ['distinct count', 'unique', 'variety'],
			condition: {
				kind: 'aggregate',
				types: [],
				function: 'distinct',
				test: { operator: 'atLeast', n: 2 }
			}
		}
	],

	opposite: () => undefined
});

/** What those of a person's events that are meant have in the property. */
export const valuesOf = (
	condition: AggregateCondition,
	events: readonly PersonEvent[],
	moment: Moment
): readonly Comparable[] =>
	matching(condition, events, moment).flatMap((event) => {
		const value = propertyValue(event, condition);
		return value === undefined ? [] : [value];
	});

export const differentIn = (values: readonly Comparable[]): number =>
	new Set(values.map((value) => JSON.stringify(value))).size;

const isText = ({ of }: AggregateCondition): boolean =>
	of === 'text' || of === 'select' || of === 'date';
