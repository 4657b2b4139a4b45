import { kindOf, readCondition } from '$lib/rules/conditions/registry';
import type { Reference } from '$lib/rules/definitions';
import { nodesOf, type DraftCondition } from '$lib/rules/rule';
import type { Segment } from '$lib/workspace/segment';

/** The segments, archived ones too, whose saved rule or draft asks about this field, list or tag, or refers to this segment. */
export const usersOf = (reference: Reference, segments: readonly Segment[]): readonly Segment[] =>
	segments.filter(
		({ state, draft, saved, detached }) =>
			state !== 'deleted' &&
			[draft, ...(saved ? [saved] : []), ...detached].some((rule) =>
				[...nodesOf(rule)].some((node) => node.type === 'condition' && refersTo(node, reference))
			)
	);

function refersTo({ condition }: DraftCondition, { type, id }: Reference): boolean {
	const read = readCondition(condition);
	// What is not finished, or of a newer version, may mean it wherever its id stands.
	if (!read) return JSON.stringify(condition).includes(JSON.stringify(id));
	return kindOf(read)
		.references(read)
		.some((other) => other.type === type && other.id === id);
}
