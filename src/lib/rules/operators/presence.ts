import * as z from 'zod/mini';
import type { OperatorInfo } from './operator';

/** The two operators every type has. They are about there being a value, so `missing` has no say in them. */
export const presence = {
	hasValue: {
		label: 'has a value',
		definition: 'There is something in it. Blank text and empty lists count as nothing.',
		aliases: ['exists', 'is known', 'is not empty', 'is set'],
		partner: 'hasNoValue'
	},
	hasNoValue: {
		label: 'has no value',
		definition: 'Nothing in it: never filled in, blank, or not of the right type.',
		aliases: ['does not exist', 'is unknown', 'is blank', 'is empty', 'is not set', 'is null'],
		partner: 'hasValue'
	}
} satisfies Record<string, OperatorInfo>;

export const presenceTests = [
	z.object({ operator: z.literal('hasValue') }),
	z.object({ operator: z.literal('hasNoValue') })
] as const;
