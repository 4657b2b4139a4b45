import { BadSource } from '../source';
import { longestHead, readHead, type Head } from './head';
import { BrokenSeal } from './part-cipher';
import { openedStream } from './sealed-stream';

/** How a file is opened; `undefined` if it is not encrypted. Throws `BadSource` if this version does not know how. */
export async function headIn(file: File): Promise<Head | undefined> {
	const first = await file.slice(0, longestHead).arrayBuffer();
	return readHead(new Uint8Array(first), file.name);
}

/** What is in an encrypted file, whose bytes after its head these are. */
export const opened = (
	sealed: ReadableStream<Uint8Array<ArrayBuffer>>,
	head: Head,
	key: CryptoKey
): ReadableStream<Uint8Array<ArrayBuffer>> => sealed.pipeThrough(openedStream(key, head.bytes));

/** A seal that does not hold is said of the file. */
export function notOpened(error: unknown, name: string): unknown {
	if (!(error instanceof BrokenSeal)) return error;
	return new BadSource(`${name}: this file was cut or altered. Use another copy of it.`);
}
