import type { Job } from '$lib/imports/jobs';
import { stopped } from '$lib/imports/run';
import { openDocument } from './document';
import { headIn, notOpened, opened } from './encrypted/opened-file';
import { openLines } from './lines';
import { BadSource, type Source } from './source';

/** Bytes of a document that is read whole. */
const largestDocument = 200_000_000;

/** A workspace file, to be read while the job is wanted. `key` opens one that is encrypted. */
export async function sourceOf(file: File, job: Job, key: CryptoKey | undefined): Promise<Source> {
	const head = await headIn(file);
	if (head) {
		if (!key)
			throw new BadSource(`${file.name}: this file is encrypted, and opens with its passphrase.`);
		const sealed = file.slice(head.bytes.length);
		return openLines(file.name, () => textOf(opened(sealed.stream(), head, key), file.name, job));
	}
	if (/\.ndjson$/i.test(file.name))
		return openLines(file.name, () => textOf(file.stream(), file.name, job));
	if (file.size > largestDocument)
		throw new BadSource(
			`${file.name}: this is too large for one JSON document. With "npm run winnow -- export ${file.name} --to workspace.ndjson" it becomes a file of lines, which may be as large.`
		);
	return openDocument(file.name, await file.text());
}

async function* textOf(
	bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
	name: string,
	job: Job
): AsyncGenerator<string> {
	// Read by hand: not every browser lets one go through a stream by `for await`.
	const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (job.cancelled) throw stopped;
			if (done) return;
			yield value;
		}
	} catch (error) {
		throw notOpened(error, name);
	} finally {
		// Whoever has read enough leaves the rest unread, and nobody waits for it.
		await reader.cancel().catch(() => undefined);
	}
}
