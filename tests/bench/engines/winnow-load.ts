import type { Database, Queryable } from '../../../src/lib/db/db';
import { tidy } from '../../../src/lib/db/noted';
import { sql, Sql } from '../../../src/lib/sql';
import type { DataSize } from '../data';
import { typeNo } from './tables';
import { piecesOfEvents, piecesOfPeople, type Piece, type WinnowTable } from './winnow-rows';

/** How long it took to fill Winnow's tables, in milliseconds. */
export interface WinnowLoaded {
	/** COPY into a staging table, without making what is copied. */
	readonly contacts: number;
	readonly events: number;
	/** From there into the tables, and their indexes made anew. */
	readonly mergeContacts: number;
	readonly mergeEvents: number;
	/** What an app does after bulk work. */
	readonly tidy: number;
	/** COPY of each million events, or what there was of it. */
	readonly steps: readonly number[];
}

type Staged = Exclude<WinnowTable, 'ref'>;

const tables: Readonly<Record<Staged, { readonly table: Sql; readonly staged: Sql }>> = {
	contact: { table: sql`contact`, staged: sql`staged_contact` },
	contact_tag: { table: sql`contact_tag`, staged: sql`staged_contact_tag` },
	list_member: { table: sql`list_member`, staged: sql`staged_list_member` },
	event: { table: sql`event`, staged: sql`staged_event` }
};

/** Fills the tables of an empty database. */
export async function loadWinnow(database: Database, size: DataSize): Promise<WinnowLoaded> {
	for (const [id, no] of Object.entries(typeNo))
		await database.run(sql`insert into event_type(no, id) values (${no}, ${id})`);
	const people = await copyAll(database, piecesOfPeople(size));
	const mergeContacts = await timed(async () => {
		for (const table of ['contact', 'contact_tag', 'list_member'] as const)
			await merge(database, table);
	});
	const events = await copyAll(database, piecesOfEvents(size));
	const mergeEvents = await timed(() => merge(database, 'event'));
	return {
		contacts: people.get('contact')!.reduce(sum, 0),
		events: events.get('event')!.reduce(sum, 0),
		...{ mergeContacts, mergeEvents },
		tidy: await timed(() => tidy(database)),
		steps: millions(events.get('event')!, size.events)
	};
}

const sum = (a: number, b: number) => a + b;

/** Copies the pieces in one transaction. Gives the milliseconds of each piece. */
async function copyAll(
	database: Database,
	pieces: Iterable<Piece>
): Promise<ReadonlyMap<WinnowTable, number[]>> {
	const times = new Map<WinnowTable, number[]>();
	await database.transaction(async (tx) => {
		for (const { table, file, isBinary } of pieces) {
			const isFirst = !times.has(table);
			if (table !== 'ref' && isFirst) {
				const { staged, table: like } = tables[table];
				await tx.run(sql`create unlogged table ${staged} (like ${like})`);
			}
			const into = table === 'ref' ? sql`ref` : tables[table].staged;
			const format = isBinary ? sql` (format binary)` : sql``;
			const ms = await timed(() => tx.copyIn(sql`copy ${into} from '/dev/blob'${format}`, file));
			times.set(table, [...(times.get(table) ?? []), ms]);
		}
	});
	return times;
}

/** Moves what is staged into its table. Its indexes, but for those of keys, are made once it is full. */
async function merge(database: Database, name: Staged): Promise<void> {
	const { table, staged } = tables[name];
	await database.bulk(async (tx) => {
		const indexes = await indexesOf(tx, name);
		for (const { name } of indexes) await tx.run(sql`drop index ${written(name)}`);
		await tx.run(sql`insert into ${table} select * from ${staged}`);
		for (const { definition } of indexes) await tx.run(written(definition));
		await tx.run(sql`drop table ${staged}`);
	});
}

const indexesOf = (tx: Queryable, table: string) =>
	tx.rows<{ name: string; definition: string }>(
		sql`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = ${table}::regclass and not indisunique`
	);

/** SQL that the database itself has written. */
const written = (text: string): Sql => new Sql([text], []);

/** The times of pieces as those of each million events. */
function millions(pieces: readonly number[], events: number): number[] {
	const steps = Math.max(1, Math.round(events / 1e6));
	const each = pieces.length / steps;
	return Array.from({ length: steps }, (_, i) =>
		pieces.slice(Math.round(i * each), Math.round((i + 1) * each)).reduce(sum, 0)
	);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
	const begin = performance.now();
	await work();
	return performance.now() - begin;
}
