import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { migrate } from '$lib/db/migrate';
import { migrations } from '$lib/db/migrations';
import { openDatabase } from '$lib/db/pglite';

async function shipped(name: string): Promise<PGlite> {
	const archive = await readFile(`src/lib/engine/${name}`);
	return PGlite.create({ loadDataDir: new Blob([new Uint8Array(archive)]) });
}

const columns = `
	select table_name, column_name, data_type from information_schema.columns
	where table_schema = 'public' order by 1, 2`;

// Where it fails, `npm run build` makes it anew.
test('a new database has the tables of every migration, as one has that went through all of them', async () => {
	const [ready, bare] = [await shipped('ready-pgdata.tar.gz'), await shipped('slim-pgdata.tar.gz')];
	expect(await migrate(openDatabase(ready), migrations)).toEqual({ status: 'current', applied: 0 });
	const applied = migrations.length;
	expect(await migrate(openDatabase(bare), migrations)).toEqual({ status: 'current', applied });
	const tables = await bare.query(columns);
	expect(tables.rows.length).toBeGreaterThan(50);
	expect((await ready.query(columns)).rows).toEqual(tables.rows);
	await Promise.all([ready.close(), bare.close()]);
});
