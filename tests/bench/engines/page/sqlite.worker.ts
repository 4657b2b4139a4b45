import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { columnsOf, createSql, indexes, rowsOf, tableNames, type TableName } from '../tables';
import { answer, counted, Stopwatch } from './answer';

/** SQLite-WASM on the browser's own disk, by its pool of file handles: its fastest store that lasts. */
const opened = open();

async function open() {
	const sqlite = await sqlite3InitModule();
	const pool = await sqlite.installOpfsSAHPoolVfs({ clearOnInit: true });
	const database = new pool.OpfsSAHPoolDb('/bench.sqlite');
	database.exec(
		'pragma page_size = 8192; pragma locking_mode = exclusive; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536; pragma temp_store = memory'
	);
	return database;
}

answer({
	async load(size) {
		const database = await opened;
		const [contacts, events, ready] = [new Stopwatch(), new Stopwatch(), new Stopwatch()];
		for (const table of tableNames) database.exec(createSql(table, 'sqlite'));
		const insert = (table: TableName) =>
			database.prepare(
				`insert into ${table} values (${columnsOf(table)
					.map(() => '?')
					.join(', ')})`
			);
		const statements = new Map(tableNames.map((table) => [table, insert(table)]));
		database.exec('begin');
		const put = (rows: readonly Row[]) => {
			for (const { table, values } of rows)
				statements
					.get(table)!
					.bind([...values])
					.stepReset();
		};
		for (const { isEvent, rows } of partsOf(size))
			await (isEvent ? events : contacts).time(() => put(rows));
		database.exec('commit');
		for (const statement of statements.values()) statement.finalize();
		await ready.time(() => {
			for (const index of indexes.sqlite) database.exec(index);
			database.exec('analyze');
		});
		return { contacts: contacts.ms, events: events.ms, ready: ready.ms };
	},

	async count(sql) {
		const database = await opened;
		return counted(() => Number(database.selectValue(sql)));
	}
});

type Row = ReturnType<typeof rowsOf> extends Generator<infer R> ? R : never;

/** Rows some thousands at once, so that making them up is not measured. */
function* partsOf(size: Parameters<typeof rowsOf>[0]) {
	let rows: Row[] = [];
	let isEvent = false;
	for (const row of rowsOf(size)) {
		if (rows.length === 20_000 || (row.table === 'event') !== isEvent) {
			yield { isEvent, rows };
			rows = [];
			isEvent = row.table === 'event';
		}
		rows.push(row);
	}
	yield { isEvent, rows };
}
