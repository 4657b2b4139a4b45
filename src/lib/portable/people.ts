import * as z from 'zod/mini';
import type { Contact } from '$lib/contacts/contact';
import { eventRowOf, type EventRow } from '$lib/events/contact-event';
import type { EventTypes } from '$lib/events/event-type';
import { channels } from '$lib/fields/field';
import { storable } from '$lib/fields/json-text';
import type { FieldValue } from '$lib/fields/value';
import type { Json, JsonObject } from '$lib/json';
import { textKey } from '$lib/text-key';
import { Id, Instant, storableText, Text } from './id';

/** Objects and lists, whatever is in them. */
const JsonValue = z.unknown().check(
	z.refine((value) => typeof value === 'object' && value !== null, {
		error: 'text, a number, true, false, null, an object or a list is expected here',
		abort: true
	}),
	z.refine((value) => storable(value as object).ok, {
		error:
			'this cannot be kept: it is too large, too deep, or has a key, a text or a number that no database takes'
	})
) as unknown as z.ZodMiniType<JsonObject | readonly Json[]>; // just what was checked
const Value = z.union([Text, z.number(), z.boolean(), z.array(Text), JsonValue]);
const Values = z.record(Text, z.nullable(Value));
const Consent = z.union([
	Text,
	z.object({
		state: Text,
		at: z.optional(z.nullable(Instant)),
		source: z.optional(z.nullable(Text))
	})
]);
/** An id alone, or with the instant it was given. */
const Entry = z.union([Id, z.object({ id: Id, at: z.optional(z.nullable(Instant)) })]);

/** A person as it stands in a file. */
export const PortableContact = z.object({
	uid: Id,
	email: z.optional(z.nullable(Text)),
	externalId: z.optional(z.nullable(Text)),
	/** Standard and custom fields by id. */
	fields: z._default(Values, {}),
	consent: z._default(
		z.object({ email: z.optional(z.nullable(Consent)), sms: z.optional(z.nullable(Consent)) }),
		{}
	),
	tags: z._default(z.array(Entry), []),
	lists: z._default(z.array(Entry), []),
	archivedAt: z.optional(z.nullable(Instant))
});
export type PortableContact = z.infer<typeof PortableContact>;

/** Something a person did, as it stands in a file. Of two at one instant the first in the file is the earlier. */
export const PortableEvent = z.object({
	id: z.string().check(z.minLength(1), storableText),
	/** The uid of a contact. */
	contact: Id,
	type: Id,
	at: Instant,
	ref: z.optional(z.nullable(Text)),
	value: z.optional(z.nullable(z.number())),
	properties: z._default(Values, {})
});
export type PortableEvent = z.infer<typeof PortableEvent>;

/** The contact with this number. */
export function contactOf(portable: PortableContact, cno: number): Contact {
	const { uid, email, externalId, fields, consent, archivedAt } = portable;
	const values: Record<string, FieldValue> = { ...present(fields) };
	if (email) values.email = email;
	for (const { id: channel } of channels) {
		const given = consent[channel];
		if (!given) continue;
		const {
			state,
			at = null,
			source = null
		} = typeof given === 'string' ? { state: given } : given;
		values[`${channel}_consent`] = state;
		if (at) values[`${channel}_consent_at`] = at;
		if (source) values[`${channel}_consent_source`] = source;
	}
	return {
		...{ cno, uid, values },
		externalId: externalId ?? undefined,
		archivedAt: archivedAt ? new Date(archivedAt).toISOString() : undefined
	};
}

/** A contact to be written, with its tags and lists. */
export function portableContact(
	{ uid, externalId, values, archivedAt }: Contact,
	tags: PortableContact['tags'],
	lists: PortableContact['lists']
): PortableContact {
	const { email, ...others } = values;
	const fields: Record<string, FieldValue> = others;
	const consent: PortableContact['consent'] = {};
	for (const { id: channel } of channels) {
		const { [`${channel}_consent`]: state, ...details } = fields;
		// When and whence without a state are fields like others.
		if (state === undefined) continue;
		consent[channel] = { state: String(state) };
		for (const name of ['at', 'source'] as const) {
			const id = `${channel}_consent_${name}`;
			if (details[id] !== undefined) consent[channel][name] = String(details[id]);
			delete fields[id];
		}
		delete fields[`${channel}_consent`];
	}
	return {
		uid,
		...(email === undefined ? {} : { email: String(email) }),
		...(externalId === undefined ? {} : { externalId }),
		fields: fields as PortableContact['fields'], // lists in it are written, not changed
		consent,
		tags,
		lists,
		...(archivedAt === undefined ? {} : { archivedAt })
	};
}

/** An entry of a tag or list; without an instant it counts as of `then`. */
export const entryOf = (
	entry: PortableContact['tags'][number],
	then: string
): { id: string; at: string } => {
	const { id, at = null } = typeof entry === 'string' ? { id: entry } : entry;
	return { id, at: new Date(at ?? then).toISOString() };
};

/** The event as it is stored. Its `ref` and `value` are what its type keeps beside the other properties. */
export function eventOf(portable: PortableEvent, cno: number, types: EventTypes): EventRow {
	const { id, type, at, ref, value, properties } = portable;
	const row = eventRowOf(
		{ id, cno, type, at: new Date(at).toISOString(), properties: present(properties) },
		types
	);
	const main = ref?.trim() || row.ref;
	return {
		...row,
		ref: main,
		ref_key: main === null ? null : textKey(main),
		value: value ?? row.value
	};
}

/** Without those that have no value. */
const present = (values: Readonly<Record<string, FieldValue | null>>): Record<string, FieldValue> =>
	Object.fromEntries(
		Object.entries(values).flatMap(([id, value]) => (value === null ? [] : [[id, value]]))
	);
