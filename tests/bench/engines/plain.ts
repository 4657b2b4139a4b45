import type { BenchEngine } from './engine';
import { segments } from './segments';
import { openBench } from './site';

const plain = {
	'DuckDB-WASM': 'duckdb',
	'SQLite-WASM': 'sqlite'
} as const;

/** An engine in a browser that is given SQL. */
export async function openPlain(name: keyof typeof plain): Promise<BenchEngine> {
	const bench = await openBench(plain[name]);
	return {
		name,
		load: (size) => bench.page.evaluate((size) => window.plain.load(size), size),
		count: (segment, variant) =>
			bench.page.evaluate(
				(sql) => window.plain.count(sql),
				segments[segment].sql(variant, plain[name])
			),
		close: () => bench.close()
	};
}
