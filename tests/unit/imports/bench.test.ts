import { test, expect } from 'vitest';
import { PGlite } from '@electric-sql/pglite';
import { readFile } from 'node:fs/promises';
import { openDatabase } from '$lib/db/pglite';
import { migrate } from '$lib/db/migrate';
import { importApi } from '$lib/imports/queries';
import { carefulMerging } from '$lib/imports/mapping';
import { standardFields } from '$lib/fields/field';
import { builtInEventTypes } from '$lib/events/event-type';

const cpu = () => {
	const u = process.cpuUsage();
	return (u.user + u.system) / 1000;
};
const definitions = {
	fields: new Map(standardFields.map((f) => [f.id, f])),
	eventTypes: new Map(builtInEventTypes.map((t) => [t.id, t])),
	tags: new Map(),
	lists: new Map()
};
test('bench', async () => {
	const slim = await readFile('src/lib/engine/slim-pgdata.tar.gz');
	const pg = await PGlite.create({
		dataDir: 'memory://',
		loadDataDir: new Blob([new Uint8Array(slim)], { type: 'application/x-gzip' }),
		postgresqlconf: ['file_extend_method=write_zeros', 'shared_buffers=64MB']
	});
	const database = openDatabase(pg);
	await migrate(database);
	const times: Record<string, [number, number, number]> = {};
	const q = pg.query.bind(pg);
	const tx0 = pg.transaction.bind(pg);
	(pg as any).transaction = (work: any) =>
		tx0((tx: any) =>
			work({
				...tx,
				query: async (text: string, params: any, o: any) => {
					const t = performance.now(),
						c = cpu();
					try {
						return await tx.query(text, params, o);
					} finally {
						const k = text.trim().replace(/\s+/g, ' ').slice(0, 60);
						const [a, b, n] = times[k] ?? [0, 0, 0];
						times[k] = [a + performance.now() - t, b + cpu() - c, n + 1];
					}
				}
			})
		);
	const steps: Record<string, [number, number]> = {};
	let from = [performance.now(), cpu()];
	let lastStep = '';
	const mark = (step: string) => {
		const now = [performance.now(), cpu()];
		if (lastStep) {
			const [a, b] = steps[lastStep] ?? [0, 0];
			steps[lastStep] = [a + now[0]! - from[0]!, b + now[1]! - from[1]!];
		}
		lastStep = step;
		from = now;
	};
	const api = importApi(database, (news) => {
		if (news.type === 'progress' && news.step !== lastStep) mark(news.step!);
	});
	const N = 100_000;
	const lines = [
		'Email,First Name,Last Name,Phone,Company,City,Country,Postcode,Accepts Email Marketing,Created At,Plan,Seats'
	];
	for (let i = 0; i < N; i++)
		lines.push(
			`Person${(i * 7919) % N}@Example${i % 50}.com,Frantisek${i % 1000},Wichterlová${i % 3000},+41 79 ${i},"Company, ${i % 500}",Zürich,Switzerland,8000,yes,2024-0${1 + (i % 9)}-0${1 + (i % 9)} 12:${String(i % 60).padStart(2, '0')},plan ${i % 7},${i % 90}`
		);
	const file = new File([lines.join('\n')], 'people.csv');
	console.log('MB', file.size / 1e6);
	let t = performance.now(),
		c = cpu();
	const a = await api.analyseFile(file, {}, definitions as never);
	if (!a.ok) throw new Error(JSON.stringify(a));
	console.log(
		'analyse',
		performance.now() - t,
		cpu() - c,
		a.value.mapping.columns.map((c) => JSON.stringify(c.target)).join('\n')
	);
	const plan = {
		id: 'run1',
		dialect: a.value.dialect,
		mapping: a.value.mapping,
		merging: { ...carefulMerging, tags: ['t1'] },
		definitions: definitions as never,
		zone: 'Europe/Zurich',
		at: '2026-01-15T10:00:00.000Z',
		rows: N,
		limits: null
	};
	t = performance.now();
	c = cpu();
	const check = await api.checkImport('c', file, plan);
	mark('');
	console.log(
		'check',
		performance.now() - t,
		cpu() - c,
		check.status === 'done' && check.value.counts,
		check,
		steps
	);
	for (const k of Object.keys(steps)) delete steps[k];
	t = performance.now();
	c = cpu();
	const run = await api.runImport(new File([lines.join('\n')], 'people2.csv'), plan);
	mark('');
	const ms = performance.now() - t;
	console.log(
		'run',
		ms,
		cpu() - c,
		run.status === 'done' && run.value.counts,
		steps,
		'rows/s',
		(N / ms) * 1000,
		times
	);
	for (const k of Object.keys(times)) delete times[k];
	for (const k of Object.keys(steps)) delete steps[k];
	t = performance.now();
	c = cpu();
	const again = await api.runImport(
		new File([lines.join('\n').replaceAll('plan', 'pln')], 'people3.csv'),
		{ ...plan, id: 'run2', merging: { ...plan.merging, policy: 'overwrite' } }
	);
	mark('');
	console.log(
		'update',
		performance.now() - t,
		cpu() - c,
		again.status === 'done' && again.value.counts,
		steps,
		times
	);
	for (const k of Object.keys(times)) delete times[k];
	for (const id of ['run2', 'run1']) {
		t = performance.now();
		c = cpu();
		const undo = await api.undoImport(id, definitions.fields as never, '2026-01-16T10:00:00.000Z');
		console.log('undo', performance.now() - t, cpu() - c, undo, times);
		for (const k of Object.keys(times)) delete times[k];
	}
	await pg.close();
}, 600000);
