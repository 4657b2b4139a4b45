import { Engine } from '$lib/engine/engine';
import { spawnWorker } from '$lib/engine/spawn';
import { standardFields } from '$lib/fields/field';
import { openWorkspace } from '$lib/workspace/open.svelte';
import type { Workspace } from '$lib/workspace/workspace.svelte';
import type { createChaosApi } from './worker';
import workerUrl from './worker?worker&url';

type Api = ReturnType<typeof createChaosApi>;

/** The app's engine, with the lab's methods. */
type ChaosEngine = Omit<Engine, 'call'> & {
	call<M extends keyof Api>(method: M, ...args: Parameters<Api[M]>): ReturnType<Api[M]>;
};

/** The writes about one person, in the order they are asked. */
export const steps = ['add', 'event', 'edit', 'hit', 'document'] as const;

/** A write that was answered to the page; `document` once the page may say "Saved on this device". */
export interface Acknowledged {
	readonly uid: string;
	readonly step: (typeof steps)[number];
}

declare global {
	interface Window {
		chaos: Lab;
		/** The test's ear. */
		acknowledge?(what: Acknowledged): void;
	}
}

const city = standardFields.find(({ id }) => id === 'city')!;
const email = standardFields.find(({ id }) => id === 'email')!;

export class Lab {
	readonly engine: ChaosEngine;
	readonly #workspace: Promise<Workspace>;

	constructor(name: string, migrations: string | null) {
		const only = migrations === null ? '' : `?migrations=${migrations}`;
		const engine = new Engine(name, {
			version: 'chaos',
			spawn: () => spawnWorker(workerUrl + only)
		});
		this.engine = engine as unknown as ChaosEngine;
		this.#workspace = openWorkspace(name, { by: 'chaos' }).then((workspace) => {
			if (!workspace.ok) throw new Error(workspace.error.message);
			return workspace.value;
		});
	}

	/** Writes about one person after another, for as long as the page lives. */
	async live(prefix: string, from: number): Promise<never> {
		const lanes = 3;
		const lane = async (first: number): Promise<never> => {
			for (let no = first; ; no += lanes) await this.write(prefix + no);
		};
		return Promise.race(Array.from({ length: lanes }, (_, i) => lane(from + i)));
	}

	/** Asks for all writes about a person. Asked again, they must not happen again. */
	async write(uid: string): Promise<void> {
		const { engine } = this;
		const tell = (step: Acknowledged['step']) => window.acknowledge?.({ uid, step });
		const values = [{ field: email, value: `${uid}@example.com` }];
		const person = { uid, values, tags: ['kept'], lists: ['kept'] };
		const cno = await engine.call('addContact', `${uid} add`, person, Date.now());
		tell('add');
		await engine.call('addEvent', `${uid} event`, eventOf(uid, cno));
		tell('event');
		const edit = [{ field: city, value: uid }];
		await engine.call('editContact', `${uid} edit`, cno, edit, Date.now());
		tell('edit');
		await engine.call('hit', `${uid} hit`, uid);
		tell('hit');
		const workspace = await this.#workspace;
		workspace.putTag(uid, `Tag of ${uid}`);
		await workspace.retrySave();
		if (workspace.saveState.status === 'saved') tell('document');
	}

	/** The ids of the tags of the document, and whether all that was stored of it did read. */
	async documented(): Promise<{ readonly tags: readonly string[]; readonly setAside: number }> {
		const workspace = await this.#workspace;
		const { tags } = workspace.definitions;
		return {
			tags: [...tags].filter(([id, name]) => name === `Tag of ${id}`).map(([id]) => id),
			setAside: workspace.setAside
		};
	}
}

const eventOf = (uid: string, cno: number) => ({
	id: `${uid} event`,
	cno,
	type: 'visited',
	at: new Date().toISOString(),
	value: null,
	ref: uid,
	ref_key: uid,
	properties: { page: uid },
	keys: { page: uid }
});

const asked = new URL(location.href).searchParams;
window.chaos = new Lab(asked.get('workspace') ?? 'chaos', asked.get('migrations'));
