import * as z from 'zod/mini';
import { sayValue } from '$lib/fields/say';
import { explainComparison, otherFieldOf } from '../../operators/compare';
import { families } from '../../operators/families';
import { value, type Phrase } from '../../phrase';
import { eventReferences } from '../event/matching';
import { LastSends } from '../event/sends';
import { explainSends } from '../event/words';
import { defineKind, type Choice, type Compiled } from '../kind';
import { compileRate, rateHolds } from './rate';
import { compileRfm, rfmHolds, scores } from './rfm';

const nothingChosen = { error: 'Choose at least one group.' };
/** Fifths, of which 5 is the best. */
const Quintiles = z
	.array(z.int().check(z.gte(1), z.lte(5)), nothingChosen)
	.check(z.minLength(1, nothingChosen));

const RateCondition = z.object({
	kind: z.literal('engagement'),
	measure: z.enum(['openRate', 'clickRate']),
	/** Of how many of the last emails sent. Nobody to whom none was sent has a rate. */
	sends: LastSends,
	excludeMachines: z.optional(z.boolean()),
	/** In percent. */
	test: families.number.schema
});
export type RateCondition = z.infer<typeof RateCondition>;

const RfmCondition = z
	.object({
		kind: z.literal('engagement'),
		measure: z.literal('rfm'),
		is: z.boolean(),
		/** Fifths of all who ordered, by when they did last, */
		recency: z.optional(Quintiles),
		/** how often, */
		frequency: z.optional(Quintiles),
		/** and how much they spent. All that are given hold. */
		monetary: z.optional(Quintiles)
	})
	.check(
		z.refine((condition) => scores.some((score) => condition[score] !== undefined), nothingChosen)
	);
export type RfmCondition = z.infer<typeof RfmCondition>;

export const EngagementCondition = z.discriminatedUnion('measure', [RateCondition, RfmCondition]);
export type EngagementCondition = z.infer<typeof EngagementCondition>;

/** How much of what they were sent people open, and where among all who ordered they stand. */
export const engagement = defineKind<EngagementCondition, Compiled<EngagementCondition>>({
	kind: 'engagement',
	definition:
		'Open or click rate over the last emails sent, or the buyer group by recency, frequency and spend.',
	sign: () => 'event',
	schema: EngagementCondition,
	reads: ['event', 'contact'],

	references: ({ measure }) =>
		eventReferences(
			measure === 'rfm'
				? ['order_placed']
				: ['email_sent', measure === 'openRate' ? 'email_opened' : 'email_clicked']
		),
	problems: (condition) =>
		condition.measure !== 'rfm' && otherFieldOf(condition.test) !== undefined
			? ['A rate is compared with a number, not with a field.']
			: [],

	compile: (condition, moment) =>
		condition.measure === 'rfm' ? compileRfm(condition, moment) : compileRate(condition, moment),
	holds: (condition, person, moment) =>
		condition.measure === 'rfm'
			? rfmHolds(condition, person, moment)
			: rateHolds(condition, person.events, moment),

	explain(condition) {
		if (condition.measure === 'rfm') {
			const given = scores.flatMap((score) => {
				const quintiles = condition[score];
				return quintiles ? [[`${score} `, value(sayQuintiles(quintiles))] as Phrase] : [];
			});
			return [
				condition.is ? 'is in the buyer group of ' : 'is not in the buyer group of ',
				...given.flatMap((part, i): Phrase => (i === 0 ? part : [' and ', ...part]))
			];
		}
		const { measure, sends, excludeMachines, test } = condition;
		const say = { value: (n: string | number) => `${sayValue(n, undefined)} %`, field: String };
		return [
			measure === 'openRate' ? 'open rate of ' : 'click rate of ',
			value(explainSends(sends)),
			...(excludeMachines ? [', not counting machines,'] : []),
			' ',
			...explainComparison({ of: 'number', test }, say)
		];
	},

	choices: () => [
		...(['openRate', 'clickRate'] as const).map((measure): Choice => ({
			label: measure === 'openRate' ? 'Open rate' : 'Click rate',
			group: 'Emails',
			aliases: ['engagement', 'engaged', 'unengaged', 'percent'],
			condition: { kind: 'engagement', measure, sends: 10, test: { operator: 'atLeast' } }
		})),
		...groups.map(([label, aliases, quintiles]): Choice => ({
			label: `Buyer group: ${label}`,
			group: 'Orders',
			aliases: ['rfm', 'recency', 'frequency', 'monetary', ...aliases],
			condition: { kind: 'engagement', measure: 'rfm', is: true, ...quintiles }
		}))
	],

	opposite: (condition) =>
		condition.measure === 'rfm' ? { ...condition, is: !condition.is } : undefined
});

type Group = readonly [
	string,
	readonly string[],
	Partial<Record<(typeof scores)[number], number[]>>
];

/** Where people start from, to change what they like. */
const groups: readonly Group[] = [
	['best', ['champions', 'vip'], { recency: [4, 5], frequency: [4, 5], monetary: [4, 5] }],
	['loyal', ['frequent'], { recency: [3, 4, 5], frequency: [4, 5] }],
	['new', ['recent'], { recency: [4, 5], frequency: [1] }],
	['big spenders', ['whales'], { monetary: [5] }],
	['at risk', ['slipping'], { recency: [1, 2], frequency: [4, 5] }],
	['lost', ['hibernating', 'churned'], { recency: [1], frequency: [1, 2] }]
];

/** "4–5", "1 or 3" */
export function sayQuintiles(quintiles: readonly number[]): string {
	const sorted = [...new Set(quintiles)].sort();
	const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
	if (sorted.length > 1 && last - first === sorted.length - 1) return `${first}–${last}`;
	return sorted.join(' or ');
}
