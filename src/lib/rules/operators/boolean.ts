import * as z from 'zod/mini';
import { sql } from '$lib/sql';
import type { OperatorInfo, Operators } from './operator';
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

export const boolean: Operators<BooleanTest> = {
	schema: BooleanTest,
	info,
	complementOf: ({ operator }) =>
		operator === 'isNotTrue'
			? { operator: 'isTrue' }
			: operator === 'isNotFalse'
				? { operator: 'isFalse' }
				: undefined,
	sql: (test, value) => sql`${value} = ${test.operator === 'isTrue'}`,
	holds: (test, value) => value === (test.operator === 'isTrue'),
	explain: ({ operator }) => [info[operator].label]
};
