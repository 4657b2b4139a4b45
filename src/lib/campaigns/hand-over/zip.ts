import type { Sink } from '$lib/exports/sink';

export interface ZippedFile {
	readonly name: string;
	readonly text: string;
}

/** Writes are slow, so that small pieces are put together to about this many bytes. */
const writeSize = 1 << 20;

/**
 * Writes files into one zip as they come, none compressed: none is kept in memory longer than it is written. By a package
 * of its own, since there may be more of them than the 65,535 that most can write.
 */
export async function zipTo(
	sink: Sink,
	files: AsyncIterable<ZippedFile>,
	at: number
): Promise<void> {
	const { makeZip } = await import('client-zip');
	const lastModified = new Date(at);
	const entries = async function* () {
		for await (const { name, text } of files) yield { name, input: text, lastModified };
	};
	const reader = makeZip(entries()).getReader();
	let pieces = new Uint8Array(writeSize);
	let filled = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		if (filled + value.length > pieces.length) {
			sink.write(pieces.slice(0, filled));
			filled = 0;
			if (value.length > pieces.length) pieces = new Uint8Array(value.length);
		}
		pieces.set(value, filled);
		filled += value.length;
	}
	sink.write(pieces.slice(0, filled));
}
