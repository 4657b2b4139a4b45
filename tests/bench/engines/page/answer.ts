/// <reference lib="webworker" />
import { createBirpc } from 'birpc';
import type { DataSize } from '../../data';
import type { Counted, Loaded } from '../engine';

/** What is asked of the worker of an engine that is given SQL. */
export interface PlainEngine {
	load(size: DataSize): Promise<Loaded>;
	count(sql: string): Promise<Counted>;
}

declare const self: DedicatedWorkerGlobalScope;

/** Answers the page. */
export function answer(engine: PlainEngine): void {
	createBirpc<object, PlainEngine>(engine, {
		post: (message) => self.postMessage(message),
		on: (receive) => self.addEventListener('message', ({ data }) => receive(data))
	});
}

/** A count, and how long asking for it took. */
export async function counted(ask: () => number | Promise<number>): Promise<Counted> {
	const begin = performance.now();
	const count = await ask();
	return { count, ms: performance.now() - begin };
}

/** Adds up the time that work takes, in milliseconds. */
export class Stopwatch {
	ms = 0;

	async time(work: () => unknown): Promise<void> {
		const begin = performance.now();
		await work();
		this.ms += performance.now() - begin;
	}
}
