import type { App } from '$lib/app.svelte';
import type { Region } from '$lib/contacts/region';
import { Latest } from '$lib/latest.svelte';
import type { RegionCount } from '$lib/membership/overlap';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import { regionOf } from './region';
import { segmentIssue } from './segment-issue';

/** Those who are in just some of the segments. */
export interface CountedRegion extends RegionCount {
	readonly region: Region;
}

/** How some segments overlap. All counts are of the same contacts and the same moment. */
export interface Overlap {
	readonly everyone: number;
	/** By id; a region's bits are in this order. */
	readonly segments: readonly string[];
	/** Every region that has somebody in it. */
	readonly regions: readonly CountedRegion[];
}

/** How many are in the region of a mask. */
export const countIn = ({ regions }: Overlap, mask: number): number =>
	regions.find((one) => one.mask === mask)?.count ?? 0;

interface Question {
	readonly asked: readonly { readonly id: string; readonly rule: Rule }[];
	readonly moment: Moment;
	readonly version: number;
}

/** The overlap of segments as it is now. Those whose saved rule cannot be counted are left out of it. */
export class OverlapCounts {
	readonly #answer: Latest<Question, Overlap>;

	/** `segments` gives their ids, `mostSets` at most. Must be made while a component is. */
	constructor(app: App, segments: () => readonly string[]) {
		this.#answer = new Latest(
			() => {
				const asked = segments().flatMap((id) => {
					const rule = app.savedRule(id);
					return rule?.ok ? [{ id, rule: rule.value }] : [];
				});
				const { moment, dataVersion: version } = app;
				return asked.length > 0 ? { asked, moment, version } : undefined;
			},
			async ({ asked, moment }) => {
				const rules = asked.map(({ rule }) => rule);
				const { everyone, regions } = await app.ask('overlapOf', rules, moment);
				const segments = asked.map(({ id }) => id);
				return {
					everyone,
					segments,
					regions: regions.map((one) => ({ ...one, region: regionOf(one.mask, segments) }))
				};
			}
		);
	}

	/** The newest there is: of other segments too, until the present ones are counted. */
	get value(): Overlap | undefined {
		return this.#answer.value;
	}

	get fresh(): boolean {
		return this.#answer.fresh;
	}

	get failed(): boolean {
		return this.#answer.current.status === 'failed';
	}

	retry = (): void => this.#answer.retry();
}

/** Why a segment is in no overlap, in words; nothing if it is. */
export function leftOut(app: App, id: string): string | undefined {
	const segment = app.workspace.segment(id);
	if (!segment) return 'It is not in this workspace.';
	if (segment.state === 'deleted') return 'It was deleted.';
	const issue = segmentIssue(segment, app.savedRule(id), app.definitions, app.language);
	return issue ?? (segment.saved ? undefined : 'It was never saved.');
}
