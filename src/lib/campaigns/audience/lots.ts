import type { Database, Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';

/** Orders kept at most: at a million contacts each is 12 MB. */
const mostKept = 2;
/** Numbers of contacts fit in 25 bits, and 28 bits of a hash beside them in a whole number. */
const room = 2 ** 25;

/** All contacts in an order drawn by lot: the same for the same seed, and for everybody who is in it however many others are. */
export const lotOrder = async (database: Queryable, seed: string): Promise<Int32Array> =>
	orderOf((await ticketsOf(database, seed, sql`true`)).sort());

/** With more changed contacts than this, asking about everybody takes no longer. */
const mostChanged = 2000;

interface Kept {
	readonly tickets: Float64Array;
	readonly order: Int32Array;
	/** Contacts written since. */
	readonly changed: Set<number>;
}

/** The same, kept: after a write only those it changed are asked about, of whom some may be new. */
export class KnownLots {
	readonly #database: Database;
	readonly #kept = new Map<string, Kept>();
	/** Rises with every change, so that what was asked for before it is not kept. */
	#version = 0;

	constructor(database: Database) {
		this.#database = database;
		database.onchange((change) => {
			if (change.type === 'contacts' && !change.tables.has('contact')) return;
			this.#version++;
			for (const [seed, { changed }] of this.#kept) {
				if (change.type === 'contacts') for (const cno of change.cnos) changed.add(cno);
				if (change.type === 'everything' || changed.size > mostChanged) this.#kept.delete(seed);
			}
		});
	}

	async order(seed: string): Promise<Int32Array> {
		const known = this.#kept.get(seed);
		if (known?.changed.size === 0) return known.order;
		const version = this.#version;
		const changed = new Set(known?.changed);
		const where = known ? sql`cno = any(${[...changed]}::int[])` : sql`true`;
		const fresh = await ticketsOf(this.#database, seed, where);
		const rest = known?.tickets.filter((ticket) => !changed.has(ticket % room)) ?? [];
		const tickets = new Float64Array(rest.length + fresh.length);
		tickets.set(rest);
		tickets.set(fresh, rest.length);
		tickets.sort();
		const order = orderOf(tickets);
		if (version === this.#version) this.#keep(seed, { tickets, order, changed: new Set() });
		return order;
	}

	#keep(seed: string, kept: Kept): void {
		this.#kept.delete(seed);
		this.#kept.set(seed, kept);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= mostKept) break;
			this.#kept.delete(oldest);
		}
	}
}

/** What contacts are sorted by, each with its number. */
async function ticketsOf(database: Queryable, seed: string, where: Sql): Promise<Float64Array> {
	const hash = sql`sha256(convert_to(${`${seed}:`} || uid, 'UTF8'))`;
	const [row] = await database.rows<{ cnos: string | null; drawn: string | null }>(sql`
		select array_agg(cno)::text as cnos, array_agg(('x' || left(encode(${hash}, 'hex'), 7))::bit(28)::int)::text as drawn
		from contact where ${where}`);
	const cnos = numbers(row!.cnos);
	return numbers(row!.drawn).map((drawn, i) => drawn * room + cnos[i]!);
}

const orderOf = (tickets: Float64Array): Int32Array =>
	Int32Array.from(tickets, (ticket) => ticket % room);

/** Of an array in text. */
const numbers = (text: string | null): Float64Array =>
	text ? Float64Array.from(text.slice(1, -1).split(','), Number) : new Float64Array();
