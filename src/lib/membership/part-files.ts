import type { Queryable } from '$lib/db/db';
import { touchedSince, versionOf } from '$lib/db/touched';
import type { MirrorPart } from '$lib/rules/mirror/columns';
import { fieldSql } from '$lib/rules/stored';
import { render } from '$lib/sql';
import { checksum } from './checksum';
import { decoded, encoded, headLength, restamped } from './column-file';
import { keyOf, tableOf, type Held } from './held-parts';
import type { MirrorFiles } from './mirror-files';

/** What is kept at most, in bytes, and for how long without being used, in milliseconds. */
const mostBytes = 400_000_000;
const longest = 30 * 86_400_000;
/** How old the time of last use may be, in milliseconds. */
const useLag = 86_400_000;

/**
 * Parts of mirrors from one start to the next. One is taken up only if it is whole, and if the database still knows whom
 * every write since has changed. Nothing here fails: a part that cannot be kept is read again.
 */
export class PartFiles {
	readonly #database: Queryable;
	readonly #files: MirrorFiles;
	/** The files there may be, asked of the disk once. */
	#names: Promise<Set<string>> | undefined;
	/** What is being read or written. */
	readonly #busy = new Set<Promise<unknown>>();
	/** While this is above zero, none is read or made. */
	#closed = 0;
	/** What was read before this version may have what was erased since, and is not saved. */
	#savableFrom = 0;
	/** The heads of those read or written since the start. */
	readonly #heads = new Map<string, Uint8Array<ArrayBuffer>>();

	constructor(database: Queryable, files: MirrorFiles) {
		this.#database = database;
		this.#files = files;
	}

	/** The part as it was saved, and whom writes have changed since; nothing where that is not to be had. */
	async load(part: MirrorPart): Promise<Held | undefined> {
		const name = nameOf(part);
		if (!(await this.#known()).has(name) || this.#closed > 0) return;
		return this.#while(async () => {
			const held = await this.#read(name, part).catch(() => undefined); // as good as none
			if (!held) await this.#remove(name);
			return held;
		});
	}

	async #read(name: string, part: MirrorPart): Promise<Held | undefined> {
		const buffer = await this.#files.read(name);
		const file = buffer && decoded(buffer);
		if (!file || file.label !== labelOf(part)) return;
		const touched = await touchedSince(this.#database, file.version);
		if (!touched) return;
		this.#heads.set(name, new Uint8Array(buffer.slice(0, headLength)));
		const changed = new Set(touched.cnos.get(tableOf(part)));
		return { part, column: file.column, version: file.version, changed, isSaved: true };
	}

	/** Whether it did. */
	async save({ part, column, version }: Held): Promise<boolean> {
		if (this.#closed > 0 || version < this.#savableFrom) return false;
		const name = nameOf(part);
		const { head, pieces } = encoded({ label: labelOf(part), version, column });
		return this.#while(async () => {
			// The disk is full, say.
			const isThere = await succeeds(this.#files.write(name, head, pieces));
			if (isThere) await this.#add(name, head);
			else await this.#remove(name);
			return isThere;
		});
	}

	/** Says of the part's file that at this version it is still the same. Gives whether there is one. */
	async stamp(part: MirrorPart, version: number): Promise<boolean> {
		const name = nameOf(part);
		const head = this.#heads.get(name);
		if (!head || this.#closed > 0) return false;
		const later = restamped(head, version);
		return this.#while(async () => {
			const isThere = await succeeds(this.#files.stamp(name, later));
			if (isThere) this.#heads.set(name, later);
			else await this.#remove(name);
			return isThere;
		});
	}

	/** Removes what was not used for long, and of the rest what is too much. Keeps when the others were used. */
	async tidy(now: number): Promise<void> {
		if (this.#closed === 0) await this.#while(() => this.#tidy(now));
	}

	async #tidy(now: number): Promise<void> {
		const files = (await this.#files.sizes().catch(() => [])).sort((a, b) => b.at - a.at);
		let bytes = 0;
		for (const { name, at, bytes: length } of files) {
			const head = this.#heads.get(name);
			if (!head && (now - at > longest || bytes + length > mostBytes)) await this.#remove(name);
			else bytes += length;
			if (head && now - at > useLag) await this.#files.stamp(name, head).catch(() => {});
		}
	}

	/** Removes them all: when none is in use any more, for one that is cannot be removed. */
	async clear(): Promise<void> {
		this.#closed++;
		await Promise.allSettled(this.#busy);
		const names = await this.#known();
		for (const name of [...names]) await this.#remove(name);
		this.#closed--;
	}

	/** Removes them all before a write that erases, so that none has what is erased, however the worker ends. */
	async erasing<T>(erase: () => Promise<T>): Promise<T> {
		this.#closed++;
		try {
			await this.clear();
			return await erase();
		} finally {
			this.#savableFrom = await versionOf(this.#database);
			this.#closed--;
		}
	}

	async #while<T>(work: () => Promise<T>): Promise<T> {
		const busy = work();
		this.#busy.add(busy);
		return busy.finally(() => this.#busy.delete(busy));
	}

	#known(): Promise<Set<string>> {
		return (this.#names ??= this.#files.names().then(
			(names) => new Set(names),
			() => new Set<string>()
		));
	}

	async #add(name: string, head: Uint8Array<ArrayBuffer>): Promise<void> {
		(await this.#known()).add(name);
		this.#heads.set(name, head);
	}

	async #remove(name: string): Promise<void> {
		(await this.#known()).delete(name);
		this.#heads.delete(name);
		await this.#files.remove(name).catch(() => {}); // it goes when it is next written
	}
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
	work.then(
		() => true,
		() => false
	);

/** With the statement of what is in it: a file made when that was another is of no use. */
const labelOf = (part: MirrorPart): string =>
	part.type === 'field'
		? `${keyOf(part)}\n${render(fieldSql(part.field, part.family)).text}`
		: keyOf(part);

/** What people named may be long or no name for a file. */
function nameOf(part: MirrorPart): string {
	const units = Int32Array.from(keyOf(part), (character) => character.codePointAt(0)!);
	return [checksum(units), checksum(units, 1)]
		.map((sum) => (sum >>> 0).toString(16).padStart(8, '0'))
		.join('');
}
