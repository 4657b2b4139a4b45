import type { DataSize } from '../data';
import { collect, rounded } from '../measure';
import { median } from '../percentile';
import { measureColdOpens, measureWarmOpens } from './app-at-size';
import type { BenchEngine } from './engine';
import * as goals from './goals';
import { memoryOf } from './memory';
import { openNative } from './native';
import { openPlain } from './plain';
import { rowsOf, type SizeRun } from './report';
import { sayData, table } from '../report';
import { compare, type Compared } from './rounds';
import { variants } from './segments';
import { buildPage } from './site';
import { openWinnow, pgliteOf } from './winnow';

/** Engines compared, and Winnow's goals measured, at each size in turn. The app must be built. */
export async function measureEngines(sizes: readonly DataSize[]): Promise<readonly SizeRun[]> {
	await buildPage();
	const runs: SizeRun[] = [];
	for (const size of sizes) {
		console.log(`Engines with ${sayData(size)}`);
		runs.push(await measureSize(size));
	}
	return runs;
}

async function measureSize(size: DataSize): Promise<SizeRun> {
	const engines: BenchEngine[] = [];
	const { measures, add } = collect();
	try {
		const winnow = await openWinnow();
		const memory = () => memoryOf(winnow.bench.context);
		engines.push(winnow, pgliteOf(winnow));
		await load(engines, size);
		const loading = await memory();
		const native = await openNative();
		const others = [await openPlain('DuckDB-WASM'), await openPlain('SQLite-WASM')];
		if (native) others.push(native);
		engines.push(...others);
		await load(others, size);

		add('Columns read into memory', await winnow.settle(), 'ms');
		const compared = await compare(engines, variants - 1);
		const measured = { data: size, segments: compared.map(medians), measures };
		for (const line of table(rowsOf(measured))) console.log(`  ${line}`);

		const measuring = { winnow, native, size, compared, add };
		goals.measureLoad(measuring);
		await goals.measureEdits(measuring);
		await goals.measureStructure(measuring);
		for (const engine of engines.splice(2)) await engine.close();
		await goals.measureCalls(measuring);
		goals.measureMemory(measuring, loading, await memory());
		await goals.measureWrites(measuring);
		await goals.measureExport(measuring);
		await measureWarmOpens(winnow, add);
		await measureColdOpens(add);
		return measured;
	} finally {
		for (const engine of engines) await engine.close();
	}
}

async function load(engines: readonly BenchEngine[], size: DataSize): Promise<void> {
	for (const engine of engines) {
		const { contacts, events, ready } = await engine.load(size);
		if (contacts + events === 0) continue; // it has another's tables
		console.log(
			`  ${engine.name} loaded: contacts ${seconds(contacts)}, events ${seconds(events)}, ready in ${seconds(ready)}`
		);
	}
}

const medians = ({ segment, count, ms }: Compared): SizeRun['segments'][number] => ({
	segment,
	count,
	ms: Object.fromEntries(Object.entries(ms).map(([name, times]) => [name, rounded(median(times))]))
});

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
