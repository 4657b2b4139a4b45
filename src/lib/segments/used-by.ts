import { nodesOf } from '$lib/rules/rule';
import type { Segment } from '$lib/workspace/segment';

/** The active segments whose saved rule or draft refers to this one. */
export const usedBy = (id: string, segments: readonly Segment[]): readonly Segment[] =>
	segments.filter(
		(other) =>
			other.id !== id &&
			other.state === 'active' &&
			[other.draft, ...(other.saved ? [other.saved] : [])].some((rule) =>
				[...nodesOf(rule)].some(
					(node) =>
						node.type === 'condition' &&
						node.condition.kind === 'segment' &&
						node.condition.segment === id
				)
			)
	);
