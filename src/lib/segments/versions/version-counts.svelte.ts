import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Rule } from '$lib/rules/rule';
import type { Segment } from '$lib/workspace/segment';
import type { KeptVersion } from '$lib/workspace/versions';
import { draftSide } from './standing';

/** How many contacts each version of a segment, and its draft, has now. */
export class VersionCounts {
	readonly #answer: Latest<unknown, ReadonlyMap<string, number>>;

	/** Must be made while a component is. */
	constructor(app: App, segment: () => Segment, versions: () => readonly KeptVersion[]) {
		const rules = $derived.by(() => {
			const { id, draft } = segment();
			const all = [
				{ id: draftSide, rule: draft },
				...versions().map(({ id, rule }) => ({ id, rule }))
			];
			return all.flatMap(({ id: side, rule }): { side: string; rule: Rule }[] => {
				const parsed = app.parse(rule, id);
				return parsed.ok ? [{ side, rule: parsed.value }] : [];
			});
		});
		this.#answer = new Latest(
			() => ({ rules, moment: app.moment, version: app.dataVersion }),
			async ({
				rules,
				moment
			}: {
				rules: { side: string; rule: Rule }[];
				moment: App['moment'];
			}) => {
				const { counts } = await app.ask(
					'countRules',
					rules.map(({ rule }) => rule),
					moment
				);
				return new Map(rules.map(({ side }, i) => [side, counts[i]!]));
			}
		);
	}

	/** Nothing where its rule cannot be counted. */
	of(side: string): number | undefined {
		return this.#answer.value?.get(side);
	}

	get fresh(): boolean {
		return this.#answer.fresh;
	}
}
