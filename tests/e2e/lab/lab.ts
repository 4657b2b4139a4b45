import { Engine, type CallOptions } from '$lib/engine/engine';
import { spawnWorker } from '$lib/engine/spawn';
import type { createLab } from './worker';
import workerUrl from './worker?worker&url';

type Lab = ReturnType<typeof createLab>;

/** The app's engine, with the lab's methods. */
export type LabEngine = Omit<Engine, 'call' | 'callWith'> & {
	call<M extends keyof Lab>(method: M, ...args: Parameters<Lab[M]>): ReturnType<Lab[M]>;
	callWith<M extends keyof Lab>(
		options: CallOptions,
		method: M,
		...args: Parameters<Lab[M]>
	): ReturnType<Lab[M]>;
};

declare global {
	interface Window {
		engine: LabEngine;
		news: unknown[];
	}
}

const version = new URLSearchParams(location.search).get('version') ?? 'one';
const engine = new Engine('lab', { version, spawn: () => spawnWorker(workerUrl) });
window.news = [];
engine.onnews((news) => window.news.push(news));
window.engine = engine as unknown as LabEngine;
