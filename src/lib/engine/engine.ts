import type { EngineApi } from './api';
import { engineError, errorOf, within } from './engine-error';
import { lead, type Leading } from './lead';
import {
	names,
	type EngineInfo,
	type EngineNews,
	type EngineState,
	type FailureReason,
	type TabSays
} from './protocol';
import { remoteElsewhere, remoteOf, type Remote } from './remote';
import { spawnWorker } from './spawn';

/** Milliseconds a call may take. */
const DEADLINE = 30_000;

export interface CallOptions {
	/** Milliseconds; null for jobs that take as long as they take. */
	readonly deadline?: number | null;
	/** Whether to ask the next worker when this one goes away. On by default: writes carry an id, so they happen once. */
	readonly again?: boolean;
}

export interface EngineOptions {
	readonly version: string;
	readonly spawn?: () => Worker;
}

type Method = keyof EngineApi;
type Arguments<M extends Method> = Parameters<EngineApi[M]>;
type Answer<M extends Method> = Awaited<ReturnType<EngineApi[M]>>;

/**
 * One tab's way to the one worker that owns the data. Among the tabs of a workspace, whoever holds a lock runs the
 * worker; the others ask it through channels. When the leading tab goes, the next one takes over and open calls are
 * asked again. No call hangs: each is answered, asked again, or rejected at its deadline with a `CallError`.
 */
export class Engine {
	readonly #namespace: string;
	readonly #version: string;
	readonly #tab = crypto.randomUUID();
	readonly #tabs: BroadcastChannel;
	readonly #news: BroadcastChannel;
	readonly #closing = new AbortController();
	readonly #stateListeners = new Set<() => void>();
	readonly #newsListeners = new Set<(news: EngineNews) => void>();
	#state: EngineState = { status: 'starting', step: 'waiting' };
	/** Set while this tab runs the worker. */
	#leading: Leading | undefined;
	#remote: Remote | undefined;
	#epoch = '';
	/** New calls wait here for a worker. */
	#gate = gate();

	/** `version`: of the app. Tabs of two of them do not ask each other's worker. */
	constructor(namespace: string, { version, spawn = () => spawnWorker() }: EngineOptions) {
		this.#namespace = namespace;
		this.#version = version;
		this.#tabs = new BroadcastChannel(names(namespace).tabs);
		this.#tabs.onmessage = ({ data }: MessageEvent<TabSays>) => this.#hear(data);
		this.#news = new BroadcastChannel(names(namespace).news);
		this.#news.onmessage = ({ data }: MessageEvent<EngineNews>) => this.#tell(data);
		this.#say({ type: 'who' });
		void this.#queueToLead(spawn);
	}

	get state(): EngineState {
		return this.#state;
	}

	/** Calls back after each change of `state`. Gives the way to stop. */
	onstate(listener: () => void): () => void {
		this.#stateListeners.add(listener);
		return () => this.#stateListeners.delete(listener);
	}

	/** What the worker tells all tabs: what changed, how far a job is. Gives the way to stop. */
	onnews(listener: (news: EngineNews) => void): () => void {
		this.#newsListeners.add(listener);
		return () => this.#newsListeners.delete(listener);
	}

	/** Waits for the engine if need be, then for its answer, up to 30 s. */
	call<M extends Method>(method: M, ...args: Arguments<M>): Promise<Answer<M>> {
		return this.callWith({}, method, ...args);
	}

	/** As `call`, for jobs without a deadline and for what must not be asked twice. */
	async callWith<M extends Method>(
		{ deadline = DEADLINE, again = true }: CallOptions,
		method: M,
		...args: Arguments<M>
	): Promise<Answer<M>> {
		for (;;) {
			const remote = await this.#gate.promise;
			if (remote.$closed) continue; // it went between our being let in and now; there is a new gate
			try {
				const answer = remote.$call(method, ...args) as Promise<Answer<M>>;
				return await (deadline === null ? answer : within(deadline, answer, method));
			} catch (thrown) {
				const error = errorOf(thrown);
				if (error.code !== 'GONE' || !again) throw error;
			}
		}
	}

