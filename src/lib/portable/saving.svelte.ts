import type { App } from '$lib/app.svelte';
import { FileMaking, type MakingState } from '$lib/exports/file-making.svelte';
import { fileNameOf } from '$lib/exports/file-name';
import { fileOf } from '$lib/exports/save';
import { dayAt } from '$lib/time/zone';
import { mimes } from './form';
import { portableWorkspace } from './workspace';

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

	/** Gives the file, unless it was cancelled or failed. Without `people` it has the definitions alone. */
	run(people: boolean): Promise<File | undefined> {
		const { engine, workspace: from } = this.#app;
		const { settings, definitions, segments } = from;
		const now = this.#clock();
		const ask = {
			...{ workspace: portableWorkspace(settings, definitions, segments), people },
			made: new Date(now).toISOString()
		};
		return this.#making.run(
			(place) => engine.callWith({ deadline: null }, 'saveWorkspaceFile', place, ask),
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
