import { sizeFor, type Bitmap } from '$lib/bitmap';
import type { Change, Database } from '$lib/db/db';
import type { Table } from '$lib/rules/conditions/kind';
import type { Condition } from '$lib/rules/conditions/registry';
import { scanOf } from '$lib/rules/conditions/scans';
import { everyoneScan } from '$lib/rules/mirror/scan';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { changedMembers } from './changed-members';
import type { Members } from './evaluate';
import {
	askOf,
	concernedSince,
	keptOf,
	keptSet,
	membersOf,
	movedTo,
	type Ask,
	type Kept,
	type KeptSet
} from './kept-answer';
import { Mirrors } from './mirrors';
import { nextChange } from './next-change';
import { bitmapOf, bitmapsOf, contactsOf } from './read-sets';

/** Bitmaps kept at most: at a million contacts each is 125 kB. */
const maxKept = 400;
/** Above so many changed contacts, asking about everybody takes no longer. */
const maxChanged = 5000;
/** Sets asked for in one pass through the contacts: each is held as a text of numbers while it lasts. */
const passesAtOnce = 25;

const everyoneSql = sql`select cno from contact where archived_at is null`;

/**
 * Members of conditions as bitmaps, asked of the database once and kept. What a write changed is noted, and only when a
 * set is asked for again are those contacts re-asked. As time passes it is alike: a set of another moment is brought to
 * the one that is asked about by asking about those contacts alone that an end of a window went past in between, whichever
 * way and however far. Bulk work forgets everything.
 */
export class MemberCache {
	readonly #database: Database;
	readonly #mirrors: Mirrors;
	/** The one used last comes last. */
	readonly #kept = new Map<string, Kept>();
	#everyone: KeptSet | undefined;
	#size = 0;
	/** Rises with every change, so that an answer asked for before it is not kept. */
	#version = 0;

