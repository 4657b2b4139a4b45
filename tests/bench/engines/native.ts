import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { noPostgres, startPostgres } from '../../fixtures/postgres-server';
import type { BenchEngine, Counted } from './engine';
import { segments } from './segments';
import { createSql, indexes, piecesOf, tableNames } from './tables';

export interface Native extends BenchEngine {
	ask(sql: string): Promise<Counted>;
}

/** What a server of its own would be given: more memory than a fresh installation takes. */
const settings = {
	shared_buffers: '2GB',
	work_mem: '64MB',
	maintenance_work_mem: '512MB',
	max_wal_size: '8GB',
	jit: 'off'
};

/** A server's Postgres on this machine; nothing where none is installed. */
export async function openNative(): Promise<Native | undefined> {
	if (noPostgres) return void console.log(`Postgres is not compared: ${noPostgres}.`);
	const server = await startPostgres(settings);
	const client = new Client({ connectionString: server.url });
	await client.connect();
	const ask = async (sql: string): Promise<Counted> => {
		const begin = performance.now();
		const { rows } = await client.query<{ n: string }>(sql);
		return { count: Number(rows[0]!.n), ms: performance.now() - begin };
	};
	const timed = async (work: Promise<unknown>) => {
		const begin = performance.now();
		await work;
		return performance.now() - begin;
	};
	return {
		name: 'Postgres',
		ask,
		async load(size) {
			const times = { contacts: 0, events: 0, ready: 0 };
			for (const table of tableNames) await client.query(createSql(table, 'postgres'));
			for (const { table, text } of piecesOf(size)) {
				const into = client.query(copyFrom(`copy ${table} from stdin csv`));
				times[table === 'event' ? 'events' : 'contacts'] += await timed(
					pipeline(Readable.from([text]), into)
				);
			}
			for (const sql of [...indexes.postgres, 'vacuum analyze'])
				times.ready += await timed(client.query(sql));
			return times;
		},
		count: (segment, variant) => ask(segments[segment].sql(variant, 'postgres')),
		async close() {
			await client.end();
			await server.stop();
		}
	};
}
