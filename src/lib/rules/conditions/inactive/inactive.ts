import * as z from 'zod/mini';
import { group, leaf } from '../../rule';
import { eventReferences, EventTypeIds, filterProblems, Where } from '../event/matching';
import { explainTypes, explainWhere, explainWindow } from '../event/words';
import type { Lowered } from '../kind';
import { beforeWindow, InactiveWindow } from './window';

export const InactiveCondition = z.object({
	kind: z.literal('inactive'),
	types: EventTypeIds,
	window: InactiveWindow,
	where: z.optional(Where)
});
export type InactiveCondition = z.infer<typeof InactiveCondition>;

// Its type is stated: what it is lowered to is a condition, and what those are is found out from the kinds.
/** Did it before a window, and not in it. */
export const inactive: Lowered<InactiveCondition> = {
	kind: 'inactive',
	definition: 'Had done it before a stretch of time, and not in it.',
	sign: () => 'event',
	schema: InactiveCondition,
	references: ({ types }) => eventReferences(types),
	problems: ({ types, where }, definitions) => filterProblems(types, where, definitions),

	lower({ types, window, where }) {
		const events = { kind: 'event' as const, types, ...(where ? { where } : {}) };
		const before = beforeWindow(window);
		return group('all', [
			leaf({ ...events, did: true, ...(before ? { window: before } : {}) }),
			leaf({ ...events, did: false, window })
		]);
	},

	explain: ({ types, window, where }, definitions) => [
		'has done ',
		...explainTypes(types, definitions),
		' before, but not',
		...explainWindow(window),
		...explainWhere(where, types, definitions)
	],

	choices: () => [
		{
			label: 'Has become inactive',
			group: 'Did or did not',
			aliases: ['lapsed', 'dormant', 'stopped', 'churned', 'not since'],
			condition: {
				kind: 'inactive',
				types: [],
				window: { operator: 'inLast', n: 90, unit: 'day' }
			}
		}
	],

	opposite: () => undefined
};