	/** Starts the worker anew: the last resort for a statement that does not end, and the Retry of a failed start. */
	recycle(): void {
		if (!this.#leading) return this.#say({ type: 'recycle' });
		this.#say({ type: 'restarting' });
		this.#part(restarted());
		this.#leading.restart();
	}

	/** Lets another tab lead. Calls in flight are rejected; the engine is of no use afterwards. */
	close(): void {
		this.#leading?.stop();
		this.#leading = undefined;
		this.#fail('closed', 'This tab has closed its database.');
		this.#closing.abort();
		this.#tabs.close();
		this.#news.close();
	}

	async #queueToLead(spawn: () => Worker): Promise<void> {
		const { signal } = this.#closing;
		const held = () =>
			new Promise<void>((release) => {
				signal.addEventListener('abort', () => release());
				this.#lead(spawn);
			});
		try {
			await navigator.locks.request(names(this.#namespace).leader, { signal }, held);
		} catch (error) {
			if (!signal.aborted) this.#fail('storage', String(error));
		}
	}

	#lead(spawn: () => Worker): void {
		this.#leading = lead(this.#namespace, spawn, {
			onwait: (state) => this.#wait(state),
			onready: (info, worker) => this.#arrive(info, remoteOf(worker)),
			onfail: (reason, message) => this.#fail(reason, message),
			onbreakdown: (message) => {
				// The call that broke it has its answer; the others are asked again.
				const news: EngineNews = { type: 'restarted', message };
				this.#news.postMessage(news);
				this.#tell(news);
			}
		});
	}

	#hear(said: TabSays): void {
		if (said.type === 'restarting') this.#part(restarted());
		else if (said.type === 'state' && !this.#leading) this.#follow(said);
		else if (said.type === 'recycle' && this.#leading) this.recycle();
		else if (said.type === 'who' && this.#leading) this.#sayState();
	}

	#follow({ state, version }: Extract<TabSays, { type: 'state' }>): void {
		if (version !== this.#version) return this.#fail('other', `It is of version ${version}.`);
		if (state.status === 'failed') return this.#fail(state.reason, state.message);
		if (state.status !== 'ready') return this.#wait(state);
		const { epoch } = state.info;
		if (epoch === this.#epoch) return;
		this.#arrive(state.info, remoteElsewhere(this.#namespace, epoch, this.#tab));
	}

	#wait(state: EngineState): void {
		this.#reopen();
		this.#set(state);
	}

	#arrive(info: EngineInfo, remote: Remote): void {
		this.#reopen();
		this.#epoch = info.epoch;
		this.#remote = remote;
		this.#gate.resolve(remote);
		this.#set({ status: 'ready', info });
	}

	#fail(reason: FailureReason, message: string): void {
		const why = engineError('FAILED', message);
		this.#part(why);
		this.#gate.reject(why);
		this.#set({ status: 'failed', reason, message });
	}

	/** Calls in flight are asked again, and new ones wait, also after a failure. */
	#reopen(): void {
		this.#part(engineError('GONE', 'The database’s worker is gone.'));
		if (this.#state.status === 'failed') this.#gate = gate();
	}

	/** Calls in flight are rejected with `why`; new ones wait at a new gate. */
	#part(why: Error): void {
		const remote = this.#remote;
		if (!remote) return;
		this.#remote = undefined;
		this.#gate = gate();
		remote.$close(why);
	}

	#set(state: EngineState): void {
		this.#state = state;
		if (this.#leading) this.#sayState();
		for (const listener of this.#stateListeners) listener();
	}

	#sayState(): void {
		this.#say({ type: 'state', state: this.#state, version: this.#version });
	}

	#say(message: TabSays): void {
		this.#tabs.postMessage(message);
	}

	#tell(news: EngineNews): void {
		for (const listener of this.#newsListeners) listener(news);
	}
}

const restarted = () => engineError('LATE', 'The database was restarted.');

function gate() {
	const gate = Promise.withResolvers<Remote>();
	// Nobody may be waiting when it is closed for good.
	gate.promise.catch(() => {});
	return gate;
}
