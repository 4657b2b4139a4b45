import * as z from 'zod/mini';
import { channels } from '$lib/fields/field';
import type { Json } from '$lib/json';
import { causes } from '$lib/membership/history/move';
import { isStorable } from '$lib/text-key';
import { SuppressionReason } from '$lib/workspace/suppressions';
import { Id, Instant, storableText, unstorable } from './id';

/** Any JSON that a database can hold. */
export const storableJson = z.json().check(z.refine(hasStorableText, unstorable));

/** As compared: text by its key, instants as epoch milliseconds. Null where there is no value. */
const Compared = storableJson;

/** An address that nothing may be sent to, whoever has it. */
export const PortableSuppression = z.object({
	channel: z.enum(channels.map(({ id }) => id)),
	address: z.string().check(z.minLength(1), storableText),
	reason: SuppressionReason,
	at: Instant
});
export type PortableSuppression = z.infer<typeof PortableSuppression>;

/** A value of a contact's field that became another one. */
export const PortableChange = z.object({
	/** The uid of a contact. */
	contact: Id,
	field: Id,
	at: Instant,
	before: Compared,
	after: Compared
});
export type PortableChange = z.infer<typeof PortableChange>;

/** That a contact entered a segment, or left it. */
export const PortableMove = z.object({
	/** The uid of a contact. */
	contact: Id,
	segment: Id,
	entered: z.boolean(),
	at: Instant,
	/** Why. Left out: what is known of the contact changed. */
	cause: z.optional(z.enum(causes))
});
export type PortableMove = z.infer<typeof PortableMove>;

function hasStorableText(value: Json): boolean {
	if (typeof value === 'string') return isStorable(value);
	if (typeof value !== 'object' || value === null) return true;
	return Object.entries(value).every(([key, item]) => isStorable(key) && hasStorableText(item));
}
