import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { listed, value as chosen } from '../phrase';
import { Text, Texts } from './operand';
import type { OperatorInfo, Operators } from './operator';
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
		aliases: ['in', 'including'],
		partner: 'isNoneOf'
	},
	isNoneOf: {
		label: 'is none of',
		definition: 'None of several choices, or no value.',
		aliases: ['not in', 'excluding'],
		partner: 'isAnyOf'
	},
	...presence
};

/** Choices are compared by their option's id. */
export const select: Operators<SelectTest> = {
	schema: SelectTest,
	info,
	complementOf(test) {
		if (test.operator === 'isNot') return { ...test, operator: 'is' };
		if (test.operator === 'isNoneOf') return { ...test, operator: 'isAnyOf' };
		return;
	},
	sql(test, value) {
		if (test.operator === 'is') return sql`${value} = ${test.value}`;
		if (test.operator === 'isAnyOf') return sql`${value} = any(${test.values}::text[])`;
		throw new Error(`${test.operator} is not compared`);
	},
	holds(test, value) {
		if (test.operator === 'is') return value === test.value;
		if (test.operator === 'isAnyOf') return test.values.some((other) => other === value);
		throw new Error(`${test.operator} is not compared`);
	},
	explain(test, say) {
		const { label } = info[test.operator];
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return [label];
			case 'is':
			case 'isNot':
				return [`${label} `, chosen(say.value(test.value))];
			case 'isAnyOf':
			case 'isNoneOf':
				return [`${label} `, ...listed(test.values.map(say.value), 'or')];
			default:
				return unreachable(test);
		}
	}
};
