import * as z from 'zod/mini';
import { sayValue } from '$lib/fields/say';
import { explainComparison } from '../../operators/compare';
import { families } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { Window } from '../../operators/window';
import { value, type Phrase } from '../../phrase';
import { eventReferences } from '../event/matching';
import { LastSends } from '../event/sends';
import { explainSends, explainWindow } from '../event/words';
import { defineKind, type Compiled } from '../kind';
import { scores } from './buyers';
import { engagementChoices } from './choices';
import { compileRate, rateHolds } from './rate';
import { compileRfm, rfmHolds } from './rfm';
import { compileTop, topHolds } from './top';

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

const notPercent = { error: 'Type a whole number from 1 to 99.' };

const TopCondition = z.object({
	kind: z.literal('engagement'),
	measure: z.literal('top'),
	is: z.boolean(),
	of: z.enum(['spend', 'orders'], { error: 'Choose by what.' }),
	/** Of all who ordered. */
	percent: z.int(notPercent).check(z.gte(1, notPercent), z.lte(99, notPercent)),
	/** Which orders are looked at, and so who ordered. */
	window: z.optional(Window)
});
export type TopCondition = z.infer<typeof TopCondition>;

export const EngagementCondition = z.discriminatedUnion('measure', [
	RateCondition,
	RfmCondition,
	TopCondition
]);
export type EngagementCondition = z.infer<typeof EngagementCondition>;

/** How much of what they were sent people open, and where among all who ordered they stand. */
export const engagement = defineKind<EngagementCondition, Compiled<EngagementCondition>>({
	kind: 'engagement',
	definition:
		'Open or click rate over the last emails sent, the buyer group by recency, frequency and spend, or the top of all buyers.',
	sign: () => 'event',
	schema: EngagementCondition,
	reads: ['event', 'contact'],

	references: ({ measure }) => eventReferences(eventsAsked(measure)),
	problems: (condition) =>
		'test' in condition && otherFieldOf(condition.test) !== undefined
			? ['A rate is compared with a number, not with a field.']
			: [],

	compile(condition, moment) {
		switch (condition.measure) {
			case 'rfm':
				return compileRfm(condition, moment);
			case 'top':
				return compileTop(condition, moment);
			default:
				return compileRate(condition, moment);
		}
	},
	holds(condition, person, moment) {
		switch (condition.measure) {
			case 'rfm':
				return rfmHolds(condition, person, moment);
			case 'top':
				return topHolds(condition, person, moment);
			default:
				return rateHolds(condition, person.events, moment);
		}
	},

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
		if (condition.measure === 'top') {
			const { is, of, percent, window } = condition;
			return [
				is ? 'is in the top ' : 'is not in the top ',
				value(sayPercent(percent)),
				' of buyers by ',
				value(topMeasures[of]),
				...explainWindow(window)
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

	choices: engagementChoices,

	opposite: (condition) => ('is' in condition ? { ...condition, is: !condition.is } : undefined)
});

/** The types of events it is about. */
export const eventsAsked = (measure: EngagementCondition['measure']): readonly string[] =>
	measure === 'rfm' || measure === 'top'
		? ['order_placed']
		: ['email_sent', measure === 'openRate' ? 'email_opened' : 'email_clicked'];

/** What the top is by. */
export const topMeasures: Record<TopCondition['of'], string> = {
	spend: 'spend',
	orders: 'number of orders'
};

export const sayPercent = (percent: number): string => `${sayValue(percent, undefined)} %`;

/** "4–5", "1 or 3" */
export function sayQuintiles(quintiles: readonly number[]): string {
	const sorted = [...new Set(quintiles)].sort();
	const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
	if (sorted.length > 1 && last - first === sorted.length - 1) return `${first}–${last}`;
	return sorted.join(' or ');
}
