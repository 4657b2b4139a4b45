import type { App } from '$lib/app.svelte';
import type { Rule } from '$lib/rules/rule';
import { dayAt } from '$lib/time/zone';
import { headerOf, type ExportDefinition } from './columns';
import { FileMaking, type MakingState } from './file-making.svelte';
import { fileNameOf } from './file-name';
import { fileWriter } from './format';
import { fileOf } from './save';

/** One file of a segment's members, from the first count to the finished file. */
export class ExportJob {
	readonly #app: App;
	readonly #making: FileMaking;
	readonly #clock: () => number;

	/** `folder` is where the worker writes. */
	constructor(app: App, folder: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#making = new FileMaking(app, folder, 'cancelExport');
		this.#clock = clock;
	}

	get state(): MakingState {
		return this.#making.state;
	}

	/** Counts anew, then writes those in the rule. Gives the file, unless it was cancelled or failed. */
	run(
		segment: string,
		rule: Rule,
		{ columns, format }: ExportDefinition
	): Promise<File | undefined> {
		const { engine, definitions, moment: counted } = this.#app;
		const { fields, tags, lists } = definitions;
		// The page counts for a minute with the same `now`; a file is of the moment it is asked for.
		const moment = { ...counted, now: this.#clock() };
		const named = columns.map((column) => ({ ...column, header: headerOf(column, fields) }));
		const ask = { rule, moment, columns: named, names: { fields, tags, lists } };
		const { extension, mime } = fileWriter(format);
		const name = fileNameOf(segment, dayAt(moment.now, moment.zone), extension);
		return this.#making.run(
			(place) => engine.callWith({ deadline: null }, 'exportMembers', place, ask, format),
			(done, place) => fileOf(done, place, name, mime)
		);
	}

	cancel(): void {
		this.#making.cancel();
	}

	/** Back to the beginning, to write another. */
	reset(): void {
		this.#making.reset();
	}
}