	constructor(database: Database, mirrors: Mirrors = new Mirrors(database)) {
		this.#database = database;
		this.#mirrors = mirrors;
		database.onchange((change) => this.#note(change));
	}

	/** Forgets all answers, so that the next question asks the database again. */
	forget(): void {
		this.#version++;
		this.#kept.clear();
		this.#everyone = undefined;
	}

	/** Forgets the answers of conditions that read a table which changed unnoted. Gives whether there were any. */
	forgetReading(table: Table): boolean {
		const reading = [...this.#kept].filter(([, { reads }]) => reads.includes(table));
		if (reading.length > 0) this.#version++;
		for (const [key] of reading) this.#kept.delete(key);
		return reading.length > 0;
	}

	/** The members as they are after every change so far, at one moment. */
	async at(moment: Moment): Promise<Members> {
		const everyone = await this.#all();
		const asks = new Map<Condition, Ask>();
		const askFor = (condition: Condition): Ask => {
			const ask = asks.get(condition) ?? askOf(condition, moment);
			asks.set(condition, ask);
			return ask;
		};
		return {
			everyone,
			prepare: (conditions) => this.#prepare(conditions.map(askFor)),
			of: async (condition) => {
				const ask = askFor(condition);
				const answer = await this.#ask(ask);
				await this.#upToDate(answer);
				return membersOf(answer, ask.negated, everyone);
			}
		};
	}

	/**
	 * The moment, in epoch milliseconds, until which the members of none of these conditions change unless somebody writes;
	 * at most the end of the local day.
	 */
	nextChange(conditions: readonly Condition[], moment: Moment): Promise<number> {
		return nextChange(this.#database, conditions, moment);
	}

	async #all(): Promise<Bitmap> {
		if (this.#everyone) return this.#upToDate(this.#everyone);
		await this.#mirrors.load(everyoneScan.parts);
		const version = this.#version;
		const [row] = await this.#database.rows<{ size: number }>(
			sql`select coalesce(max(cno) + 1, 0)::int as size from contact`
		);
		this.#size = Math.max(this.#size, row!.size);
		const scanned = this.#mirrors.scan(everyoneScan, this.#size);
		if (scanned) {
			const { set, changed } = scanned;
			this.#everyone = { ...keptSet(everyoneSql, ['contact'], set), changed };
			return this.#upToDate(this.#everyone);
		}
		const set = await bitmapOf(this.#database, everyoneSql, this.#size);
		if (version === this.#version) this.#everyone = keptSet(everyoneSql, ['contact'], set);
		return set;
	}

	/**
	 * Asks together for what would take a pass through the whole table each, for whom the passing of time concerns, and for
	 * what those have become that changed.
	 */
	async #prepare(asks: readonly Ask[]): Promise<void> {
		const old = asks.filter((ask) => !this.#isOfNow(ask));
		await this.#mirrors.load(
			old.flatMap(({ condition, moment }) => scanOf(condition, moment)?.parts ?? [])
		);
		await this.#move(old.filter(({ compiled }) => !compiled.where));
		const known = asks.flatMap(({ key }) => this.#kept.get(key) ?? []);
		const due = new Set(known.filter(({ changed, patching }) => changed.size > 0 && !patching));
		if (due.size > 1) this.#patch([...due]);
		const passes = new Map<string, Ask>();
		for (const ask of old) {
			const scan = scanOf(ask.condition, ask.moment);
			if (scan && this.#mirrors.has(scan.parts)) continue;
			if (scan) this.#mirrors.expect(scan, this.#size);
			if (ask.compiled.where && !this.#isCurrent(ask)) passes.set(ask.key, ask);
		}
		const wanted = [...passes.values()];
		if (wanted.length < 2) return;
		for (let from = 0; from < wanted.length; from += passesAtOnce) {
			const some = wanted.slice(from, from + passesAtOnce);
			const version = this.#version;
			const sets = await bitmapsOf(
				this.#database,
				some.map(({ compiled }) => compiled.where!), // seen above
				this.#size
			);
			if (version !== this.#version) return;
			for (const [i, ask] of some.entries()) this.#keep(ask.key, keptOf(ask, sets[i]!));
		}
	}

	/** Whether the answer that is kept is of the moment it is asked for. */
	#isOfNow({ key, moment }: Ask): boolean {
		return this.#kept.get(key)?.moment.now === moment.now;
	}

	/** Whether nobody need be asked about for time to have passed. */
	#isCurrent(ask: Ask): boolean {
		const known = this.#kept.get(ask.key);
		return known !== undefined && concernedSince(ask, known)?.length === 0;
	}

	/**
	 * Brings kept answers of other moments to the one that is asked about: whom an end of a window went past is noted as
	 * changed. Where that does not do, the answer is forgotten. Gives those that are of the moment now.
	 */
	async #move(asks: readonly Ask[]): Promise<readonly (Kept | undefined)[]> {
		const known = asks.map(({ key }) => this.#kept.get(key));
		const selects = asks.map((ask, i) => known[i] && concernedSince(ask, known[i]));
		const found = await contactsOf(
			this.#database,
			selects.flatMap((some) => some ?? []),
			maxChanged
		);
		let next = 0;
		return asks.map((ask, i) => {
			const cnos = selects[i]?.flatMap(() => found[next++]!);
			// Another question may have moved it meanwhile, or a write dropped it.
			if (!known[i] || this.#kept.get(ask.key) !== known[i]) return;
			this.#kept.delete(ask.key);
			if (!cnos || cnos.length > maxChanged || (cnos.length > 0 && known[i].relative)) return;
			const moved =
				known[i].moment.now === ask.moment.now ? known[i] : movedTo(ask, known[i], cnos);
			this.#keep(ask.key, moved);
			return moved;
		});
	}

	#keep(key: string, answer: Kept): Kept {
		this.#kept.delete(key);
		this.#kept.set(key, answer);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= maxKept) break;
			this.#kept.delete(oldest);
		}
		return answer;
	}

	async #ask(ask: Ask): Promise<Kept> {
		const { key, condition, moment } = ask;
		if (this.#isOfNow(ask)) return this.#keep(key, this.#kept.get(key)!);
		const { compiled } = ask;
		const scan = scanOf(condition, moment);
		if (scan) await this.#mirrors.load(scan.parts);
		const isScanned = compiled.where !== undefined && scan && this.#mirrors.has(scan.parts);
		while (this.#kept.has(key) && !(isScanned && !this.#isCurrent(ask))) {
			const [moved] = await this.#move([ask]);
			if (moved) return moved;
		}
		const scanned = scan && this.#mirrors.scan(scan, this.#size);
		if (scanned) return this.#keep(key, { ...keptOf(ask, scanned.set), changed: scanned.changed });
		const version = this.#version;
		const answer = keptOf(ask, await bitmapOf(this.#database, compiled.select, this.#size));
		return version === this.#version ? this.#keep(key, answer) : answer;
	}

	/** Notes whom a write changed; what they have become is asked when somebody wants to know. */
	#note(change: Change): void {
		if (change.type === 'everything') return this.forget();
		this.#version++;
		const { cnos, tables } = change;
		this.#size = Math.max(this.#size, sizeFor(cnos));
		/** Whether the answer can be mended; else it is asked for anew. */
		const noted = ({ reads, relative, changed }: KeptSet): boolean => {
			if (!reads.some((table) => tables.has(table))) return true;
			if (relative) return false;
			for (const cno of cnos) changed.add(cno);
			return changed.size <= maxChanged;
		};
		for (const [key, answer] of this.#kept) if (!noted(answer)) this.#kept.delete(key);
		if (this.#everyone && !noted(this.#everyone)) this.#everyone = undefined;
	}

	/** The set with every change so far taken in: also those that come while it is asked about the ones before. */
	async #upToDate(answer: KeptSet): Promise<Bitmap> {
		while (answer.changed.size > 0 || answer.patching) {
			if (!answer.patching) this.#patch([answer]);
			await answer.patching!.done;
		}
		return answer.set;
	}

	/** Asks together what those have become that changed since each of these answers. */
	#patch(answers: readonly KeptSet[]): void {
		const due = answers.map((answer) => ({ answer, cnos: [...answer.changed] }));
		const asked = changedMembers(
			this.#database,
			due.map(({ answer: { select, scan }, cnos }) => ({ select, scan, cnos }))
		);
		for (const [i, { answer, cnos }] of due.entries()) {
			answer.changed.clear();
			const done = asked.then(
				(found) => {
					answer.set = answer.set.except(cnos, found[i]!);
					answer.patching = undefined;
				},
				(error: unknown) => {
					// Whoever asked is told; the next to ask asks about these again.
					for (const cno of cnos) answer.changed.add(cno);
					answer.patching = undefined;
					throw error;
				}
			);
			done.catch(() => {}); // nobody may be waiting for this one
			answer.patching = { cnos, done };
		}
	}
}
