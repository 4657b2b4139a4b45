/// <reference lib="webworker" />
import { createBirpc } from 'birpc';
import { isDead } from './dead';
import { names } from './protocol';

declare const self: DedicatedWorkerGlobalScope;

/** A call on its way: birpc's message, which is nobody else's business. */
export interface Call {
	readonly rpc: unknown;
	/** The asking tab, where it is not the worker's own page. */
	readonly from?: string;
}

/**
 * Answers the worker's own page through its port, and the other tabs through channels: they ask on one, and each
 * hears its answers on its own. `ondead` is told once the database is gone; from then on nothing is answered, so that
 * the page can ask all that is still open again in the next worker.
 */
export function serve(
	api: object,
	namespace: string,
	epoch: string,
	ondead: (error: unknown) => void
): void {
	const methods = guarded(api, ondead);
	createBirpc<object, object>(methods, {
		post: (rpc) => self.postMessage({ rpc } satisfies Call),
		on: (receive) =>
			self.addEventListener('message', ({ data }: MessageEvent<Partial<Call>>) => {
				if (data.rpc) receive(data.rpc);
			})
	});

	const ask = new BroadcastChannel(names(namespace).ask(epoch));
	const answers = new Map<string, BroadcastChannel>();
	createBirpc<object, object>(methods, {
		on: (receive) => {
			ask.onmessage = ({ data }: MessageEvent<Call>) => receive(data.rpc, data.from);
		},
		post: (rpc, tab: string) => {
			const answer = answers.get(tab) ?? new BroadcastChannel(names(namespace).answer(tab));
			answers.set(tab, answer);
			answer.postMessage(rpc);
		}
	});
}

/** Errors cross as plain values: structured clone drops their `code` and `detail`. */
function guarded(api: object, ondead: (error: unknown) => void): object {
	let dead = false;
	const guard =
		(method: (...args: unknown[]) => Promise<unknown>) =>
		async (...args: unknown[]) => {
			try {
				const answer = await method(...args);
				return dead ? never : answer;
			} catch (error) {
				if (dead) return never;
				if (isDead(error)) {
					dead = true;
					// After the answer to the call that broke it.
					setTimeout(() => ondead(error));
				}
				const { message, code, detail } = error as Error & { code?: string; detail?: string };
				throw { message, code, detail };
			}
		};
	return Object.fromEntries(Object.entries(api).map(([name, method]) => [name, guard(method)]));
}

const never = new Promise<never>(() => {});
