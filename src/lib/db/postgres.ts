import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Client, types } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { inline, render, type Sql } from '$lib/sql';
import type { Queryable, Session } from './db';

/** `int8` as a number, as PGlite gives it: ours all fit. */
types.setTypeParser(types.builtins.INT8, Number);

/** A server's Postgres (15 or newer), in a schema of its own, which is made if it is not there. */
export async function openPostgres(
	url: string,
	schema: string
): Promise<Session & { close(): Promise<void> }> {
	if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
		throw new Error(`"${schema}" is no name for a schema.`);
	const client = new Client({ connectionString: url, application_name: 'winnow' });
	await client.connect();
	// Compiling a plan takes longer than any of ours takes to run.
	await client.query(
		`create schema if not exists ${schema}; set search_path to ${schema}; set time zone 'UTC'; set jit = off`
	);
	const direct = queryable(client);
	return {
		...direct,
		async transaction(work) {
			await client.query('begin');
			try {
				const answer = await work(direct);
				await client.query('commit');
				return answer;
			} catch (error) {
				await client.query('rollback');
				throw error;
			}
		},
		script: async (text) => void (await client.query(text)),
		close: () => client.end()
	};
}

function queryable(client: Client): Queryable {
	const ask = (statement: Sql) => {
		const { text, params } = render(statement);
		return client.query(text, params);
	};
	return {
		rows: async <Row>(query: Sql) => (await ask(query)).rows as Row[],
		run: async (statement) => (await ask(statement)).rowCount ?? 0,
		async copyIn(statement, data) {
			const text = render(statement).text.replace(`from '/dev/blob'`, 'from stdin');
			await pipeline(Readable.fromWeb(data.stream()), client.query(copyFrom(text)));
		},
		async copyOut(query) {
			// COPY takes no parameters: its query has them as literals.
			const text = `copy (${inline(query)}) to stdout (format binary)`;
			const parts: Uint8Array<ArrayBuffer>[] = [];
			for await (const part of client.query(copyTo(text))) parts.push(new Uint8Array(part));
			return new Blob(parts).arrayBuffer();
		}
	};
}
