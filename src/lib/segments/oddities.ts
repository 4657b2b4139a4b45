import type { Funnel } from '$lib/membership/evaluate';
import type { Definitions } from '$lib/rules/definitions';
import { describeLint, lintRule, type Lint } from '$lib/rules/lint';
import type { DraftGroup } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import { lintCounts } from './lint-counts';

/** A lint in words, as a page shows it. */
export interface Oddity {
	readonly text: string;
	/** Good to know, and nothing to mend. */
	readonly quiet: boolean;
}

/**
 * What is odd about each node of a sound draft, by what it says and by its counts, where those are known. What the counts
 * say of a node is said only where nothing else explains it.
 */
export function odditiesOf(
	draft: DraftGroup,
	definitions: Definitions,
	moment: Moment,
	counted: { readonly draft: DraftGroup; readonly funnel: Funnel } | undefined
): ReadonlyMap<string, readonly Oddity[]> {
	const said = lintRule(draft, definitions, moment);
	const explained = new Set(said.filter((lint) => !isQuiet(lint)).map(({ node }) => node));
	const byCounts = counted
		? lintCounts(counted.draft, counted.funnel).filter(({ node }) => !explained.has(node))
		: [];
	const oddities = new Map<string, readonly Oddity[]>();
	for (const lint of [...byCounts, ...said]) {
		const text = describeLint(lint, draft, definitions);
		const before = oddities.get(lint.node) ?? [];
		oddities.set(lint.node, [...before, { text, quiet: isQuiet(lint) }]);
	}
	return oddities;
}

const isQuiet = ({ type }: Lint): boolean => type === 'ClocksChange';
