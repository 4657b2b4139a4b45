import type { App } from '$lib/app.svelte';
import { FileMaking, type MakingState } from '$lib/exports/file-making.svelte';
import { fileNameOf } from '$lib/exports/file-name';
import { fileOf } from '$lib/exports/save';
import { dayAt } from '$lib/time/zone';
import { lockWith, type Locked } from './encrypted/passphrase';
import { mimes } from './form';
import { wholeWorkspace } from './whole';

/** Saving the workspace as a file. Its rows are contacts, events and what is noted about them. */
export class WorkspaceSaving {
	readonly #app: App;
	readonly #making: FileMaking;
	readonly #clock: () => number;

	/** `folder` is where the worker writes. */
	constructor(app: App, folder: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#making = new FileMaking(app, folder, 'cancelWorkspaceFile');
		this.#clock = clock;
	}

	get state(): MakingState {
		return this.#making.state;
	}

	/**
	 * Gives the file, unless it was cancelled or failed. Without `people` it has the definitions alone. It is encrypted
	 * if there is a lock, or a passphrase to make one of.
	 */
	run(people: boolean, lock: Locked | string = ''): Promise<File | undefined> {
		const { engine, workspace: from } = this.#app;
		const { settings } = from;
		const now = this.#clock();
		const ask = {
			...{ workspace: wholeWorkspace(from, people), people },
			made: new Date(now).toISOString()
		};
		return this.#making.run(
			async (place) => {
				const locked = typeof lock === 'string' ? await lockFor(lock) : lock;
				const whole = { ...ask, locked };
				return engine.callWith({ deadline: null }, 'saveWorkspaceFile', place, whole);
			},
			(done, place) => {
				const name = fileNameOf(settings.name, dayAt(now, settings.zone), `.${done.form}`);
				return fileOf(done, place, name, mimes[done.form]);
			}
		);
	}

	cancel(): void {
		this.#making.cancel();
	}
}

const lockFor = async (passphrase: string): Promise<Locked | undefined> =>
	passphrase === '' ? undefined : lockWith(passphrase);
