import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { value as chosen } from '../phrase';
import { FieldOperand, Finite, isFieldOperand } from './operand';
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

const single = ['equals', 'doesNotEqual', 'moreThan', 'atLeast', 'lessThan', 'atMost'] as const;

const NumberTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(single), value: z.union([Finite, FieldOperand]) }),
	z
		.object({ operator: z.enum(['between', 'notBetween']), from: Finite, to: Finite })
		.check(
			z.refine(({ from, to }) => from <= to, { error: 'The first number is above the second.' })
		),
	z.object({
		operator: z.enum(['isAnyOf', 'isNoneOf']),
		values: z.array(Finite).check(z.minLength(1, { error: 'Type at least one number.' }))
	}),
	...presenceTests
]);
export type NumberTest = z.infer<typeof NumberTest>;

const info: Record<NumberTest['operator'], OperatorInfo> = {
	equals: {
		label: '=',
		definition: 'Exactly this number.',
		aliases: ['is', 'equals'],
		partner: 'doesNotEqual'
	},
	doesNotEqual: {
		label: '≠',
		definition: 'Any other number, or no value.',
		aliases: ['is not', 'does not equal', '!='],
		partner: 'equals'
	},
	moreThan: {
		label: '>',
		definition: 'Above this number.',
		aliases: ['more than', 'greater than', 'over']
	},
	atLeast: { label: '≥', definition: 'This number or above.', aliases: ['at least', '>='] },
	lessThan: {
		label: '<',
		definition: 'Below this number. No value is not below.',
		aliases: ['less than', 'under', 'fewer than']
	},
	atMost: {
		label: '≤',
		definition: 'This number or below. No value is not below.',
		aliases: ['at most', '<=']
	},
	between: {
		label: 'between',
		definition: 'From one number to another, both included.',
		aliases: ['range'],
		partner: 'notBetween'
	},
	notBetween: {
		label: 'not between',
		definition: 'Outside of both numbers, or no value.',
		partner: 'between'
	},
	isAnyOf: {
		label: 'is any of',
		definition: 'One of several numbers.',
		aliases: ['in', 'is in', 'is one of'],
		partner: 'isNoneOf'
	},
	isNoneOf: {
		label: 'is none of',
		definition: 'None of several numbers, or no value.',
		aliases: ['not in', 'is not in', 'is not one of'],
		partner: 'isAnyOf'
	},
	...presence
};

const negatives = {
	doesNotEqual: 'equals',
	notBetween: 'between',
	isNoneOf: 'isAnyOf'
} as const satisfies Negatives;

export const number: Operators<NumberTest, Positive<NumberTest, keyof typeof negatives>> = {
	schema: NumberTest,
	info,

	complementOf: (test) => positiveOf(test, negatives),

	sql(test, value, _, sibling) {
		const other = (operand: number | FieldOperand) =>
			isFieldOperand(operand) ? sibling(operand.field) : sql`${operand}::float8`;
		switch (test.operator) {
			case 'equals':
				return sql`${value} = ${other(test.value)}`;
			case 'moreThan':
				return sql`${value} > ${other(test.value)}`;
			case 'atLeast':
				return sql`${value} >= ${other(test.value)}`;
			case 'lessThan':
				return sql`${value} < ${other(test.value)}`;
			case 'atMost':
				return sql`${value} <= ${other(test.value)}`;
			case 'between':
				return sql`${value} between ${test.from}::float8 and ${test.to}::float8`;
			case 'isAnyOf':
				return sql`${value} = any(${test.values}::float8[])`;
			default:
				return unreachable(test);
		}
	},

	holds(test, given, _, sibling) {
		const value = Number(given);
		const other = (operand: number | FieldOperand) =>
			isFieldOperand(operand) ? Number(sibling(operand.field)) : operand;
		switch (test.operator) {
			case 'equals':
				return value === other(test.value);
			case 'moreThan':
				return value > other(test.value);
			case 'atLeast':
				return value >= other(test.value);
			case 'lessThan':
				return value < other(test.value);
			case 'atMost':
				return value <= other(test.value);
			case 'between':
				return test.from <= value && value <= test.to;
			case 'isAnyOf':
				return test.values.includes(value);
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
			case 'between':
			case 'notBetween':
				return [`${label} `, chosen(say.value(test.from)), ' and ', chosen(say.value(test.to))];
			case 'isAnyOf':
			case 'isNoneOf':
				return explainValues(label, test.values, 'or', say);
			case 'equals':
			case 'doesNotEqual':
			case 'moreThan':
			case 'atLeast':
			case 'lessThan':
			case 'atMost':
				return explainValue(label, test.value, say);
			default:
				return unreachable(test);
		}
	}
};

/** The numbers a positive test with a value of its own means, both ends included; nothing for several. */
export function numberRange(
	test: Positive<NumberTest, keyof typeof negatives>
): { readonly low: number; readonly high: number } | undefined {
	if (test.operator === 'between') return { low: test.from, high: test.to };
	if (test.operator === 'isAnyOf' || isFieldOperand(test.value)) return;
	const { value } = test;
	switch (test.operator) {
		case 'equals':
			return { low: value, high: value };
		case 'moreThan':
			return { low: nextNumber(value, 1), high: Infinity };
		case 'atLeast':
			return { low: value, high: Infinity };
		case 'lessThan':
			return { low: -Infinity, high: nextNumber(value, -1) };
		case 'atMost':
			return { low: -Infinity, high: value };
		default:
			return unreachable(test);
	}
}

/** The next double above a number, or below it. */
function nextNumber(value: number, direction: 1 | -1): number {
	if (value === 0) return direction * Number.MIN_VALUE;
	const bits = new DataView(new ArrayBuffer(8));
	bits.setFloat64(0, value);
	// Doubles of one sign are in the order of their bits; away from zero is up.
	const step = value > 0 === direction > 0 ? 1n : -1n;
	bits.setBigInt64(0, bits.getBigInt64(0) + step);
	return bits.getFloat64(0);
}
