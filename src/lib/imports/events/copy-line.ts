import type { Comparable, FieldValue } from '$lib/fields/value';
import { sql } from '$lib/sql';
import { escaped } from '../contacts/copy-line';

/** An event on its way into its tables, with the numbers of its type and its reference. */
export interface NumberedEvent {
	readonly no: number;
	readonly id: string;
	readonly cno: number;
	readonly type: number;
	/** ISO 8601, in UTC. */
	readonly at: string;
	readonly ref: number | undefined;
	readonly value: number | null | undefined;
}

/** Takes lines of `eventLine`. */
export const copyEvents = sql`copy event(no, id, cno, type, at, ref, value) from '/dev/blob'`;
/** Takes lines of `propertiesLine`. */
export const copyProperties = sql`copy event_property(event, properties, keys) from '/dev/blob'`;
/** Takes lines of `refLine`. */
export const copyRefs = sql`copy ref(no, text, key) from '/dev/blob'`;

const none = '\\N';

export const eventLine = ({ no, id, cno, type, at, ref, value }: NumberedEvent): string =>
	`${no}\t${escaped(id)}\t${cno}\t${type}\t${at}\t${ref ?? none}\t${value ?? none}\n`;

export const propertiesLine = (
	event: number,
	properties: Readonly<Record<string, FieldValue>>,
	keys: Readonly<Record<string, Comparable>>
): string => `${event}\t${json(properties)}\t${json(keys)}\n`;

export const refLine = (no: number, text: string, key: string): string =>
	`${no}\t${escaped(text)}\t${escaped(key)}\n`;

const json = (value: object): string => escaped(JSON.stringify(value));
