import type { Bitmap } from '$lib/bitmap';
import type { Change, Database } from '$lib/db/db';
import { touchedSince, versionOf } from '$lib/db/touched';
import { pause } from '$lib/pause';
import type {
	EventColumns,
	EveryoneColumn,
	FieldColumn,
	GroupsColumn,
	Mirror,
	MirrorPart
} from '$lib/rules/mirror/columns';
import type { Scan } from '$lib/rules/mirror/scan';
import { Tallies } from '$lib/rules/mirror/tallies';
import { HeldParts, keyOf, tableOf, type Held } from './held-parts';
import type { MirrorFiles } from './mirror-files';
import { PartFiles } from './part-files';
import { isPatched, patchPart, readPart } from './read-columns';
import { Rehearsals } from './rehearsals';
import { SpareTime } from './spare-time';

/** Above so many changed contacts a part is read anew. */
const mostChanged = 2000;
/** What is held at most. A million contacts take 4 MB a field with few values and 8 MB a number, an event 12 to 24 bytes. */
const mostBytes = 400_000_000;

export interface MirrorOptions {
	/** Parts are read when nobody has asked anything for so many milliseconds: what is on the page comes first. */
	readonly rest?: number;
	/** Where they are kept from one start to the next. */
	readonly files?: MirrorFiles | undefined;
	/** From so many changed contacts on, those of a field are read again, so that it need not be read whole. */
	readonly worthPatching?: number;
	/** Files are brought up to date when so many have changed, well before the database forgets whom. */
	readonly worthSaving?: number;
}

/**
 * Columns of the database held in memory, which answer conditions some ten times faster than it. What is asked for is
 * taken from its file, or read when there is time, a little at once; until then, and for what a mirror does not hold,
 * the database answers. A write only notes whom it changed: what those are is asked of the database, about them alone,
 * until there is time to read them again. Bulk work drops everything.
 */
export class Mirrors {
	readonly #database: Database;
	readonly #spare: SpareTime;
	readonly #worthPatching: number;
	readonly #worthSaving: number;
	readonly #files: PartFiles | undefined;
	readonly #held = new HeldParts(mostBytes);
	readonly #tallies = new Tallies();
	readonly #rehearsals = new Rehearsals();
	readonly #wanted = new Map<string, MirrorPart>();
	readonly #loading = new Map<string, Promise<void>>();
	/** What is on its way, and the contacts that changed meanwhile. A part may come twice: from its file and from a reading. */
	readonly #coming = new Set<Pick<Held, 'part' | 'changed'>>();
	/** Rises with bulk work, so that what was read before it is not held. */
	#epoch = 0;
	#isTidy = false;
	/** How many contacts have changed since files were brought up to date. */
	#unsaved = 0;

