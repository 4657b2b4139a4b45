import { createBirpc } from 'birpc';
import { Engine } from '$lib/engine/engine';
import { spawnWorker } from '$lib/engine/spawn';
import type { PlainEngine } from './answer';
import DuckDBWorker from './duckdb.worker?worker';
import SQLiteWorker from './sqlite.worker?worker';
import type { createWinnow } from './winnow.worker';
import winnowUrl from './winnow.worker?worker&url';

/** One engine's worker on a bare page; which one is in the address, behind the `#`. */

export type WinnowApi = ReturnType<typeof createWinnow>;

declare global {
	interface Window {
		/** The app's engine, with what the benchmark asks of it. */
		winnow: <M extends keyof WinnowApi>(
			method: M,
			...args: Parameters<WinnowApi[M]>
		) => ReturnType<WinnowApi[M]>;
		plain: PlainEngine;
	}
}

/** As the app at this address has it, so that the app finds what is loaded here. */
const namespace = 'winnow';

const open: Readonly<Record<string, () => void>> = {
	'#winnow'() {
		const engine = new Engine(namespace, {
			version: 'benchmark',
			spawn: () => spawnWorker(winnowUrl)
		});
		// The benchmark's methods stand beside those of the app, which is all that the engine knows of.
		const ask = engine.callWith.bind(engine) as unknown as (
			options: { deadline: null },
			...call: unknown[]
		) => Promise<never>;
		window.winnow = ((...call: unknown[]) => ask({ deadline: null }, ...call)) as Window['winnow'];
	},
	'#duckdb': () => (window.plain = remote(new DuckDBWorker())),
	'#sqlite': () => (window.plain = remote(new SQLiteWorker()))
};

const remote = (worker: Worker): PlainEngine =>
	createBirpc<PlainEngine>(
		{},
		{
			timeout: -1,
			post: (message) => worker.postMessage(message),
			on: (receive) => worker.addEventListener('message', ({ data }) => receive(data))
		}
	);

open[location.hash]!();
