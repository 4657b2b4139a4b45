import type { Database, Queryable } from '$lib/db/db';
import { unreachable } from '$lib/result';
import { sql, type Sql } from '$lib/sql';

/** What is done to many contacts at once. `to` and `from` name what a tag or a list is kept as. */
export type BulkAct =
	| { readonly type: 'add'; readonly to: Kept; readonly id: string }
	| { readonly type: 'remove'; readonly from: Kept; readonly id: string }
	| { readonly type: 'archive' }
	| { readonly type: 'restore' };

type Kept = 'tag' | 'list';

/** Contact numbers by the instant, ISO 8601, that something is so since. */
type Since = Readonly<Record<string, readonly number[]>>;

/** An act and the contacts it is done to: what changes, and the way back. Contacts it changes nothing of are left out. */
export type BulkChange =
	| { readonly type: 'add'; readonly to: Kept; readonly id: string; readonly since: Since }
	| {
			readonly type: 'remove';
			readonly from: Kept;
			readonly id: string;
			readonly cnos: readonly number[];
	  }
	| { readonly type: 'archive'; readonly since: Since }
	| { readonly type: 'restore'; readonly cnos: readonly number[] };

/** Contacts changed in one transaction: about a second, after which other questions get their turn. */
const slice = 50_000;

export function changeOf(act: BulkAct, cnos: readonly number[], now: number): BulkChange {
	const since = { [new Date(now).toISOString()]: cnos };
	if (act.type === 'add' || act.type === 'archive') return { ...act, since };
	return { ...act, cnos };
}

/**
 * Does something to contacts, slice by slice, once however often it is asked: who is meant, and what each slice has
 * changed, is stored under the write's id. Gives how many contacts changed. `onslice` hears of contacts looked at.
 */
export async function changeMany(
	database: Database,
	write: string,
	pick: () => Promise<readonly number[]>,
	change: (cnos: readonly number[]) => BulkChange,
	onslice: (done: number, total: number) => void
): Promise<number> {
	// Kept as well: what is done may itself change who is asked for, and a second call must go on with the same people.
	const picked = await pick();
	const cnos = await database.write(`${write} pick`, async () => picked);
	let count = 0;
	for (let from = 0; from < cnos.length; from += slice) {
		const undo = await database.write(changeId(write, from), (tx) =>
			apply(tx, change(cnos.slice(from, from + slice)))
		);
		count += sizeOf(undo);
		onslice(Math.min(from + slice, cnos.length), cnos.length);
	}
	return count;
}

/** Takes back all that a write has changed, and only that. Gives how many contacts changed. */
export async function takeBack(database: Database, write: string, of: string): Promise<number> {
	const changes = await database.rows<{ answer: BulkChange }>(
		sql`select answer from applied where starts_with(id, ${changeId(of, '')}) order by id`
	);
	let count = 0;
	for (const [i, { answer }] of changes.entries())
		count += sizeOf(await database.write(changeId(write, i), (tx) => apply(tx, answer)));
	return count;
}

const changeId = (write: string, part: number | string) => `${write} change ${part}`;

const sizeOf = (change: BulkChange): number =>
	'cnos' in change
		? change.cnos.length
		: Object.values(change.since).reduce((sum, cnos) => sum + cnos.length, 0);

/** Makes a change; gives the one that takes back what it has really changed. */
export async function apply(tx: Queryable, change: BulkChange): Promise<BulkChange> {
	switch (change.type) {
		case 'add': {
			const { to, id } = change;
			const cnos = await added(tx, change);
			return { type: 'remove', from: to, id, cnos };
		}
		case 'remove': {
			const { from, id, cnos } = change;
			const since = await sinceOf(tx, taken(from, id, cnos));
			return { type: 'add', to: from, id, since };
		}
		case 'archive': {
			const cnos: number[] = [];
			for (const [at, these] of Object.entries(change.since))
				cnos.push(
					...(await numbers(
						tx,
						sql`update contact set archived_at = ${at}::timestamptz
							where cno = any(${these}::int[]) and archived_at is null returning cno`
					))
				);
			return { type: 'restore', cnos };
		}
		case 'restore': {
			const since = await sinceOf(
				tx,
				sql`update contact set archived_at = null
					from (select cno as no, archived_at as at from contact where cno = any(${change.cnos}::int[])) as before
					where cno = before.no and archived_at is not null returning cno, before.at`
			);
			return { type: 'archive', since };
		}
		default:
			return unreachable(change);
	}
}

async function added(
	tx: Queryable,
	{ to, id, since }: BulkChange & { readonly type: 'add' }
): Promise<number[]> {
	const cnos: number[] = [];
	for (const [at, these] of Object.entries(since)) {
		const given = sql`select ${id}, cno, ${at}::timestamptz from contact where cno = any(${these}::int[])`;
		const insert =
			to === 'tag'
				? sql`insert into contact_tag(tag, cno, at) ${given} on conflict do nothing returning cno`
				: sql`insert into list_member(list, cno, at) ${given} on conflict do nothing returning cno`;
		cnos.push(...(await numbers(tx, insert)));
	}
	return cnos;
}

const taken = (from: Kept, id: string, cnos: readonly number[]): Sql =>
	from === 'tag'
		? sql`delete from contact_tag where tag = ${id} and cno = any(${cnos}::int[]) returning cno, at`
		: sql`delete from list_member where list = ${id} and cno = any(${cnos}::int[]) returning cno, at`;

/** One text in place of a row for each contact. */
async function numbers(tx: Queryable, returning: Sql): Promise<number[]> {
	const [row] = await tx.rows<{ cnos: string }>(
		sql`with touched as (${returning}) select coalesce(json_agg(cno), '[]')::text as cnos from touched`
	);
	return JSON.parse(row!.cnos) as number[];
}

async function sinceOf(tx: Queryable, returning: Sql): Promise<Since> {
	const rows = await tx.rows<{ at: Date; cnos: string }>(
		sql`with touched as (${returning}) select at, json_agg(cno)::text as cnos from touched group by at`
	);
	return Object.fromEntries(
		rows.map(({ at, cnos }) => [at.toISOString(), JSON.parse(cnos) as number[]])
	);
}
