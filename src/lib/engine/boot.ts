/// <reference lib="webworker" />
import type { Database } from '$lib/db/db';
import { migrate } from '$lib/db/migrate';
import { migrations } from '$lib/db/migrations';
import { openDatabase } from '$lib/db/pglite';
import { OpfsMirrorFiles, type MirrorFiles } from '$lib/membership/mirror-files';
import { isDead } from './dead';
import { open } from './open';
import {
	names,
	type EngineInfo,
	type EngineNews,
	type FailureReason,
	type Publish,
	type StartStep,
	type WorkerSays,
	type WorkerStart
} from './protocol';
import { serve } from './serve';

declare const self: DedicatedWorkerGlobalScope;

/** What a failure in a step means. */
const reasons: Record<StartStep, FailureReason> = {
	waiting: 'storage',
	download: 'download',
	opening: 'storage',
	upgrading: 'schema'
};

/** The worker's whole life: open the store it is told, bring it to this version, answer. */
export function boot<Api extends object>(
	create: (db: Database, publish: Publish, files: MirrorFiles | undefined) => Api
): void {
	const say = (message: WorkerSays) => self.postMessage(message);
	let step: StartStep | 'ready' = 'waiting';
	const fail = (error: unknown, reason?: FailureReason) => {
		if (step !== 'ready')
			say({ type: 'failed', reason: reason ?? reasons[step], message: String(error) });
		else if (isDead(error)) say({ type: 'dead', message: String(error) });
		else say({ type: 'trouble', message: String(error) });
	};

	// A refused file handle is a rejection that PGlite loses: without this, nothing but the page's timer would tell. They
	// are opened while the engine's files are fetched, of which none is lost.
	self.addEventListener('unhandledrejection', (event) => {
		event.preventDefault();
		fail(event.reason, step === 'download' ? 'storage' : undefined);
	});
	self.addEventListener('error', (event) => {
		event.preventDefault();
		fail(event.error);
	});
	self.addEventListener('message', ({ data }: MessageEvent<Partial<WorkerStart>>) => {
		if (data.type === 'start') start(data as WorkerStart).catch(fail);
	});

	async function start({ namespace, epoch, store, kept, anew }: WorkerStart): Promise<void> {
		const begin = performance.now();
		const ms: Partial<Record<StartStep, number>> = {};
		const onstep = (next: StartStep | 'ready') => {
			if (step !== 'ready') ms[step] = Math.round(performance.now() - begin);
			step = next;
			if (next !== 'ready') say({ type: 'step', step: next });
		};
		await filesAreFree(names(namespace).files);
		const { pg, cold } = await open(
			{ store, name: namespace, anew },
			{
				onfound: (existing) => say({ type: 'found', existing }),
				onstep,
				onlife: () => say({ type: 'step', step: 'opening' }),
				onbytes: sometimes((loaded, total) =>
					say({ type: 'step', step: 'download', loaded, total })
				)
			}
		);
		onstep('upgrading');
		const db = openDatabase(pg);
		const migrated = await migrate(db, migrations);
		if (migrated.status === 'newer') {
			const message = `The data is of version ${migrated.version}.`;
			return say({ type: 'failed', reason: 'newer', message });
		}
		const news = new BroadcastChannel(names(namespace).news);
		const publish: Publish = (message: EngineNews) => news.postMessage(message);
		const files = store === 'idb' ? undefined : new OpfsMirrorFiles(names(namespace).mirrors);
		serve(create(db, publish, files), namespace, epoch, fail);
		onstep('ready');
		const info: EngineInfo = { epoch, store, cold, lost: cold && kept, ms };
		say({ type: 'ready', info });
	}
}

/** A busy worker outlives its tab, and `terminate()`, by up to 2 s, with its file handles. So each holds a lock. */
const filesAreFree = (lock: string) =>
	new Promise<void>((granted, refused) => {
		const forLife = () => (granted(), new Promise(() => {}));
		navigator.locks.request(lock, forLife).catch(refused);
	});

/** At most ten times a second, and at the end. */
function sometimes(tell: (loaded: number, total: number) => void): typeof tell {
	let last = -Infinity;
	return (loaded, total) => {
		if (loaded < total && performance.now() - last < 100) return;
		last = performance.now();
		tell(loaded, total);
	};
}
