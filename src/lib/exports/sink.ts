/// <reference lib="webworker" />

/**
 * A file under way, written piece by piece in the worker. `finish` gives it back where there is no place to keep it:
 * then it was collected in memory.
 */
export interface Sink {
	/** Bytes so far. */
	readonly bytes: number;
	/** Throws a `QuotaExceededError` when the disk is full, now or with a later piece; so does `finish`. */
	write(piece: string | Bytes): void;
	/** Writes over the beginning of what was written first, which is at least as long. */
	rewrite(piece: string | Bytes): void;
	finish(): Promise<Blob | undefined>;
	/** Leaves nothing behind. */
	discard(): Promise<void>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Starts a file in a folder of the browser's own disk, replacing one of the same name. */
export async function openSink(folder: string, name: string): Promise<Sink> {
	const storage = globalThis.navigator?.storage;
	// Missing in private windows of some browsers, and outside of them.
	if (typeof storage?.getDirectory !== 'function') return memorySink();
	const root = await storage.getDirectory();
	const directory = await root.getDirectoryHandle(folder, { create: true });
	const handle = await directory.getFileHandle(name, { create: true });
	const access = await handle.createSyncAccessHandle();
	try {
		access.truncate(0);
	} catch (error) {
		access.close();
		throw error;
	}
	let onDisk = 0;
	const gathered = gather((bytes) => {
		const written = access.write(bytes, { at: onDisk });
		onDisk += written;
		if (written < bytes.length) throw new DOMException('The disk is full', 'QuotaExceededError');
	});
	return {
		get bytes() {
			return gathered.bytes;
		},
		write: gathered.write,
		rewrite(piece) {
			gathered.flush();
			access.write(bytesOf(piece), { at: 0 });
		},
		async finish() {
			gathered.flush();
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
	let pieces: Bytes[] = [];
	const gathered = gather((bytes) => pieces.push(bytes.slice()));
	return {
		get bytes() {
			return gathered.bytes;
		},
		write: gathered.write,
		rewrite(piece) {
			gathered.flush();
			pieces[0]?.set(bytesOf(piece));
		},
		async finish() {
			gathered.flush();
			return new Blob(pieces);
		},
		async discard() {
			pieces = [];
		}
	};
}

/** Bytes that go on together, and characters that are encoded together. */
const [room, together] = [1 << 20, 1 << 16];

/**
 * Gathers small pieces, and passes them on together; what it passes is overwritten afterwards. Text is encoded where it is
 * gathered: by `encode`, six megabytes of it take Chromium four times as long.
 */
function gather(pass: (bytes: Bytes) => void) {
	const buffer = new Uint8Array(room);
	let filled = 0;
	let bytes = 0;
	const flush = () => {
		if (filled === 0) return;
		const all = buffer.subarray(0, filled);
		filled = 0;
		pass(all);
	};
	return {
		get bytes() {
			return bytes;
		},
		write(piece: string | Bytes): void {
			if (typeof piece !== 'string') {
				flush();
				bytes += piece.length;
				return pass(piece);
			}
			for (let at = 0; at < piece.length;) {
				// Of a long text every call would read all that is left.
				const part = piece.slice(at, endOfPart(piece, at));
				const { read, written } = encoder.encodeInto(part, buffer.subarray(filled));
				filled += written;
				bytes += written;
				at += read;
				if (read < part.length) flush();
			}
		},
		flush
	};
}

/** Where to cut a text, which is never between the halves of a character. */
function endOfPart(text: string, at: number): number {
	const end = at + together;
	const last = text.charCodeAt(end - 1);
	return last >= 0xd800 && last < 0xdc00 ? end + 1 : end;
}

const encoder = new TextEncoder();
const bytesOf = (piece: string | Bytes): Bytes =>
	typeof piece === 'string' ? encoder.encode(piece) : piece;

/** Removes the folder's files, but for those to keep. */
export async function sweep(folder: string, keep: (name: string) => boolean): Promise<void> {
	const storage = globalThis.navigator?.storage;
	if (typeof storage?.getDirectory !== 'function') return;
	const root = await storage.getDirectory();
	const directory = await root.getDirectoryHandle(folder, { create: true });
	for await (const name of directory.keys()) if (!keep(name)) await directory.removeEntry(name);
}
