/// <reference lib="webworker" />

/**
 * A file under way, written piece by piece in the worker. `finish` gives it back where there is no place to keep it:
 * then it was collected in memory.
 */
export interface Sink {
	/** Bytes so far. */
	readonly bytes: number;
	/** Throws a `QuotaExceededError` when the disk is full. */
	write(text: string): void;
	/** Writes over the beginning of the first text written, which is at least as long. */
	rewrite(text: string): void;
	finish(): Promise<Blob | undefined>;
	/** Leaves nothing behind. */
	discard(): Promise<void>;
}

/** Starts a file in a folder of the browser's own disk, replacing one of the same name. */
export async function openSink(folder: string, name: string): Promise<Sink> {
	const storage = globalThis.navigator?.storage;
	// Missing in private windows of some browsers, and outside of them.
	if (typeof storage?.getDirectory !== 'function') return memorySink();
	const root = await storage.getDirectory();
	const directory = await root.getDirectoryHandle(folder, { create: true });
	const handle = await directory.getFileHandle(name, { create: true });
	const access = await handle.createSyncAccessHandle();
	const encoder = new TextEncoder();
	let bytes = 0;
	try {
		access.truncate(0);
	} catch (error) {
		access.close();
		throw error;
	}
	return {
		get bytes() {
			return bytes;
		},
		write(text) {
			const piece = encoder.encode(text);
			const written = access.write(piece, { at: bytes });
			bytes += written;
			if (written < piece.length) throw new DOMException('The disk is full', 'QuotaExceededError');
		},
		rewrite(text) {
			access.write(encoder.encode(text), { at: 0 });
		},
		async finish() {
			access.flush();
			access.close();
			return undefined;
		},
		async discard() {
			access.close();
			await directory.removeEntry(name);
		}
	};
}

function memorySink(): Sink {
	const encoder = new TextEncoder();
	let pieces: Uint8Array<ArrayBuffer>[] = [];
	let bytes = 0;
	return {
		get bytes() {
			return bytes;
		},
		write(text) {
			const piece = encoder.encode(text);
			pieces.push(piece);
			bytes += piece.length;
		},
		rewrite(text) {
			pieces[0]?.set(encoder.encode(text));
		},
		finish: async () => new Blob(pieces),
		discard: async () => {
			pieces = [];
		}
	};
}

/** Removes the folder's files, but for those to keep. */
export async function sweep(folder: string, keep: (name: string) => boolean): Promise<void> {
	const storage = globalThis.navigator?.storage;
	if (typeof storage?.getDirectory !== 'function') return;
	const root = await storage.getDirectory();
	const directory = await root.getDirectoryHandle(folder, { create: true });
	for await (const name of directory.keys()) if (!keep(name)) await directory.removeEntry(name);
}
