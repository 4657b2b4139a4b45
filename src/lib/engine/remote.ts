import { createBirpc } from 'birpc';
import type { EngineApi } from './api';
import { names } from './protocol';
import type { Call } from './serve';

/** One worker's methods, as a page calls them. `$close(error)` rejects the calls in flight. */
export type Remote = ReturnType<typeof createBirpc<EngineApi, object, false>>;

/** birpc's own deadline is off: the engine keeps them. */
const options = { timeout: -1, proxify: false } as const;

/** The way to the worker that belongs to this page. */
export function remoteOf(worker: Worker): Remote {
	let listener: (event: MessageEvent<Partial<Call>>) => void;
	return createBirpc<EngineApi, object, false>(
		{},
		{
			...options,
			post: (rpc) => worker.postMessage({ rpc } satisfies Call),
			on: (receive) => {
				listener = ({ data }) => data.rpc && receive(data.rpc);
				worker.addEventListener('message', listener);
			},
			off: () => worker.removeEventListener('message', listener)
		}
	);
}

/** The way to the worker of another tab. */
export function remoteElsewhere(namespace: string, epoch: string, tab: string): Remote {
	const ask = new BroadcastChannel(names(namespace).ask(epoch));
	const answer = new BroadcastChannel(names(namespace).answer(tab));
	return createBirpc<EngineApi, object, false>(
		{},
		{
			...options,
			post: (rpc) => ask.postMessage({ rpc, from: tab } satisfies Call),
			on: (receive) => {
				answer.onmessage = ({ data }) => receive(data);
			},
			off: () => {
				ask.close();
				answer.close();
			}
		}
	);
}
