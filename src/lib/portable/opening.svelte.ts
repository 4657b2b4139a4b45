import type { App } from '$lib/app.svelte';
import { limitsOf } from '$lib/engine/protocol';
import { saysDiskFull } from '$lib/imports/file/refusal';
import { Pace, type Progress } from '$lib/imports/pace';
import { nodesOf } from '$lib/rules/rule';
import { describeRefusal } from '$lib/workspace/describe';
import type { EditRefusal } from '$lib/workspace/gesture';
import { randomId } from '$lib/workspace/random-id';
import { maximumNodes } from '$lib/workspace/tree';
import { addDefinitions, withDefinitions } from './definitions';
import type { Loaded } from './load';
import type { Head } from './encrypted/head';
import { headIn } from './encrypted/opened-file';
import { unlock } from './encrypted/passphrase';
import { describeWorkspaceRefusal } from './refusal';
import { rootOf } from './rule';
import type { FileContents, Outcome } from './run';
import type { PortableWorkspace } from './workspace';

export type OpeningState =
	| {
			readonly status: 'reading' | 'writing';
			readonly progress: Progress | undefined;
			readonly cancelling: boolean;
	  }
	/** It is encrypted. `wrong`: what was typed is not its passphrase. */
	| {
			readonly status: 'locked';
			readonly made: string | undefined;
			readonly trying: boolean;
			readonly wrong: boolean;
	  }
	/** It was checked whole, and nothing of it is written yet. */
	| { readonly status: 'found'; readonly contents: FileContents; readonly isEmpty: boolean }
	| { readonly status: 'done'; readonly loaded: Loaded; readonly segments: number }
	| { readonly status: 'cancelled' }
	| { readonly status: 'failed'; readonly message: string };

/** Opening one workspace file: looking at all of it, then bringing it in. */
export class WorkspaceOpening {
	readonly #app: App;
	readonly #file: File;
	readonly #clock: () => number;
	#state = $state.raw<OpeningState>({ status: 'reading', progress: undefined, cancelling: false });
	#job = '';
	#head: Head | undefined;
	#key: CryptoKey | undefined;

	constructor(app: App, file: File, clock: () => number = Date.now) {
		this.#app = app;
		this.#file = file;
		this.#clock = clock;
	}

	get state(): OpeningState {
		return this.#state;
	}

	/** Reads the whole file, and says what is in it; of one that is encrypted, once it is unlocked. */
	async look(): Promise<void> {
		try {
			this.#head = await headIn(this.#file);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			return this.#fail(message);
		}
		if (this.#head) this.#lock({ trying: false, wrong: false });
		else await this.#check();
	}

	/** Tries a passphrase, and looks at what is in the file if it is the right one. */
	async unlock(passphrase: string): Promise<void> {
		if (!this.#head) return;
		this.#lock({ trying: true, wrong: false });
		this.#key = await unlock(this.#head.lock, passphrase);
		if (this.#key) await this.#check();
		else this.#lock({ trying: false, wrong: true });
	}

	#lock(attempt: { trying: boolean; wrong: boolean }): void {
		this.#state = { status: 'locked', made: this.#head?.made, ...attempt };
	}

	async #check(): Promise<void> {
		const contents = await this.#run('reading', (job) =>
			this.#app.engine.callWith(
				{ deadline: null },
				'checkWorkspaceFile',
				this.#file,
				job,
				...(this.#key ? [this.#key] : [])
			)
		);
		if (!contents) return;
		const { segments, deletedSegments } = this.#app.workspace;
		const isEmpty = contents.nobodyHere && segments.length + deletedSegments.length === 0;
		this.#state = { status: 'found', contents, isEmpty };
	}

	/**
	 * Brings in what was found: first whom it knows, then in one gesture what it defines. `asItWas`: the name and the
	 * settings too, which only an empty workspace takes.
	 */
	async bring(asItWas: boolean): Promise<void> {
		if (this.#state.status !== 'found') return;
		const { contents, isEmpty } = this.#state;
		const { workspace: file } = contents;
		const settings = asItWas && isEmpty;
		const { engine, status, workspace } = this.#app;
		const reason = workspace.readOnly;
		if (reason) return this.#fail(describeRefusal({ type: 'ReadOnly', reason }));
		const then = this.#clock();
		const adding = { settings, newId: randomId };
		const named = withDefinitions(workspace.doc, file, { at: then, by: '' }, adding);
		if (!named.ok) return this.#fail(whyNot(named.error, file));
		const { fields, eventTypes } = named.value;
		const limits = status.current.status === 'ready' ? limitsOf(status.current.info.store) : null;
		const loaded = await this.#run('writing', (id) =>
			engine.callWith({ deadline: null }, 'openWorkspaceFile', this.#file, {
				...{ id, limits, definitions: { fields, eventTypes } },
				then: new Date(then).toISOString(),
				key: this.#key
			})
		);
		if (!loaded) return;
		const added = workspace.gesture('Open workspace file', (edit) =>
			addDefinitions(edit, file, adding)
		);
		if (!added.ok) return this.#fail(whyNot(added.error, file));
		this.#state = { status: 'done', loaded, segments: added.value };
		// What was brought here is worth more than a cache: the browser must not clear it away by itself.
		void navigator.storage?.persist?.();
	}

	/** What was written is taken back; `state` says when it is. */
	cancel(): void {
		if (this.#state.status !== 'reading' && this.#state.status !== 'writing') return;
		this.#state = { ...this.#state, cancelling: true };
		this.#app.ask('cancelWorkspaceFile', this.#job).catch(() => undefined);
	}

	async #run<T>(
		status: 'reading' | 'writing',
		ask: (job: string) => Promise<Outcome<T>>
	): Promise<T | undefined> {
		const job = crypto.randomUUID();
		this.#job = job;
		this.#state = { status, progress: undefined, cancelling: false };
		const pace = new Pace();
		const stop = this.#app.engine.onnews((news) => {
			if (news.type !== 'progress' || news.job !== job || this.#state.status !== status) return;
			this.#state = { ...this.#state, progress: pace.at(news, performance.now()) };
		});
		try {
			const outcome = await ask(job);
			if (outcome.status === 'done') return outcome.value;
			if (outcome.status === 'cancelled') this.#state = { status: 'cancelled' };
			else this.#fail(describeWorkspaceRefusal(outcome.refusal));
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#fail(saysDiskFull(message) ? describeWorkspaceRefusal({ type: 'DiskFull' }) : message);
		} finally {
			stop();
		}
	}

	#fail(message: string): undefined {
		this.#state = { status: 'failed', message };
	}
}

/** Why the definitions of a file cannot be kept. */
function whyNot([refusal]: readonly EditRefusal[], { segments }: PortableWorkspace): string {
	if (refusal?.type !== 'HasIssues') return refusal ? describeRefusal(refusal) : '';
	const segment = segments.find(({ id }) => id === refusal.segment);
	const told = `The rule of “${segment?.name ?? refusal.segment}” in this file`;
	// The root is none of its parts.
	const count = segment ? [...nodesOf(rootOf(segment.rule))].length - 1 : 0;
	return count > maximumNodes
		? `${told} has ${count} parts; it can have ${maximumNodes}. Split it into several segments there.`
		: `${told} does not hold together: too many groups stand in each other. Mend it there.`;
}
