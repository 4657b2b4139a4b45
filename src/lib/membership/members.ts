import { Bitmap } from '$lib/bitmap';
import type { Change, Database, Queryable } from '$lib/db/db';
import { compileCondition } from '$lib/rules/compile';
import type { MemberSet, Table } from '$lib/rules/conditions/kind';
import { kindOf, type Condition } from '$lib/rules/conditions/registry';
import { scanOf } from '$lib/rules/conditions/scans';
import { everyoneScan } from '$lib/rules/mirror/scan';
import { join, render, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Members } from './evaluate';
import { Mirrors } from './mirrors';
import { numbersIn } from './numbers-in';

/** An answer, and the contacts that changed since it was asked for. */
interface Kept {
	readonly select: Sql;
	readonly reads: readonly Table[];
	/** Who is in it hangs on others too, so that no change of some contacts can mend it. */
	readonly relative: boolean;
	set: Bitmap;
	readonly changed: Set<number>;
	/** The question about those contacts, while it is under way. */
	patching: Promise<void> | undefined;
}

/** Bitmaps kept at most: at a million contacts each is 125 kB. */
const maxKept = 400;
/** Above so many changed contacts, asking about everybody takes no longer. */
const maxChanged = 5000;
/** Sets asked for in one pass through the contacts: each is held as a text of numbers while it lasts. */
const passesAtOnce = 25;

const everyoneSql = sql`select cno from contact where archived_at is null`;

/**
 * Members of conditions as bitmaps, asked of the database once and kept. What a write changed is noted, and only when a
 * set is asked for again are those contacts re-asked: a set of a moment that has passed costs nothing more. Bulk work
 * forgets everything. Sets are kept by their statement, which names the window's ends, so that a set is never taken for
 * that of another time.
 */
export class MemberCache {
	readonly #database: Database;
	readonly #mirrors: Mirrors;
	/** The one used last comes last. */
	readonly #kept = new Map<string, Kept>();
	#everyone: Kept | undefined;
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

