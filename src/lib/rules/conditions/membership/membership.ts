import * as z from 'zod/mini';
import { sql } from '$lib/sql';
import { offeredSegments } from '../../definitions';
import { datetime } from '../../operators/datetime';
import { Window, windowHolds, windowSql } from '../../operators/window';
import { name } from '../../phrase';
import { defineKind, type Compiled } from '../kind';

export const MembershipCondition = z.object({
	kind: z.literal('membership'),
	segment: z.string().check(z.minLength(1, { error: 'Choose a segment.' })),
	did: z.boolean(),
	move: z.enum(['entered', 'left']),
	/** Without one: up to now. */
	window: z.optional(Window)
});
export type MembershipCondition = z.infer<typeof MembershipCondition>;

/** Who came into a segment or left it, by the log of such moves; being in it now is the kind `segment`. */
export const membership = defineKind<MembershipCondition, Compiled<MembershipCondition>>({
	kind: 'membership',
	definition: 'Entered or left a segment.',
	sign: () => 'group',
	schema: MembershipCondition,
	reads: ['segment_move'],
	references: ({ segment }) => [{ type: 'segment', id: segment }],

	problems({ segment: id }, { segments }) {
		const segment = segments.get(id);
		return !segment || segment.rule
			? []
			: [`“${segment.name}” has not been saved yet. Save it first.`];
	},

	compile({ segment, did, move, window }, moment) {
		const inTime = window ? windowSql(window, sql`at`, moment) : sql`at <= ${new Date(moment.now)}`;
		const isKnown = reachesBack(window) ? sql`` : sql` and cause <> 'began'`;
		return {
			select: sql`select cno from segment_move where segment = ${segment} and entered = ${move === 'entered'} and ${inTime}${isKnown}`,
			negated: !did
		};
	},

	holds({ segment: id, did, move, window }, { moves }, moment) {
		const moved = moves.some(
			({ segment, entered, at, began }) =>
				segment === id &&
				entered === (move === 'entered') &&
				!(began && !reachesBack(window)) &&
				(window ? windowHolds(window, at, moment) : at <= moment.now)
		);
		return moved === did;
	},

	explain: ({ segment, did, move, window }, { segments }) => [
		did ? `has ${move} segment ` : `has not ${move} segment `,
		name(segments.get(segment)?.name ?? 'a deleted segment'),
		...(window ? [' ', ...datetime.explain(window, { value: String, field: String })] : [])
	],

	choices: (definitions) =>
		offeredSegments(definitions).length === 0
			? []
			: (['entered', 'left'] as const).map((move) => ({
					label: move === 'entered' ? 'Entered a segment' : 'Left a segment',
					group: 'Segments',
					aliases: ['membership', 'joined', 'moved'],
					condition: { kind: 'membership', segment: '', did: true, move }
				})),

	opposite: (condition) => ({ ...condition, did: !condition.did })
});

/**
 * Whether a window has no beginning. Of whoever was in a segment when what is known of it begins, it is known that they
 * had entered it by then, and not when: only such a window surely has it in it.
 */
const reachesBack = (window: Window | undefined): boolean =>
	!window || ['before', 'onOrBefore', 'moreThanAgo'].includes(window.operator);
