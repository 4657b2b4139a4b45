import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import {
	positiveOf,
	type Negatives,
	type OperatorInfo,
	type Operators,
	type Positive
} from './operator';
import { presence, presenceTests } from './presence';

const BooleanTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(['isTrue', 'isFalse', 'isNotTrue', 'isNotFalse']) }),
	...presenceTests
]);
export type BooleanTest = z.infer<typeof BooleanTest>;

const info: Record<BooleanTest['operator'], OperatorInfo> = {
	isTrue: {
		label: 'is true',
		definition: 'Set to true.',
		aliases: ['yes', 'equals true'],
		partner: 'isNotTrue'
	},
	isFalse: {
		label: 'is false',
		definition: 'Set to false. Not set is not false.',
		aliases: ['no', 'equals false'],
		partner: 'isNotFalse'
	},
	isNotTrue: { label: 'is not true', definition: 'False, or not set.', partner: 'isTrue' },
	isNotFalse: { label: 'is not false', definition: 'True, or not set.', partner: 'isFalse' },
	...presence
};

const negatives = { isNotTrue: 'isTrue', isNotFalse: 'isFalse' } as const satisfies Negatives;
type PositiveTest = Positive<BooleanTest, keyof typeof negatives>;

export const boolean: Operators<BooleanTest, PositiveTest> = {
	schema: BooleanTest,
	info,
	complementOf: (test) => positiveOf(test, negatives),
	sql: (test, value) => sql`${value} = ${wanted(test)}`,
	holds: (test, value) => value === wanted(test),
	explain: ({ operator }) => [info[operator].label]
};

function wanted({ operator }: PositiveTest): boolean {
	switch (operator) {
		case 'isTrue':
			return true;
		case 'isFalse':
			return false;
		default:
			return unreachable(operator);
	}
}
