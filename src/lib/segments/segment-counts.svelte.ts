import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import { currentWorkspace } from '$lib/workspace/current';
import { keepCounts, readKeptCounts, type KeptCount } from './kept-counts';
import { prefixes } from './step-rules';

/** Steps a small stream shows at most. */
const streamSteps = 6;

export interface SegmentCount extends KeptCount {
	/** It answers the present question: rule, contacts and moment. */
	readonly fresh: boolean;
}

interface Asked {
	readonly rules: readonly { readonly id: string; readonly rule: Rule }[];
	readonly moment: Moment;
}

interface Question extends Asked {
	readonly version: number;
}

/** Segments asked for first: what is seen without scrolling should not wait for the rest. */
const atFirst = 8;

export interface StepCounts {
	readonly everyone: number;
	/** Epoch milliseconds */
	readonly at: number;
	readonly byId: Readonly<Record<string, KeptCount>>;
}

/**
 * The counts of many segments, all of the same contacts and the same moment. Until they are answered, and where a rule
 * has an issue, the last counts stay, no longer fresh.
 */
export class SegmentCounts {
	#kept = $state.raw(readKeptCounts(currentWorkspace().namespace));
	readonly #answer: Latest<Question, StepCounts>;
	/** The first of a question whose rest is on its way. */
	#first = $state.raw<StepCounts>();

	/** `segments` gives the ids to count. Must be made while a component is. */
	constructor(app: App, segments: () => readonly string[]) {
		this.#answer = new Latest(
			() => ({
				rules: segments().flatMap((id) => {
					const rule = app.savedRule(id);
					return rule?.ok ? [{ id, rule: rule.value }] : [];
				}),
				moment: app.moment,
				version: app.dataVersion
			}),
			async (question, signal) => {
				this.#first = undefined;
				const { rules } = question;
				if (rules.length > atFirst) {
					const first = await countSteps(app, { ...question, rules: rules.slice(0, atFirst) });
					if (signal.aborted) return first;
					this.#first = first;
				}
				const answer = await countSteps(app, question);
				keepCounts(currentWorkspace().namespace, answer.byId);
				this.#kept = readKeptCounts(currentWorkspace().namespace);
				return answer;
			}
		);
	}

	/** The newest count there is of a segment, if it was ever counted on this device. */
	of(id: string): SegmentCount | undefined {
		const { value, fresh } = this.#answer;
		const first = fresh ? undefined : this.#first?.byId[id];
		if (first) return { ...first, fresh: true };
		const count = value?.byId[id];
		if (count) return { ...count, fresh };
		const kept = this.#kept[id];
		return kept && { ...kept, fresh: false };
	}

	/** How many contacts there are; `undefined` until the first answer. */
	get everyone(): number | undefined {
		return this.#answer.value?.everyone ?? this.#first?.everyone;
	}

	/** The `now` of the counts shown. */
	get countedAt(): number | undefined {
		return this.#answer.value?.at;
	}

	get fresh(): boolean {
		return this.#answer.fresh;
	}

	get failed(): boolean {
		return this.#answer.current.status === 'failed';
	}

	retry = (): void => this.#answer.retry();
}

/** Counts these rules and, for their small streams, what is left after each of their steps; in one question. */
export async function countSteps(app: App, { rules, moment }: Asked): Promise<StepCounts> {
	const asked = rules.map(({ id, rule }) => ({ id, steps: prefixes(rule, streamSteps) }));
	const { everyone, counts } = await app.ask(
		'countRules',
		asked.flatMap(({ steps }) => steps),
		moment
	);
	const byId: Record<string, KeptCount> = {};
	let from = 0;
	for (const { id, steps } of asked) {
		const left = counts.slice(from, (from += steps.length));
		byId[id] = {
			total: left.at(-1)!, // the last of a rule's prefixes is the rule
			everyone,
			at: moment.now,
			shares: [everyone, ...left].map((people) => (everyone === 0 ? 0 : people / everyone))
		};
	}
	return { everyone, at: moment.now, byId };
}
