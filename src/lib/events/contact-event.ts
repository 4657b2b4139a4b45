import { comparable, type Comparable, type FieldValue } from '$lib/fields/value';
import { textKey } from '$lib/text-key';
import type { EventProperty, EventTypes } from './event-type';

/** Something a contact did, or that happened to it, once. */
export interface ContactEvent {
	/** Importing an event with the same id again changes nothing. */
	readonly id: string;
	readonly cno: number;
	/** The id of its event type. */
	readonly type: string;
	/** ISO 8601, in UTC. */
	readonly at: string;
	readonly properties: Readonly<Record<string, FieldValue>>;
}

/** An event as it is stored: its main number and reference apart from its other properties. */
export interface EventRow {
	readonly id: string;
	readonly cno: number;
	readonly type: string;
	readonly at: string;
	readonly value: number | null;
	readonly ref: string | null;
	readonly ref_key: string | null;
	readonly properties: Readonly<Record<string, FieldValue>> | null;
	readonly keys: Readonly<Record<string, Comparable>> | null;
}

export function eventRowOf(event: ContactEvent, types: EventTypes): EventRow {
	const known = new Map<string, EventProperty>(
		types.get(event.type)?.properties.map((property) => [property.id, property])
	);
	let value: number | null = null;
	let ref: string | null = null;
	// Entries, since a property may be called as what every object has.
	const properties: [string, FieldValue][] = [];
	const keys: [string, Comparable][] = [];
	for (const [id, given] of Object.entries(event.properties)) {
		const property = known.get(id);
		const key = comparable(given, property?.type ?? typeOf(given));
		if (property?.column === 'value' && typeof key === 'number') value = key;
		else if (property?.column === 'ref' && key !== undefined) ref = String(given).trim();
		else {
			properties.push([id, given]);
			if (key !== undefined) keys.push([id, key]);
		}
	}
	const more = properties.length > 0;
	const { id, cno, type, at } = event;
	return {
		...{ id, cno, type, at, value, ref },
		ref_key: ref === null ? null : textKey(ref),
		properties: more ? Object.fromEntries(properties) : null,
		keys: more ? Object.fromEntries(keys) : null
	};
}

const typeOf = (value: FieldValue) =>
	typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
