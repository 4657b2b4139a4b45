import { Pool, types, type PoolClient } from 'pg';
import { render, type Sql } from '$lib/sql';
import type { Asked, Database } from './database';
import { say, whyOf } from './say';

/** `int8` as a number, as PGlite gives it: ours all fit. */
types.setTypeParser(types.builtins.INT8, Number);

const schema = 'winnow_relay';

/** A server's Postgres (15 or newer), in a schema of its own. What is lost on the way there is opened anew. */
export async function openServer(url: string): Promise<Database> {
	const pool = new Pool({
		connectionString: url,
		application_name: 'winnow relay',
		max: 8,
		connectionTimeoutMillis: 5_000,
		// A server that is gone without a word would otherwise be waited for for ever.
		query_timeout: 60_000,
		keepAlive: true,
		options: `-c search_path=${schema} -c timezone=UTC -c jit=off`
	});
	// Of a connection that nobody uses at present: it is replaced.
	pool.on('error', (error) => say('warn', 'database lost', { why: whyOf(error) }));
	await pool.query(
		`do $$ begin perform pg_advisory_xact_lock(4455000); create schema if not exists ${schema}; end $$`
	);
	return {
		...asked(pool),
		async transaction(work) {
			const client = await pool.connect();
			let broken: Error | undefined;
			try {
				await client.query('begin');
				const answer = await work(asked(client));
				await client.query('commit');
				return answer;
			} catch (error) {
				await client.query('rollback').catch((lost: Error) => (broken = lost));
				throw error;
			} finally {
				client.release(broken);
			}
		},
		close: () => pool.end()
	};
}

function asked(on: Pool | PoolClient): Asked {
	return {
		async rows<Row>(query: Sql) {
			const { text, params } = render(query);
			return (await on.query(text, params)).rows as Row[];
		},
		async run(statement) {
			const { text, params } = render(statement);
			return (await on.query(text, params)).rowCount ?? 0;
		},
		script: async (text) => void (await on.query(text))
	};
}
