import * as z from 'zod/mini';
import { offeredSegments } from '../../definitions';
import { name } from '../../phrase';
import { group } from '../../rule';
import { defineKind, type Lowered } from '../kind';

export const SegmentCondition = z.object({
	kind: z.literal('segment'),
	segment: z.string().check(z.minLength(1, { error: 'Choose a segment.' })),
	in: z.boolean()
});
export type SegmentCondition = z.infer<typeof SegmentCondition>;

/** Another segment's saved rule. That it has one, is sound and does not come back here is seen to by `parseRule`. */
export const segment = defineKind<SegmentCondition, Lowered<SegmentCondition>>({
	kind: 'segment',
	definition: 'Is in another segment, by its saved rule, or is not.',
	sign: () => 'group',
	schema: SegmentCondition,
	references: ({ segment }) => [{ type: 'segment', id: segment }],
	problems: () => [],
	lower: (condition, segment) => group(condition.in ? 'all' : 'none', [segment(condition.segment)]),
	explain: (condition, { segments }) => [
		condition.in ? 'is in segment ' : 'is not in segment ',
		name(segments.get(condition.segment)?.name ?? 'a deleted segment')
	],
	choices: (definitions) =>
		offeredSegments(definitions).map(([id, { name }]) => ({
			label: `In segment ${name}`,
			group: 'Segments',
			condition: { kind: 'segment', segment: id, in: true }
		})),
	opposite: (condition) => ({ ...condition, in: !condition.in })
});
