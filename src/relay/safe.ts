import type { Extension, HookName } from '@hocuspocus/server';
import { closeCodes } from '$lib/sync/protocol';
import type { Metrics } from './metrics';
import { say, whyOf } from './say';

/** Refuses what a hook was asked about. The library reads these two of it, and dies of anything that is no object. */
export class Refusal extends Error {
	readonly code: number;
	readonly reason: string;

	constructor(code: number, reason: string) {
		super(reason);
		this.code = code;
		this.reason = reason;
	}
}

/** Hooks whose promise the library does not look at: what is thrown there ends the process. */
const unwatched: ReadonlySet<HookName> = new Set([
	'onChange',
	'onAwarenessUpdate',
	'onStateless',
	'beforeBroadcastStateless',
	'connected',
	'onDisconnect',
	'afterUnloadDocument',
	'onDestroy'
] as const);

/** The same extension, none of whose hooks can take the process with it. */
export function safe<E extends Extension>(extension: E, metrics: Metrics): E {
	return new Proxy(extension, {
		get(target, name) {
			const found: unknown = Reflect.get(target, name);
			if (typeof found !== 'function' || !isHook(name)) return found;
			return async (payload: unknown) => {
				try {
					return await found.call(target, payload);
				} catch (error) {
					if (error instanceof Refusal) throw error;
					metrics.add('hook_failures');
					say('error', 'hook failed', { hook: name, why: whyOf(error) });
					if (!unwatched.has(name)) throw new Refusal(closeCodes.restart, 'unavailable');
				}
			};
		}
	});
}

const isHook = (name: string | symbol): name is HookName =>
	typeof name === 'string' && /^(on|before|after|connected)/.test(name);
