import type { PGlite, Transaction } from '@electric-sql/pglite';
import { inline, sql, render, type Sql } from '$lib/sql';
import type { Table } from '$lib/rules/conditions/kind';
import { unnoted } from './noted';
import { touch, trimTouched } from './touched';
import { DeadDatabase, type Change, type Database, type Queryable } from './db';

/** Writes after which the log of changes is cut to what it needs. */
const writesBetweenTrims = 200;

/** PGlite behind the port. Nobody else calls it. */
export function openDatabase(pg: PGlite): Database {
	const listeners = new Set<(change: Change) => void>();
	const direct = queryable(pg);
	let writes = 0;

	const transaction = async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
		const answer = await guarded(() => pg.transaction((tx) => work(queryable(tx))));
		// On IndexedDB and in-memory stores COMMIT alone is not stored yet.
		await pg.syncToFs();
		return answer;
	};

	const tell = (change: Change) => {
		for (const listener of listeners) listener(change);
	};

	/** Reads and forgets the contacts noted by the triggers, and logs them, inside the transaction that changed them. */
	const takeDirty = async (tx: Queryable): Promise<Change | undefined> => {
		const noted = await tx.rows<{ what: Table; cnos: number[] }>(
			sql`with gone as (delete from dirty returning cno, what) select what, array_agg(distinct cno) as cnos from gone group by what`
		);
		if (noted.length === 0) return;
		await touch(tx, noted);
		if (writes++ % writesBetweenTrims === 0) await trimTouched(tx);
		return {
			type: 'contacts',
			tables: new Set(noted.map(({ what }) => what)),
			cnos: [...new Set(noted.flatMap(({ cnos }) => cnos))]
		};
	};

	return {
		...direct,
		transaction,

		async write(id, work) {
			let change: Change | undefined;
			const answer = await transaction(async (tx) => {
				const [seen] = await tx.rows<{ answer: never }>(
					sql`select answer from applied where id = ${id}`
				);
				if (seen) return seen.answer;
				const answer = await work(tx);
				await tx.run(
					sql`insert into applied(id, answer, at) values (${id}, ${JSON.stringify(answer ?? null)}::jsonb, now())`
				);
				change = await takeDirty(tx);
				return answer;
			});
			if (change) tell(change);
			return answer;
		},

		async bulk(work) {
			const answer = await transaction((tx) => unnoted(tx, work));
			tell({ type: 'everything' });
			return answer;
		},

		script: (text) => guarded(async () => (await pg.exec(text)).forEach(alive)),

		onchange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}

function queryable(pg: PGlite | Transaction): Queryable {
	const ask = async <Row>(query: Sql, blob?: Blob) => {
		const { text, params } = render(query);
		const answer = await guarded(() => pg.query<Row>(text, params, blob ? { blob } : undefined));
		return alive(answer);
	};
	return {
		async rows<Row>(query: Sql) {
			const { rows, fields } = await ask<Row>(query);
			// Every SELECT describes its columns. PGlite answers some failures with nothing at all, and no error:
			// taken for an answer, that would be "0 contacts match".
			if (fields.length === 0)
				throw new DeadDatabase('The database answered without describing its answer.');
			return rows;
		},
		run: async (statement) => (await ask(statement)).affectedRows ?? 0,
		copyIn: async (statement, data) => void (await ask(statement, data)),
		async copyOut(query) {
			// COPY takes no parameters: its query has them as literals.
			const text = `copy (${inline(query)}) to '/dev/blob' (format binary)`;
			const { blob } = alive(await guarded(() => pg.query(text)));
			if (!blob) throw new DeadDatabase('The database gave no file for COPY.');
			return blob.arrayBuffer();
		}
	};
}

/** Every answer names its command. Out of file handles, PGlite answers with nothing at all, and no error. */
function alive<Answer extends object>(answer: Answer): Answer {
	if (!('command' in answer)) throw new DeadDatabase('The database answered nothing.');
	return answer;
}

const dead = /^(XX000|26000)$/;

/** Tells failures after which PGlite cannot be trusted from ordinary ones. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const { code, message, name } = error as { code?: string; message?: string; name?: string };
		if (dead.test(code ?? '') || name === 'RuntimeError' || /Aborted/.test(message ?? ''))
			throw new DeadDatabase(message ?? 'The database stopped.', { cause: error });
		throw error;
	}
}
