import { Bitmap } from '$lib/bitmap';
import type { Change, Database, Queryable } from '$lib/db/db';
import { compileCondition } from '$lib/rules/compile';
import type { Table } from '$lib/rules/conditions/kind';
import { kindOf, type Condition } from '$lib/rules/conditions/registry';
import { render, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Members } from './evaluate';

interface Kept {
	readonly select: Sql;
	readonly reads: readonly Table[];
	set: Bitmap;
}

/** Bitmaps kept at most: at a million contacts each is 125 kB. */
const maxKept = 400;

/**
 * Members of conditions as bitmaps, asked of the database once and kept. A write re-asks only the contacts it changed; bulk
 * work forgets everything. Sets are kept by their statement, which names the window's ends, so that a set is never
 * taken for that of another time.
 */
export class MemberCache {
	readonly #database: Database;
	readonly #kept = new Map<string, Kept>();
	#size = 0;
	#everyone: Bitmap | undefined;
	/** Rises with every change, so that an answer asked for before it is not kept. */
	#version = 0;
	#patching: Promise<void> = Promise.resolve();

	constructor(database: Database) {
		this.#database = database;
		database.onchange((change) => {
			this.#patching = this.#patching.then(() => this.#take(change));
		});
	}

	/** Resolves when every change so far has been taken in. */
	get settled(): Promise<void> {
		return this.#patching;
	}

	/** Forgets all answers, so that the next question asks the database again. */
	forget(): void {
		this.#version++;
		this.#kept.clear();
		this.#everyone = undefined;
	}

	/** The members as they are after every change so far, at one moment. */
	async at(moment: Moment): Promise<Members> {
		await this.#patching;
		const everyone = await this.#all();
		return {
			everyone,
			of: async (condition) => {
				const { select, negated } = compileCondition(condition, moment);
				const set = await this.#ask(select, condition);
				return negated ? everyone.minus(set) : set.and(everyone);
			}
		};
	}

	async #all(): Promise<Bitmap> {
		if (this.#everyone) return this.#everyone;
		const version = this.#version;
		const [row] = await this.#database.rows<{ size: number }>(
			sql`select coalesce(max(cno) + 1, 0)::int as size from contact`
		);
		this.#size = row!.size;
		const all = await bitmapOf(
			this.#database,
			sql`select cno from contact where archived_at is null`,
			this.#size
		);
		if (version === this.#version) this.#everyone = all;
		return all;
	}

	async #ask(select: Sql, condition: Condition): Promise<Bitmap> {
		const key = JSON.stringify(render(select));
		const kept = this.#kept.get(key);
		if (kept) {
			// Used last, forgotten last.
			this.#kept.delete(key);
			this.#kept.set(key, kept);
			return kept.set;
		}
		const version = this.#version;
		const set = await bitmapOf(this.#database, select, this.#size);
		if (version === this.#version) {
			this.#kept.set(key, { select, reads: readsOf(condition), set });
			for (const oldest of this.#kept.keys()) {
				if (this.#kept.size <= maxKept) break;
				this.#kept.delete(oldest);
			}
		}
		return set;
	}

	async #take(change: Change): Promise<void> {
		if (change.type === 'everything') return this.forget();
		this.#version++;
		const { cnos, tables } = change;
		const size = Math.max(this.#size, ...cnos.map((cno) => cno + 1));
		this.#size = size;
		const ask = async (select: Sql, set: Bitmap) =>
			patched(
				set,
				cnos,
				await bitmapOf(
					this.#database,
					sql`select cno from (${select}) as member where cno = any(${cnos}::int[])`,
					size
				),
				size
			);
		if (this.#everyone && tables.has('contact'))
			this.#everyone = await ask(
				sql`select cno from contact where archived_at is null`,
				this.#everyone
			);
		for (const kept of this.#kept.values())
			if (kept.reads.some((table) => tables.has(table)))
				kept.set = await ask(kept.select, kept.set);
	}
}

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

/** The numbers of `{1,22,333}`, read digit by digit. */
function* numbersIn(text: string): Generator<number> {
	let n = -1;
	for (let i = 0; i < text.length; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (digit >= 0 && digit <= 9) n = (n < 0 ? 0 : n * 10) + digit;
		else if (n >= 0) {
			yield n;
			n = -1;
		}
	}
}
