import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { Text, Texts } from './operand';
import {
	explainValue,
	explainValues,
	positiveOf,
	type Negatives,
	type OperatorInfo,
	type Operators,
	type Positive
} from './operator';
import { presence, presenceTests } from './presence';

const SelectTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(['is', 'isNot']), value: Text }),
	z.object({ operator: z.enum(['isAnyOf', 'isNoneOf']), values: Texts }),
	...presenceTests
]);
export type SelectTest = z.infer<typeof SelectTest>;

const info: Record<SelectTest['operator'], OperatorInfo> = {
	is: { label: 'is', definition: 'This choice.', aliases: ['equals', '='], partner: 'isNot' },
	isNot: {
		label: 'is not',
		definition: 'Another choice, or none.',
		aliases: ['does not equal', '!='],
		partner: 'is'
	},
	isAnyOf: {
		label: 'is any of',
		definition: 'One of several choices.',
		aliases: ['in', 'is in', 'is one of', 'including'],
		partner: 'isNoneOf'
	},
	isNoneOf: {
		label: 'is none of',
		definition: 'None of several choices, or no value.',
		aliases: ['not in', 'is not in', 'is not one of', 'excluding'],
		partner: 'isAnyOf'
	},
	...presence
};

const negatives = { isNot: 'is', isNoneOf: 'isAnyOf' } as const satisfies Negatives;

/** Choices are compared by their option's id. */
export const select: Operators<SelectTest, Positive<SelectTest, keyof typeof negatives>> = {
	schema: SelectTest,
	info,
	complementOf: (test) => positiveOf(test, negatives),
	sql(test, value) {
		switch (test.operator) {
			case 'is':
				return sql`${value} = ${test.value}`;
			case 'isAnyOf':
				return sql`${value} = any(${test.values}::text[])`;
			default:
				return unreachable(test);
		}
	},
	holds(test, value) {
		switch (test.operator) {
			case 'is':
				return value === test.value;
			case 'isAnyOf':
				return test.values.some((other) => other === value);
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
			case 'is':
			case 'isNot':
				return explainValue(label, test.value, say);
			case 'isAnyOf':
			case 'isNoneOf':
				return explainValues(label, test.values, 'or', say);
			default:
				return unreachable(test);
		}
	}
};
