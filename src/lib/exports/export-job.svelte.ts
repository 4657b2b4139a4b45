import type { App } from '$lib/app.svelte';
import { explainRule } from '$lib/rules/explain';
import type { DraftRule, Rule } from '$lib/rules/rule';
import { dayAt } from '$lib/time/zone';
import { headerOf, type ExportDefinition } from './columns';
import { FileMaking, type MakingState } from './file-making.svelte';
import { fileNameOf } from './file-name';
import { fileType } from './format';
import { manifestOf, type Manifest } from './manifest';
import { fileOf } from './save';

/** Whose members are written. */
export interface ExportedSegment {
	readonly id: string;
	readonly name: string;
	/** The saved version that the rule is of. */
	readonly version?: string | undefined;
}

/** One file of a segment's members, from the first count to the finished file. */
export class ExportJob {
	readonly #app: App;
	readonly #making: FileMaking;
	readonly #version: string;
	readonly #clock: () => number;
	#manifest = $state.raw<Manifest>();

	/** `folder` is where the worker writes, `version` that of the app. */
	constructor(app: App, folder: string, version: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#making = new FileMaking(app, folder, 'cancelExport');
		this.#version = version;
		this.#clock = clock;
	}

	get state(): MakingState {
		return this.#making.state;
	}

	/** What is in the finished file. */
	get manifest(): Manifest | undefined {
		return this.#making.state.status === 'done' ? this.#manifest : undefined;
	}

	/** Counts anew, then writes those in the rule. Gives the file, unless it was cancelled or failed. */
	run(
		segment: ExportedSegment,
		rule: Rule,
		definition: ExportDefinition
	): Promise<File | undefined> {
		const { engine, definitions, moment: counted, language } = this.#app;
		const { fields, tags, lists } = definitions;
		const { columns, format, phoneCountry } = definition;
		// The page counts for a minute with the same `now`; a file is of the moment it is asked for.
		const moment = { ...counted, now: this.#clock() };
		const named = columns.map((column) => ({ ...column, header: headerOf(column, fields) }));
		const ask = { rule, moment, columns: named, names: { fields, tags, lists }, phoneCountry };
		const { extension, mime } = fileType(format);
		const name = fileNameOf(segment.name, dayAt(moment.now, moment.zone), extension);
		return this.#making.run(
			(place) => engine.callWith({ deadline: null }, 'exportMembers', place, ask, format),
			(done, place) => {
				const draft = draftOf(rule);
				this.#manifest = manifestOf({ ...done, name }, definition, fields, {
					...{ segment, moment, rule: draft, app: this.#version },
					sentence: explainRule(draft, definitions, language)
				});
				return fileOf(done, place, name, mime);
			}
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

/** The rule as somebody made it, without what its conditions come down to. */
const draftOf = (rule: Rule): DraftRule =>
	JSON.parse(
		JSON.stringify(rule, (key, value: unknown) => (key === 'lowered' ? undefined : value))
	) as DraftRule;
