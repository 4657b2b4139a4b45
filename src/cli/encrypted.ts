import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { longestHead, readHead, type Head } from '$lib/portable/encrypted/head';
import { notOpened, opened } from '$lib/portable/encrypted/opened-file';
import { unlock } from '$lib/portable/encrypted/passphrase';
import { openLines } from '$lib/portable/lines';
import { BadSource, type Source } from '$lib/portable/source';

/** An encrypted workspace; `undefined` if the file is not encrypted. */
export async function openEncrypted(
	path: string,
	passphrase: string | undefined
): Promise<Source | undefined> {
	const head = readHead(await firstBytes(path), path);
	if (!head) return;
	if (!passphrase)
		throw new BadSource(
			`${path}: this file is encrypted. Set WINNOW_PASSPHRASE to its passphrase.`
		);
	const key = await unlock(head.lock, passphrase);
	if (!key) throw new BadSource(`${path}: WINNOW_PASSPHRASE is not the passphrase of this file.`);
	return openLines(path, () => textOf(path, head, key));
}

async function firstBytes(path: string): Promise<Uint8Array> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHead), 0, longestHead, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

async function* textOf(path: string, head: Head, key: CryptoKey): AsyncGenerator<string> {
	const file = createReadStream(path, { start: head.bytes.length, highWaterMark: 1 << 20 });
	// Node's own type of such a stream is another than the page's.
	const sealed = Readable.toWeb(file) as ReadableStream<Uint8Array<ArrayBuffer>>;
	const decoder = new TextDecoder();
	try {
		for await (const bytes of opened(sealed, head, key))
			yield decoder.decode(bytes, { stream: true });
		yield decoder.decode();
	} catch (error) {
		throw notOpened(error, path);
	}
}