	constructor(
		database: Database,
		{ rest = 1000, files, worthPatching = 200, worthSaving = 1000 }: MirrorOptions = {}
	) {
		this.#database = database;
		this.#spare = new SpareTime(rest, () => this.#work());
		this.#worthPatching = worthPatching;
		this.#worthSaving = worthSaving;
		this.#files = files && new PartFiles(database, files);
		database.onchange((change) => this.#note(change));
	}

	has(parts: readonly MirrorPart[]): boolean {
		return parts.every((part) => this.#held.get(keyOf(part))?.column !== undefined);
	}

	/**
	 * The set as it was when its parts were read, and the contacts of which that may be wrong by now. Nothing where a part
	 * is not there: it is read later.
	 */
	scan(scan: Scan, size: number): { set: Bitmap; changed: Set<number> } | undefined {
		const { parts, run } = scan;
		this.#spare.ask();
		this.expect(scan, size);
		if (!this.has(parts)) return;
		for (const part of parts) this.#held.use(keyOf(part));
		const set = run(this.#mirror(size, this.#tallies));
		const changed = parts.flatMap((part) => [...this.#held.get(keyOf(part))!.changed]);
		return set && { set, changed: new Set(changed) };
	}

	/** Only parts that are there may be asked of it. */
	#mirror(size: number, tallies: Tallies): Mirror {
		const column = (part: MirrorPart) => this.#held.get(keyOf(part))!.column!;
		return {
			size,
			everyone: () => column({ type: 'everyone' }) as EveryoneColumn,
			field: (part) => column(part) as FieldColumn, // kept under the part's own key
			events: (part) => column(part) as EventColumns,
			groups: (part) => column(part) as GroupsColumn,
			tallies
		};
	}

	/** Has its parts read, and rehearses the question, when there is time. */
	expect(scan: Scan, size: number): void {
		if (this.#rehearsals.add(scan, size)) this.#spare.tend();
		if (scan.parts.some((part) => !this.#held.get(keyOf(part)))) this.want(scan.parts);
	}

	/** Resolves when those of the parts that have a file are there: that is sooner than the database would answer. */
	async load(parts: readonly MirrorPart[]): Promise<void> {
		const files = this.#files;
		if (!files) return;
		await Promise.all(parts.map((part) => this.#load(part, files)));
		if (!this.#isTidy) this.#spare.tend();
	}

	/** Has these parts read when there is time. */
	want(parts: readonly MirrorPart[]): void {
		for (const part of parts) if (!this.#held.get(keyOf(part))) this.#wanted.set(keyOf(part), part);
		this.#spare.tend();
	}

	/** Forgets all that was read; resolves when it is gone from the disk too. */
	async forget(): Promise<void> {
		this.#epoch++;
		this.#held.clear();
		this.#tallies.clear();
		await this.#files?.clear();
	}

	/**
	 * Does a write that erases, when no file is there that may have what it erases. What is in memory stays, with those the
	 * write changed noted like those of any other, and is saved without them when there is time.
	 */
	async erasing<T>(erase: () => Promise<T>): Promise<T> {
		if (!this.#files) return erase();
		try {
			return await this.#files.erasing(erase);
		} finally {
			this.#unsaved = this.#worthSaving;
			this.#spare.tend();
		}
	}

	/** Resolves when all that is wanted was read, and saved. */
	settled(): Promise<void> {
		return this.#spare.settled();
	}

	#load(part: MirrorPart, files: PartFiles): Promise<void> | undefined {
		const key = keyOf(part);
		if (this.#held.get(key)) return;
		const loading =
			this.#loading.get(key) ??
			this.#bring(part, () => files.load(part)).finally(() => this.#loading.delete(key));
		this.#loading.set(key, loading);
		return loading;
	}

	async #work(): Promise<void> {
		for (let [next] = this.#wanted; next; [next] = this.#wanted) {
			const [key, part] = next;
			this.#wanted.delete(key);
			await this.load([part]);
			if (!this.#held.get(key)) await this.#read(part);
		}
		for (const held of this.#held.all())
			if (held.changed.size >= this.#worthPatching) await this.#patch(held);
		if (this.#unsaved >= this.#worthSaving) await this.#saveAll();
		if (!this.#isTidy) await this.#files?.tidy(Date.now());
		this.#isTidy = true;
		await this.#rehearsals.run(
			(parts) => this.has(parts),
			({ scan, size }) => {
				const set = scan.run(this.#mirror(size, new Tallies()));
				void set?.and(set).count;
			},
			() => pause(0)
		);
	}

	async #read(part: MirrorPart): Promise<void> {
		await this.#bring(part, async () => {
			const version = await versionOf(this.#database);
			const column = await readPart(this.#database, part, () => pause(0));
			return { part, column, version, changed: new Set(), isSaved: false };
		});
		await this.#save(keyOf(part));
	}

	/** Reads again those who changed, if it can be: also by a write that is stored, and of which nobody has heard yet. */
	async #patch({ part, column, changed, version: since }: Held): Promise<void> {
		if (!isPatched(part) || !column) return;
		const touched = await touchedSince(this.#database, since);
		if (!touched) return this.#read(part);
		await this.#bring(part, async () => {
			const { version, cnos } = touched;
			const stale = new Set([...changed, ...(cnos.get(tableOf(part)) ?? [])]);
			const patched = await patchPart(this.#database, part, column, [...stale]);
			return { part, column: patched, version, changed: new Set(), isSaved: false };
		});
	}

	/** Holds a part as it comes, with those who changed meanwhile, unless that is everybody. */
	async #bring(part: MirrorPart, come: () => Promise<Held | undefined>): Promise<void> {
		const key = keyOf(part);
		const epoch = this.#epoch;
		const coming = { part, changed: new Set<number>() };
		this.#coming.add(coming);
		try {
			const held = await come();
			if (!held || epoch !== this.#epoch) return;
			const changed = new Set([...held.changed, ...coming.changed]);
			if (changed.size <= mostChanged) this.#held.hold(key, { ...held, changed });
		} catch {
			// The database answers in its place, and says what is wrong with it.
		} finally {
			this.#coming.delete(coming);
		}
	}

	async #save(key: string): Promise<void> {
		const held = this.#held.get(key);
		if (!held || !this.#files || !(await this.#files.save(held))) return;
		if (this.#held.get(key) === held) this.#held.hold(key, { ...held, isSaved: true });
	}

	/** Brings every file up to date, so that the database may forget who changed until now. */
	async #saveAll(): Promise<void> {
		this.#unsaved = 0;
		for (const held of this.#held.all()) {
			const { part, version, isSaved } = held;
			const key = keyOf(part);
			const touched = await touchedSince(this.#database, version).catch(() => undefined);
			const isSame = touched && !touched.cnos.has(tableOf(part));
			if (isSame && this.#held.get(key) === held)
				this.#held.hold(key, { ...held, version: touched.version });
			if (isSame && isSaved && (await this.#files?.stamp(part, touched.version))) continue;
			if (!isSame && isPatched(part)) await this.#patch(held);
			if (!isSame && !isPatched(part)) await this.#read(part);
			else await this.#save(key);
		}
	}

	#note(change: Change): void {
		if (change.type === 'everything') return void this.forget();
		const { tables, cnos } = change;
		for (const { part, changed } of [...this.#coming, ...this.#held.all()]) {
			if (!tables.has(tableOf(part))) continue;
			for (const cno of cnos) changed.add(cno);
			if (changed.size >= this.#worthPatching) this.#spare.tend();
		}
		for (const { part, changed } of this.#held.all())
			if (changed.size > mostChanged) this.#held.drop(keyOf(part));
		this.#unsaved += cnos.length;
		if (this.#unsaved >= this.#worthSaving) this.#spare.tend();
	}
}
