import * as z from 'zod/mini';
import { plural, value, type Phrase } from '../../phrase';
import type { Definitions } from '../../definitions';
import { Window } from '../../operators/window';
import { eventReferences, EventTypeIds, filterProblems, Where } from '../event/matching';
import { explainTypes, explainWhere, explainWindow } from '../event/words';
import { defineKind, type Compiled } from '../kind';
import { hasChain } from './chain';
import { chainSql } from './chain-sql';

/** Lengths that are the same wherever and whenever: months are not. */
export const gapUnits = ['minute', 'hour', 'day', 'week'] as const;
export const mostSteps = 5;

const notWhole = { error: 'Type a whole number of 1 or more.' };
const Gap = z.object({
	n: z.int(notWhole).check(z.gte(1, notWhole), z.lte(10_000)),
	unit: z.enum(gapUnits)
});
export type Gap = z.infer<typeof Gap>;

const events = { types: EventTypeIds, where: z.optional(Where) };
const Step = z.object({
	...events,
	/** At most so long after the step before. */
	within: z.optional(Gap),
	/** None of these strictly between the step before and this one. */
	without: z.optional(z.object(events))
});
export type Step = z.infer<typeof Step>;

export const SequenceCondition = z.object({
	kind: z.literal('sequence'),
	steps: z.array(Step).check(
		z.minLength(2, { error: 'Choose at least two steps.' }),
		z.maxLength(mostSteps, { error: `Choose ${mostSteps} steps or fewer.` }),
		z.refine(([first]) => !first?.within && !first?.without, {
			error: 'The first step comes after nothing.'
		})
	),
	/** When every step is. Without one: up to now. */
	window: z.optional(Window)
});
export type SequenceCondition = z.infer<typeof SequenceCondition>;

/** One thing after another, each strictly later than the one before. */
export const sequence = defineKind<SequenceCondition, Compiled<SequenceCondition>>({
	kind: 'sequence',
	definition: 'One thing after another, each within a time and without something else in between.',
	sign: () => 'event',
	schema: SequenceCondition,
	reads: ['event'],

	references: ({ steps }) =>
		steps.flatMap(({ types, without }) => eventReferences([...types, ...(without?.types ?? [])])),
	problems: ({ steps }, definitions) =>
		steps.flatMap((step) =>
			[step, ...(step.without ? [step.without] : [])].flatMap(({ types, where }) =>
				filterProblems(types, where, definitions)
			)
		),

	compile: (condition, moment) => ({ select: chainSql(condition, moment), negated: false }),
	holds: (condition, { events }, moment) => hasChain(condition, events, moment),

	explain: ({ steps, window }, definitions) => [
		'has done ',
		...steps.flatMap((step, i): Phrase => [
			...(i === 0 ? [] : [', then ']),
			...explainStep(step, definitions)
		]),
		...(window ? [', all', ...explainWindow(window)] : [])
	],

	choices: () => [
		{
			label: 'One thing after another',
			group: 'Did or did not',
			aliases: ['sequence', 'then', 'followed by', 'funnel', 'journey'],
			condition: { kind: 'sequence', steps: [{ types: [] }, { types: [] }] }
		}
	],

	opposite: () => undefined
});

const explainStep = ({ types, where, within, without }: Step, definitions: Definitions): Phrase => [
	...explainTypes(types, definitions),
	...explainWhere(where, types, definitions, ' with '),
	...(within ? [' within ', value(plural(within.n, within.unit))] : []),
	...(without
		? [
				' and in between no ',
				...explainTypes(without.types, definitions),
				...explainWhere(without.where, without.types, definitions, ' with ')
			]
		: [])
];