	/** The members as they are after every change so far, at one moment. */
	async at(moment: Moment): Promise<Members> {
		const everyone = await this.#all();
		return {
			everyone,
			prepare: (conditions) => this.#prepare(conditions, moment),
			of: async (condition) => {
				const compiled = compileCondition(condition, moment);
				const set = await this.#ask(compiled, condition, moment);
				return compiled.negated ? everyone.minus(set) : set.and(everyone);
			}
		};
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
			this.#everyone = { ...kept(everyoneSql, ['contact'], set), changed };
			return this.#upToDate(this.#everyone);
		}
		const set = await bitmapOf(this.#database, everyoneSql, this.#size);
		if (version === this.#version) this.#everyone = kept(everyoneSql, ['contact'], set);
		return set;
	}

	/** Asks together for what would take a pass through the whole table each. */
	async #prepare(conditions: readonly Condition[], moment: Moment): Promise<void> {
		const wanted = new Map<string, Pass>();
		await this.#mirrors.load(conditions.flatMap((one) => scanOf(one, moment)?.parts ?? []));
		for (const condition of conditions) {
			const { select, where } = compileCondition(condition, moment);
			const key = keyOf(select);
			const scan = scanOf(condition, moment);
			if (scan && this.#mirrors.has(scan.parts)) continue;
			if (scan) this.#mirrors.want(scan.parts);
			if (where && !this.#kept.has(key)) wanted.set(key, { select, where, condition });
		}
		const passes = [...wanted];
		if (passes.length < 2) return;
		for (let from = 0; from < passes.length; from += passesAtOnce) {
			const some = passes.slice(from, from + passesAtOnce);
			const version = this.#version;
			const sets = await bitmapsOf(
				this.#database,
				some.map(([, { where }]) => where),
				this.#size
			);
			if (version !== this.#version) return;
			for (const [i, [key, { select, condition }]] of some.entries())
				this.#keep(key, kept(select, readsOf(condition), sets[i]!));
		}
	}

	#keep(key: string, answer: Kept): void {
		this.#kept.set(key, answer);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= maxKept) break;
			this.#kept.delete(oldest);
		}
	}

	async #ask(
		{ select, relative = false }: MemberSet,
		condition: Condition,
		moment: Moment
	): Promise<Bitmap> {
		const key = keyOf(select);
		const known = this.#kept.get(key);
		if (known) {
			this.#kept.delete(key);
			this.#kept.set(key, known);
			return this.#upToDate(known);
		}
		const scan = scanOf(condition, moment);
		if (scan) await this.#mirrors.load(scan.parts);
		const scanned = scan && this.#mirrors.scan(scan, this.#size);
		if (scanned) {
			const answer = { ...kept(select, readsOf(condition), scanned.set), changed: scanned.changed };
			this.#keep(key, answer);
			return this.#upToDate(answer);
		}
		const version = this.#version;
		const set = await bitmapOf(this.#database, select, this.#size);
		if (version === this.#version)
			this.#keep(key, { ...kept(select, readsOf(condition), set), relative });
		return set;
	}

	/** Notes whom a write changed; what they have become is asked when somebody wants to know. */
	#note(change: Change): void {
		if (change.type === 'everything') return this.forget();
		this.#version++;
		const { cnos, tables } = change;
		this.#size = cnos.reduce((size, cno) => Math.max(size, cno + 1), this.#size);
		/** Whether the answer can be mended; else it is asked for anew. */
		const noted = ({ reads, relative, changed }: Kept): boolean => {
			if (!reads.some((table) => tables.has(table))) return true;
			if (relative) return false;
			for (const cno of cnos) changed.add(cno);
			return changed.size <= maxChanged;
		};
		for (const [key, answer] of this.#kept) if (!noted(answer)) this.#kept.delete(key);
		if (this.#everyone && !noted(this.#everyone)) this.#everyone = undefined;
	}

	/** The set with every change so far taken in: also those that come while it is asked about the ones before. */
	async #upToDate(answer: Kept): Promise<Bitmap> {
		while (answer.changed.size > 0 || answer.patching) {
			answer.patching ??= this.#patch(answer);
			await answer.patching;
		}
		return answer.set;
	}

	async #patch(answer: Kept): Promise<void> {
		const cnos = [...answer.changed];
		const size = this.#size;
		answer.changed.clear();
		try {
			const now = await bitmapOf(
				this.#database,
				sql`select cno from (${answer.select}) as member where cno = any(${cnos}::int[])`,
				size
			);
			answer.set = patched(answer.set, cnos, now, size);
		} catch (error) {
			// Whoever asked is told; the next to ask asks about these again.
			for (const cno of cnos) answer.changed.add(cno);
			throw error;
		} finally {
			answer.patching = undefined;
		}
	}
}

interface Pass {
	readonly select: Sql;
	readonly where: Sql;
	readonly condition: Condition;
}

const keyOf = (select: Sql): string => JSON.stringify(render(select));

const kept = (select: Sql, reads: readonly Table[], set: Bitmap): Kept => ({
	select,
	reads,
	relative: false,
	set,
	changed: new Set(),
	patching: undefined
});

const readsOf = (condition: Condition): readonly Table[] => {
	const kind = kindOf(condition);
	return 'lower' in kind ? [] : kind.reads;
};

/** The set with the bits of `cnos` taken from `now`. */
function patched(set: Bitmap, cnos: readonly number[], now: Bitmap, size: number): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	words.set(set.words);
	for (const cno of cnos) {
		const bit = 1 << (cno & 31);
		if (now.has(cno)) words[cno >>> 5]! |= bit;
		else words[cno >>> 5]! &= ~bit;
	}
	return new Bitmap(words);
}

/** Asks for a set as one array in text: row objects would take twenty times as long. */
export async function bitmapOf(database: Queryable, select: Sql, size: number): Promise<Bitmap> {
	const [row] = await database.rows<{ cnos: string | null }>(
		sql`select array_agg(cno)::text as cnos from (${select}) as member`
	);
	return Bitmap.of(numbersIn(row?.cnos ?? '{}'), size);
}

/** Sets of contacts by predicates over the table, in one pass. */
async function bitmapsOf(
	database: Queryable,
	wheres: readonly Sql[],
	size: number
): Promise<Bitmap[]> {
	const each = wheres.map((where) => sql`(array_agg(cno) filter (where ${where}))::text`);
	const [row] = await database.rows<{ sets: (string | null)[] }>(
		sql`select array[${join(each, sql`, `)}] as sets from contact`
	);
	return row!.sets.map((cnos) => Bitmap.of(numbersIn(cnos ?? '{}'), size));
}
