/// <reference lib="webworker" />
import { pause } from '$lib/pause';

/** Where columns are kept from one start to the next. Nothing in it is needed: what cannot be kept is read again. */
export interface MirrorFiles {
	names(): Promise<string[]>;
	/** The whole file; nothing where there is none. */
	read(name: string): Promise<ArrayBuffer | undefined>;
	/**
	 * Writes these pieces after a blank of the head's length, and over it the head when they are stored. Left unfinished,
	 * the file begins with the blank, and is none.
	 */
	write(name: string, head: Uint8Array<ArrayBuffer>, pieces: readonly Uint8Array[]): Promise<void>;
	/** Writes another head over that of a file. */
	stamp(name: string, head: Uint8Array<ArrayBuffer>): Promise<void>;
	/** Also of one that is not there. */
	remove(name: string): Promise<void>;
	/** Every file with its bytes, and when it was last written or stamped, in epoch milliseconds. */
	sizes(): Promise<{ name: string; bytes: number; at: number }[]>;
}

/** Bytes written at once, between which others are answered. */
const atOnce = 4_000_000;

/** Files in a folder of the browser's own disk, by handles that only a worker has. */
export class OpfsMirrorFiles implements MirrorFiles {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	async names(): Promise<string[]> {
		const names: string[] = [];
		for await (const name of (await this.#directory()).keys()) names.push(name);
		return names;
	}

	read(name: string): Promise<ArrayBuffer | undefined> {
		return this.#with(name, false, async (file) => {
			const bytes = new Uint8Array(file.getSize());
			return file.read(bytes, { at: 0 }) === bytes.length ? bytes.buffer : undefined;
		});
	}

	async write(
		name: string,
		head: Uint8Array<ArrayBuffer>,
		pieces: readonly Uint8Array[]
	): Promise<void> {
		await this.#with(name, true, async (file) => {
			file.truncate(0);
			let at = head.length;
			for (const piece of pieces)
				for (let from = 0; from < piece.length; from += atOnce) {
					at += put(file, piece.subarray(from, from + atOnce), at);
					await pause(0);
				}
			file.flush();
			put(file, head, 0);
			file.flush();
		});
	}

	async stamp(name: string, head: Uint8Array<ArrayBuffer>): Promise<void> {
		await this.#with(name, false, async (file) => {
			put(file, head, 0);
			file.flush();
		});
	}

	async remove(name: string): Promise<void> {
		const directory = await this.#directory();
		await directory.removeEntry(name).catch(unlessMissing);
	}

	async sizes(): Promise<{ name: string; bytes: number; at: number }[]> {
		const directory = await this.#directory();
		const sizes: { name: string; bytes: number; at: number }[] = [];
		for await (const name of directory.keys()) {
			const handle = await directory.getFileHandle(name);
			const { size, lastModified } = await handle.getFile();
			sizes.push({ name, bytes: size, at: lastModified });
		}
		return sizes;
	}

	async #directory(): Promise<FileSystemDirectoryHandle> {
		const root = await navigator.storage.getDirectory();
		return root.getDirectoryHandle(this.#folder, { create: true });
	}

	/** Nothing where there is no such file and none is to be made. */
	async #with<T>(
		name: string,
		create: boolean,
		work: (file: FileSystemSyncAccessHandle) => Promise<T>
	): Promise<T | undefined> {
		const directory = await this.#directory();
		const handle = await directory.getFileHandle(name, { create }).catch(unlessMissing);
		const file = await handle?.createSyncAccessHandle();
		if (!file) return;
		try {
			return await work(file);
		} finally {
			file.close();
		}
	}
}

function put(file: FileSystemSyncAccessHandle, bytes: Uint8Array, at: number): number {
	const written = file.write(bytes as Uint8Array<ArrayBuffer>, { at }); // never shared
	if (written < bytes.length) throw new DOMException('The disk is full', 'QuotaExceededError');
	return written;
}

function unlessMissing(error: unknown): undefined {
	if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
}
