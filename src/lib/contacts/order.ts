import type { Database, Queryable } from '$lib/db/db';
import { isStandard, type Family } from '$lib/fields/field';
import { fieldSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';
import type { ContactSort } from './pick';

/** Orders kept at most: at a million contacts each is 4 MB. */
const maxKept = 4;
/** With more changed contacts than this, sorting anew is quicker than putting each in its place. */
const maxMoved = 20;
/** Contacts compared with at once while a place is looked for. */
const probes = 64;

interface Kept {
	cnos: Int32Array;
	/** Contacts written since, whose places are not known. */
	changed: Set<number>;
	unsorted: boolean;
}

/**
 * All contacts, archived ones too, in the orders that were asked for. Sorting half a million takes about a second, so an
 * order is kept, and a contact that was edited is put in its new place.
 */
export class ContactOrders {
	readonly #database: Database;
	readonly #kept = new Map<string, Kept>();

	constructor(database: Database) {
		this.#database = database;
		database.onchange((change) => {
			if (change.type === 'everything') this.#kept.clear();
			else if (change.tables.has('contact'))
				for (const { changed } of this.#kept.values())
					for (const cno of change.cnos) changed.add(cno);
		});
	}

	/** The numbers of all contacts, in order. */
	async at(sort: ContactSort): Promise<Int32Array> {
		const name = `${sort.by} ${sort.family ?? ''} ${sort.descending}`;
		const kept = this.#kept.get(name) ?? {
			cnos: new Int32Array(),
			changed: new Set<number>(),
			unsorted: true
		};
		this.#kept.delete(name);
		this.#kept.set(name, kept);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= maxKept) break;
			this.#kept.delete(oldest);
		}

		const { changed } = kept;
		if (!kept.unsorted && changed.size === 0) return kept.cnos;
		kept.changed = new Set();
		const by = orderSql(sort);
		kept.cnos =
			kept.unsorted || changed.size > maxMoved
				? await orderOf(this.#database, sort)
				: await moved(this.#database, kept.cnos, changed, by);
		// A write in the midst may have put things compared with elsewhere.
		kept.unsorted = kept.changed.size > 0;
		return kept.cnos;
	}
}

/** The numbers of all contacts, archived ones too, in order: asked anew. */
export const orderOf = (database: Queryable, sort: ContactSort): Promise<Int32Array> =>
	numbersOf(database, sql`select cno from contact order by ${orderSql(sort)}`);

/** An order in which some contacts may have to stand elsewhere, or have come or gone. */
async function moved(
	database: Queryable,
	order: Int32Array,
	changed: ReadonlySet<number>,
	by: Sql
): Promise<Int32Array> {
	const rest = order.filter((cno) => !changed.has(cno));
	const inOrder = (cnos: readonly number[]) =>
		numbersOf(
			database,
			sql`select cno from contact where cno = any(${cnos}::int[]) order by ${by}`
		);
	const placed: { readonly cno: number; readonly at: number }[] = [];
	let first = 0;
	for (const cno of await inOrder([...changed])) {
		let [low, high] = [first, rest.length];
		while (low < high) {
			const step = Math.ceil((high - low) / probes);
			const compared: number[] = [];
			for (let at = low; at < high; at += step) compared.push(rest[at]!);
			const before = (await inOrder([...compared, cno])).indexOf(cno);
			const next = low + before * step;
			low = before === 0 ? low : next - step + 1;
			high = Math.min(high, next);
		}
		placed.push({ cno, at: low });
		first = low;
	}

	const all = new Int32Array(rest.length + placed.length);
	let taken = 0;
	placed.forEach(({ cno, at }, i) => {
		all.set(rest.subarray(taken, at), taken + i);
		all[at + i] = cno;
		taken = at;
	});
	all.set(rest.subarray(taken), taken + placed.length);
	return all;
}

/** What `order by` takes; the number decides among equals, so that the order is always the same. */
function orderSql({ by, family = 'text', descending }: ContactSort): Sql {
	const value = by === 'name' ? shownName : collated(fieldSql(by, family), by, family);
	return descending ? sql`${value} desc nulls last, cno desc` : sql`${value} nulls last, cno`;
}

/** As `displayName` has it. */
const shownName = sql`coalesce(
	nullif(concat_ws(' ', first_name_key, last_name_key), ''), email_key, company_key) collate "C"`;

const textual: ReadonlySet<Family> = new Set(['text', 'select', 'date']);

/** The columns of standard fields have their collation; what is kept as JSON has none. */
const collated = (value: Sql, by: string, family: Family): Sql =>
	!isStandard(by) && textual.has(family) ? sql`(${value}) collate "C"` : sql`(${value})`;

/** One array in text: half a million row objects would take seconds. */
async function numbersOf(database: Queryable, select: Sql): Promise<Int32Array> {
	const [row] = await database.rows<{ cnos: string | null }>(
		sql`select array_agg(cno)::text as cnos from (${select}) as sorted`
	);
	const text = row?.cnos?.slice(1, -1);
	return text ? Int32Array.from(text.split(','), Number) : new Int32Array();
}
