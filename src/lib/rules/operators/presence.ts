import * as z from 'zod/mini';
import type { Family } from '$lib/fields/field';
import type { Phrase } from '../phrase';
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

/** What a part of a JSON value is compared as, after "as". */
export const asFamily: Readonly<Record<Family, string>> = {
	text: 'text',
	number: 'number',
	boolean: 'boolean',
	date: 'date',
	datetime: 'datetime',
	select: 'choice',
	multiselect: 'list',
	json: 'JSON'
};

interface AnyComparison {
	readonly of: Family;
	readonly test: { readonly operator: string };
}

/**
 * " (as number)", after the name of a part of a JSON value of which it is asked whether there is a value: a number is none
 * as a text. Other operators show by themselves what they compare.
 */
export const explainAs = ({ of, test }: AnyComparison): Phrase =>
	test.operator in presence ? [` (as ${asFamily[of]})`] : [];
