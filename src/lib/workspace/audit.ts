import * as z from 'zod/mini';
import { isJsonObject, plainJson, type Json, type JsonObject } from '$lib/json';
import type { Change, Gesture } from './gesture';
import { isMark } from './marks';
import { ownerOf, type Root } from './registers';

/** One register that a gesture changed. A gesture of several is several, one after the other, with one `at`. */
export interface AuditEntry {
	readonly at: number;
	readonly by: string;
	readonly device: string;
	/** Where it is about one. */
	readonly segment: string | undefined;
	/** What was done, in words: "Change condition". */
	readonly op: string;
	/** The root and the key of the register. */
	readonly register: string;
	/** `undefined` is: not there. Of a large value only its size is kept. */
	readonly before: Json | undefined;
	readonly after: Json | undefined;
}

/** What nobody does by hand: the marks of gestures, and hashes of whom others suppress with their key. */
const isAside = ({ root, key }: Change): boolean =>
	(root === 'segments' && isMark(key)) ||
	root === 'suppressions' ||
	(root === 'meta' && ownerOf(key) === 'suppressionKey');

/** Characters of JSON. */
const longest = 2_000;

export const entriesOf = ({ at, by, label, changes }: Gesture, device: string): AuditEntry[] =>
	changes
		.filter((change) => !isAside(change))
		.map((change) => ({
			...{ at, by, device, op: label },
			segment: segmentOf(change),
			register: `${change.root} ${change.key}`,
			before: shortened(change.before),
			after: shortened(change.after)
		}));

/** Entries are kept month by month, of the calendar that is the same for everybody: `2026-11`. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** Whether a month is older than those that are kept; `keep` of null is for ever. */
export function isPast(month: string, now: number, keep: number | null): boolean {
	if (keep === null) return false;
	const today = new Date(now);
	const oldest = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - keep, 1);
	return month < monthOf(oldest);
}

/** As an entry is stored: an absent value has no key. */
export function storedEntry({ segment, before, after, ...rest }: AuditEntry): JsonObject {
	return {
		...rest,
		...(segment === undefined ? {} : { segment }),
		...(before === undefined ? {} : { before }),
		...(after === undefined ? {} : { after })
	};
}

/** What is stored, oldest first; what does not read is left out. */
export function readEntries(stored: readonly unknown[]): AuditEntry[] {
	const entries = stored.flatMap((value): AuditEntry[] => {
		const json = plainJson(value, { size: 16 * 1024, depth: 16 });
		const entry = json.ok ? Stored.safeParse(json.value) : undefined;
		if (!entry?.success || !json.ok || !isJsonObject(json.value)) return [];
		const { before, after } = json.value;
		return [{ ...entry.data, segment: entry.data.segment, before, after }];
	});
	return entries.sort((a, b) => a.at - b.at);
}

const Stored = z.object({
	at: z.number(),
	by: z.string(),
	device: z.string(),
	segment: z.optional(z.string()),
	op: z.string(),
	register: z.string()
});

const segmentOf = ({ root, key }: Change): string | undefined =>
	(['segments', 'nodes', 'versions', 'comments'] as readonly Root[]).includes(root)
		? ownerOf(key)
		: undefined;

function shortened(value: Json | undefined): Json | undefined {
	const size = value === undefined ? 0 : JSON.stringify(value).length;
	return size > longest ? { characters: size } : value;
}
