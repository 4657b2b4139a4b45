import * as z from 'zod/mini';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { CountTest, countHolds, explainCount } from '../../operators/count';
import { Window } from '../../operators/window';
import { value } from '../../phrase';
import { counted } from '../counted';
import { defineKind, type Compiled } from '../kind';
import {
	eventReferences,
	EventTypeIds,
	filterProblems,
	matching,
	matchingSql,
	Where
} from './matching';
import { propertyProblems, type PersonEvent } from './property';
import { belongs, LastSends, ofSendsSql, sendsOf } from './sends';
import { explainSends, explainTypes, explainWhere, explainWindow } from './words';

const asked = {
	kind: z.literal('event'),
	types: EventTypeIds,
	/** Without one: all events up to now. */
	window: z.optional(Window),
	where: z.optional(Where),
	/** Only those that belong to one of the last so many emails sent to the contact. */
	lastSends: z.optional(LastSends)
};

export const EventCondition = z.discriminatedUnion('did', [
	z.object({ ...asked, did: z.literal(true), count: z.optional(CountTest) }),
	z.object({ ...asked, did: z.literal(false) })
]);
export type EventCondition = z.infer<typeof EventCondition>;

const once: CountTest = { operator: 'atLeast', n: 1 };
const never: CountTest = { operator: 'exactly', n: 0 };
export const countOf = (condition: EventCondition): CountTest =>
	condition.did ? (condition.count ?? once) : never;

/** Those of a person's events that count. */
export function found(
	condition: EventCondition,
	events: readonly PersonEvent[],
	moment: Moment
): readonly PersonEvent[] {
	const { lastSends } = condition;
	const sends = lastSends ? sendsOf(events, moment).slice(-lastSends) : [];
	return matching(condition, events, moment).filter(
		(event) => !lastSends || sends.some((send) => belongs(event, send))
	);
}

export const event = defineKind<EventCondition, Compiled<EventCondition>>({
	kind: 'event',
	definition: 'Did something, or did not: how often, when, and with what about it.',
	sign: () => 'event',
	schema: EventCondition,
	reads: ['event'],

	references: ({ types }) => eventReferences(types),
	problems: ({ types, where, lastSends }, definitions) => [
		...filterProblems(types, where, definitions),
		...(lastSends ? propertyProblems(types, 'campaign', definitions.eventTypes) : [])
	],

	compile(condition, moment) {
		const { lastSends } = condition;
		const from = lastSends
			? ofSendsSql(lastSends, condition, moment)
			: matchingSql(condition, moment);
		return counted(countOf(condition), sql`select event.cno${from}`);
	},

	holds(condition, { events }, moment) {
		return countHolds(countOf(condition), found(condition, events, moment).length);
	},

	explain(condition, definitions) {
		const { did, types, window, where, lastSends } = condition;
		return [
			did ? 'has done ' : 'has not done ',
			...explainTypes(types, definitions),
			...(lastSends ? [' of ', value(explainSends(lastSends))] : []),
			...(did && condition.count ? [' ', ...explainCount(condition.count, 'time')] : []),
			...explainWindow(window),
			...explainWhere(where, types, definitions)
		];
	},

	choices: ({ eventTypes }) =>
		[...eventTypes.values()].map(({ id, name }) => ({
			label: name,
			group: 'Did or did not',
			condition: { kind: 'event', types: [id], did: true }
		})),

	opposite(condition) {
		const { did, ...rest } = condition;
		if (!did) return { ...rest, did: true };
		return 'count' in rest && rest.count ? undefined : { ...rest, did: false };
	}
});
