import * as z from 'zod/mini';
import { textKey } from '$lib/text-key';

/** Another field of the same contact, in place of a value. */
export const FieldOperand = z.object({ field: z.string().check(z.minLength(1)) });
export type FieldOperand = z.infer<typeof FieldOperand>;

export const isFieldOperand = (operand: unknown): operand is FieldOperand =>
	typeof operand === 'object' && operand !== null && 'field' in operand;

/** The field a test compares with, where it is not a value. */
export const otherFieldOf = (test: object): string | undefined =>
	'value' in test && isFieldOperand(test.value) ? test.value.field : undefined;

/** Text that is not blank: a blank one would compare with nothing. */
export const Text = z
	.string()
	.check(z.refine((text) => textKey(text) !== '', { error: 'Type a value.' }));

export const Texts = z.array(Text).check(z.minLength(1, { error: 'Choose at least one value.' }));

export const Finite = z.number({ error: 'Type a number.' });
