import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { createSql, piecesOf, tableNames } from '../tables';
import { answer, counted, Stopwatch } from './answer';

/** DuckDB-WASM in memory, in its own worker below this one: the bundle with exceptions, single-threaded. */
const opened = open();

async function open() {
	const database = new AsyncDuckDB(new VoidLogger(), new Worker(workerUrl));
	await database.instantiate(new URL(wasmUrl, location.href).href);
	return { database, connection: await database.connect() };
}

answer({
	async load(size) {
		const { database, connection } = await opened;
		for (const table of tableNames) await connection.query(createSql(table, 'duckdb'));
		const [contacts, events] = [new Stopwatch(), new Stopwatch()];
		for (const { table, text } of piecesOf(size)) {
			await database.registerFileText('piece.csv', text);
			await (table === 'event' ? events : contacts).time(() =>
				connection.query(`copy ${table} from 'piece.csv' (header false)`)
			);
			await database.dropFile('piece.csv');
		}
		return { contacts: contacts.ms, events: events.ms, ready: 0 };
	},

	async count(sql) {
		const { connection } = await opened;
		return counted(async () => {
			const table = await connection.query(sql);
			return Number(table.get(0)?.['n']);
		});
	}
});
