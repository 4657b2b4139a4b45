import * as z from 'zod/mini';
import { Mapping } from './mapping';

/** Mappings a person has used, by the fingerprint of a file's headers; newest last. */
const Remembered = z.array(z.tuple([z.string(), Mapping]));

const most = 30;

/** What was chosen the last time for a file with these headers. What cannot be read is nothing. */
export function remembered(
	storage: Pick<Storage, 'getItem'>,
	key: string,
	fingerprint: string
): Mapping | undefined {
	return read(storage, key).find(([of]) => of === fingerprint)?.[1];
}

/** Keeps a mapping for the next file with these headers, on this device. */
export function remember(
	storage: Pick<Storage, 'getItem' | 'setItem'>,
	key: string,
	fingerprint: string,
	mapping: Mapping
): void {
	const others = read(storage, key).filter(([of]) => of !== fingerprint);
	// New fields are the workspace's own by the next time.
	const columns = mapping.columns.map((column) =>
		column.target.target === 'newField'
			? { ...column, target: { target: 'field' as const, field: column.target.field.id } }
			: column
	);
	const kept = [...others.slice(1 - most), [fingerprint, { ...mapping, columns }]];
	try {
		storage.setItem(key, JSON.stringify(kept));
	} catch {
		// Storage is full: the next file is matched anew.
	}
}

function read(storage: Pick<Storage, 'getItem'>, key: string): z.infer<typeof Remembered> {
	const text = storage.getItem(key);
	if (!text) return [];
	const parsed = Remembered.safeParse(jsonOf(text));
	return parsed.success ? parsed.data : [];
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return; // written by something else
	}
}
