import type { Funnel, NodeCount } from '$lib/membership/evaluate';
import { NodeId } from '$lib/rules/rule';
import type { Step } from './steps';

/** What a step comes to; numbers are missing while it is not counted, or switched off. */
export interface StepCount {
	/** How many are left, or in so far. */
	readonly after: number | undefined;
	/** `after` of everyone, from 0 to 1; NaN where there is nobody. */
	readonly share: number | undefined;
	/** `after` less what the step before had: below zero for whom it removes. */
	readonly change: number | undefined;
	/** How wide the stream is, from 0 to 1: as before where nothing is known. */
	readonly width: number;
}

/** The counts of steps in their order. `shares` is the stream to show until the first answer, from everyone on. */
export function stepCounts(
	steps: readonly Step[],
	funnel: Funnel | undefined,
	shares: readonly number[] = []
): readonly StepCount[] {
	let left = funnel?.everyone;
	let width = 1;
	// Of any, the first step begins from nobody; its change would only repeat its count.
	let begun = steps[0]?.word !== 'ANY OF';
	return steps.map(({ id, muted }, i) => {
		const after = muted ? undefined : funnel?.nodes.get(id)?.after;
		if (after === undefined || !funnel) {
			width = funnel || muted ? width : (shares[i + 1] ?? width);
			return { after, share: undefined, change: undefined, width };
		}
		const share = after / funnel.everyone;
		const change = begun && left !== undefined ? after - left : undefined;
		left = after;
		begun = true;
		width = share || 0;
		return { after, share, change, width };
	});
}

/** The id that an exclusion has as a step of its own. */
export const stepId = (id: string): NodeId => NodeId.parse(`step ${id}`);

/** What a node comes to, as a step where it is one; nothing where it is not counted: muted, or too new. */
export const countOf = (funnel: Funnel, id: NodeId): NodeCount | undefined =>
	funnel.nodes.get(stepId(id)) ?? funnel.nodes.get(id);
