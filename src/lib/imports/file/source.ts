import { err, ok, type Result } from '$lib/result';
import type { Dialect } from './dialect';
import type { FileRefusal } from './refusal';
import { rowReader, type RawRow } from './rows';

/** A file as far as it is read here. */
export interface Source {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** `undefined` when it cannot be read any more. */
	bytes(from: number, to: number): Promise<Uint8Array | undefined>;
}

/** Read at a time. Small enough that what is made of it takes a moment, not seconds. */
const step = 1 << 19;

/**
 * Reads a file's records from its data on, a few hundred or thousand at a time, and stops at the first thing that makes
 * the whole file unreadable. `take` gets the records; it may say to stop.
 */
export async function readRecords(
	source: Source,
	dialect: Dialect,
	take: (rows: readonly RawRow[]) => Promise<'stop' | undefined>
): Promise<FileRefusal | undefined> {
	const reader = rowReader(dialect);
	const text = decoder(dialect.charset);
	let skip = dialect.skip + (dialect.header ? 1 : 0);
	const pass = async (rows: Result<readonly RawRow[], FileRefusal>) => {
		if (!rows.ok) return rows.error;
		const wanted = rows.value.slice(skip);
		skip = Math.max(0, skip - rows.value.length);
		return take(wanted);
	};

	for (let at = 0; at < source.size; at += step) {
		const end = Math.min(at + step, source.size);
		const bytes = await source.bytes(at, end);
		if (!bytes) return { type: 'Unreadable' };
		const piece = text.decode(bytes, end === source.size);
		if (!piece.ok) return piece.error;
		const over = await pass(reader.push(piece.value));
		if (over) return over === 'stop' ? undefined : over;
	}
	const over = await pass(reader.end());
	return over === 'stop' ? undefined : over;
}

/** Decodes bytes that come in pieces, and tells the line where they are not of this charset. */
export function decoder(charset: string): {
	decode(bytes: Uint8Array, last: boolean): Result<string, FileRefusal>;
} {
	const strict = new TextDecoder(charset, { fatal: true });
	// Reads on where the strict one stopped, to find the place.
	const lenient = new TextDecoder(charset);
	let line = 1;
	return {
		decode(bytes, last) {
			const text = lenient.decode(bytes, { stream: !last });
			const wrong = !isDecodable(strict, bytes, last);
			const before = wrong ? text.slice(0, text.indexOf('\ufffd')) : text;
			line += newlinesIn(before);
			return wrong ? err({ type: 'WrongCharset', charset, line }) : ok(text);
		}
	};
}

function isDecodable(strict: TextDecoder, bytes: Uint8Array, last: boolean): boolean {
	try {
		strict.decode(bytes, { stream: !last });
		return true;
	} catch {
		// The only thing it throws for.
		return false;
	}
}

function newlinesIn(text: string): number {
	let n = 0;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) n++;
	return n;
}
