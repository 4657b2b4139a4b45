import * as z from 'zod/mini';
import { Path } from '$lib/fields/path';
import { formOf, partOf, type Comparable, type Keyed } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { join, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { name, type Phrase } from '../phrase';
import { partSql } from '../stored';
import { boolean } from './boolean';
import { askedHolds, askedSql, comparisonOf, missingWords, noSibling } from './comparison';
import { CountTest, countHolds, countSql, explainCount } from './count';
import { date } from './date';
import { datetime } from './datetime';
import { multiselect } from './multiselect';
import { number } from './number';
import { otherFieldOf } from './operand';
import {
	positiveOf,
	type Negatives,
	type OperatorInfo,
	type Operators,
	type Positive,
	type Say
} from './operator';
import { explainAs, presence, presenceTests } from './presence';
import { text } from './text';

/** What an item, or a part of it, can be compared as. Lists in lists are reached by a path. */
const itemFamilies = { text, number, boolean, date, datetime, multiselect } as const;

/** What is asked of an item: of the part that a path leads to, or without a path of the item itself. */
export const ItemFilter = z
	.intersection(
		z.object({ path: z.optional(Path) }),
		z.discriminatedUnion('of', [
			comparisonOf('text', text.schema),
			comparisonOf('number', number.schema),
			comparisonOf('boolean', boolean.schema),
			comparisonOf('date', date.schema),
			comparisonOf('datetime', datetime.schema),
			comparisonOf('multiselect', multiselect.schema)
		])
	)
	.check(
		z.refine(({ test }) => otherFieldOf(test) === undefined, {
			error: 'An item is compared with a value, not with a field.'
		})
	);
export type ItemFilter = z.infer<typeof ItemFilter>;

/** All of them hold for the same item. */
const ItemFilters = z
	.array(ItemFilter)
	.check(z.minLength(1, { error: 'Say what the items are like.' }));

const JsonTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(['anyItem', 'allItems', 'noItem']), where: ItemFilters }),
	z.object({
		operator: z.literal('itemCount'),
		count: CountTest,
		where: z.optional(ItemFilters)
	}),
	...presenceTests
]);
export type JsonTest = z.infer<typeof JsonTest>;

const info: Record<JsonTest['operator'], OperatorInfo> = {
	anyItem: {
		label: 'has any item where',
		definition: 'At least one item of the list is such.',
		aliases: ['any item', 'some item', 'contains', 'includes'],
		partner: 'noItem'
	},
	allItems: {
		label: 'has only items where',
		definition: 'Every item of the list is such, and there is at least one.',
		aliases: ['all items', 'every item', 'each item']
	},
	noItem: {
		label: 'has no item where',
		definition: 'Not one item of the list is such, or there is no list.',
		aliases: ['no item', 'does not contain', 'excluding'],
		partner: 'anyItem'
	},
	itemCount: {
		label: 'number of items is',
		definition: 'How many items of the list are such. Of no list it is 0.',
		aliases: ['count', 'number of', 'at least', 'at most', 'exactly']
	},
	...presence
};

const negatives = { noItem: 'anyItem' } as const satisfies Negatives;

/** A value is an object or a list. What is no list has no items. */
export const json: Operators<JsonTest, Positive<JsonTest, keyof typeof negatives>> = {
	schema: JsonTest,
	info,

	complementOf: (test) => positiveOf(test, negatives),

	sql(test, value, moment) {
		const items = itemsSql(value);
		switch (test.operator) {
			case 'anyItem':
				return sql`exists (select from ${items} where ${itemSql(test.where, moment)})`;
			case 'allItems':
				return sql`((${value}) ? 'items' and not exists (select from ${items} where not (${itemSql(test.where, moment)})))`;
			case 'itemCount': {
				const such = test.where ? sql` where ${itemSql(test.where, moment)}` : sql``;
				return countSql(test.count, sql`(select count(*) from ${items}${such})`);
			}
			default:
				return unreachable(test);
		}
	},

	holds(test, value, moment) {
		const items = itemsOf(value);
		switch (test.operator) {
			case 'anyItem':
				return items.some((item) => itemHolds(test.where, item, moment));
			case 'allItems':
				return items.length > 0 && items.every((item) => itemHolds(test.where, item, moment));
			case 'itemCount': {
				const such = items.filter((item) => itemHolds(test.where ?? [], item, moment));
				return countHolds(test.count, such.length);
			}
			default:
				return unreachable(test);
		}
	},

	explain(test, say) {
		const { label } = info[test.operator];
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return [label];
			case 'anyItem':
			case 'allItems':
			case 'noItem':
				return [`${label} `, ...explainItems(test.where, say)];
			case 'itemCount':
				return [
					'has ',
					...explainCount(test.count, 'item'),
					...(test.where ? [' where ', ...explainItems(test.where, say)] : [])
				];
			default:
				return unreachable(test);
		}
	}
};

/** For a `from`: the items of a list as rows `item` of `place` and `part`; none of what is no list. */
export const itemsSql = (list: Sql): Sql =>
	sql`jsonb_each(case when (${list}) ? 'items' then (${list}) -> 'in' end) as item(place, part)`;

/** Never null, as each of the filters is. */
const itemSql = (where: readonly ItemFilter[], moment: Moment): Sql =>
	join(
		where.map((filter) =>
			askedSql(
				operatorsOf(filter),
				filter,
				partSql(sql`item.part`, filter.of, filter.path),
				moment,
				noSibling
			)
		),
		sql` and `
	);

const itemHolds = (where: readonly ItemFilter[], item: Keyed, moment: Moment): boolean =>
	where.every((filter) => {
		const part = filter.path === undefined ? item : partOf(item, filter.path);
		return askedHolds(operatorsOf(filter), filter, formOf(part, filter.of), moment, noSibling);
	});

const itemsOf = (value: Comparable): readonly Keyed[] =>
	typeof value === 'object' && 'items' in value && value.in ? Object.values(value.in) : [];

const explainItems = (where: readonly ItemFilter[], say: Say): Phrase =>
	where.flatMap((filter, i): Phrase => [
		...(i === 0 ? [] : [' and ']),
		filter.path === undefined ? 'the item' : name(filter.path),
		...explainAs(filter),
		' ',
		...operatorsOf(filter).explain(filter.test, say),
		...missingWords(filter)
	]);

/** TypeScript cannot tie a looked-up family to its own test. */
const operatorsOf = ({ of }: ItemFilter): Operators<ItemFilter['test']> =>
	itemFamilies[of] as unknown as Operators<ItemFilter['test']>;
