import * as z from 'zod/mini';
import type { Comparable } from '$lib/fields/value';
import { textKey } from '$lib/text-key';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { CountTest, countHolds, countSql, explainCount } from './count';
import { Texts } from './operand';
import {
	explainValues,
	positiveOf,
	type Negatives,
	type OperatorInfo,
	type Operators,
	type Positive
} from './operator';
import { presence, presenceTests } from './presence';

const lists = [
	'includesAny',
	'includesAll',
	'includesNone',
	'doesNotIncludeAll',
	'isExactly',
	'isNotExactly'
] as const;

const MultiselectTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(lists), values: Texts }),
	z.object({ operator: z.literal('count'), count: CountTest }),
	...presenceTests
]);
export type MultiselectTest = z.infer<typeof MultiselectTest>;

const info: Record<MultiselectTest['operator'], OperatorInfo> = {
	includesAny: {
		label: 'includes any of',
		definition: 'At least one of these choices.',
		aliases: ['contains', 'is any of', 'is one of', 'in'],
		partner: 'includesNone'
	},
	includesAll: {
		label: 'includes all of',
		definition: 'Every one of these choices, and maybe others.',
		aliases: ['contains all'],
		partner: 'doesNotIncludeAll'
	},
	includesNone: {
		label: 'includes none of',
		definition: 'Not one of these choices, or nothing chosen.',
		aliases: ['does not contain', 'not in', 'excluding'],
		partner: 'includesAny'
	},
	doesNotIncludeAll: {
		label: 'does not include all of',
		definition: 'At least one of these is not chosen.',
		partner: 'includesAll'
	},
	isExactly: {
		label: 'is exactly',
		definition: 'These choices and no others.',
		aliases: ['equals', 'is'],
		partner: 'isNotExactly'
	},
	isNotExactly: {
		label: 'is not exactly',
		definition: 'Any other set of choices, or nothing chosen.',
		aliases: ['is not'],
		partner: 'isExactly'
	},
	count: {
		label: 'count is',
		definition: 'How many are chosen. Nothing chosen counts as 0.',
		aliases: ['number of']
	},
	...presence
};

const negatives = {
	includesNone: 'includesAny',
	doesNotIncludeAll: 'includesAll',
	isNotExactly: 'isExactly'
} as const satisfies Negatives;

/**
 * Values are sorted lists of option ids without repeats, as JSON. An option's id is a text key, and so what a person typed
 * where there are no options is keyed here.
 */
export const multiselect: Operators<
	MultiselectTest,
	Positive<MultiselectTest, keyof typeof negatives>
> = {
	schema: MultiselectTest,
	info,

	complementOf: (test) => positiveOf(test, negatives),

	sql(test, value) {
		switch (test.operator) {
			case 'includesAny':
				return sql`${value} ?| ${keysOf(test)}::text[]`;
			case 'includesAll':
				return sql`${value} ?& ${keysOf(test)}::text[]`;
			case 'isExactly':
				return sql`(${value} ?& ${keysOf(test)}::text[] and jsonb_array_length(${value}) = ${keysOf(test).length}::int)`;
			case 'count':
				return countSql(test.count, sql`coalesce(jsonb_array_length(${value}), 0)`);
			default:
				return unreachable(test);
		}
	},

	holds(test, value) {
		const chosen = listOf(value);
		switch (test.operator) {
			case 'includesAny':
				return keysOf(test).some((option) => chosen.includes(option));
			case 'includesAll':
				return keysOf(test).every((option) => chosen.includes(option));
			case 'isExactly':
				return (
					keysOf(test).every((option) => chosen.includes(option)) &&
					chosen.every((option) => keysOf(test).includes(option))
				);
			case 'count':
				return countHolds(test.count, chosen.length);
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
			case 'count':
				return ['has ', ...explainCount(test.count, 'choice')];
			case 'includesAny':
			case 'includesNone':
				return explainValues(label, test.values, 'or', say);
			case 'includesAll':
			case 'doesNotIncludeAll':
			case 'isExactly':
			case 'isNotExactly':
				return explainValues(label, test.values, 'and', say);
			default:
				return unreachable(test);
		}
	}
};

const listOf = (value: Comparable): readonly string[] =>
	typeof value === 'object' && 'length' in value ? value : [];

const keysOf = ({ values }: { readonly values: readonly string[] }): readonly string[] => [
	...new Set(values.map(textKey))
];
