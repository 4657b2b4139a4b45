import type { Rule } from '../../../src/lib/rules/rule';
import { group, leaf } from '../../../src/lib/rules/rule';
import type { Condition } from '../../../src/lib/rules/conditions/registry';
import * as winnow from './conditions';
import { moment, secondsAgo } from './moment';
import { pointsSql, typeNo, type Dialect } from './tables';

export const segmentIds = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'] as const;
export type SegmentId = (typeof segmentIds)[number];

/**
 * What is asked of all. A variant, from 0 on, is the same question with another number in it, as after an edit: of
 * Winnow's conditions those with the number are asked anew, and no answer is kept anywhere.
 */
export interface Segment {
	readonly what: string;
	/** What the edited condition is about. */
	readonly about: 'field' | 'group' | 'event';
	rule(variant: number): Rule;
	/** Selects `n`, the count, from the tables of `tables.ts`: the fastest way known in each dialect. */
	sql(variant: number, dialect: Dialect): string;
}

const all = (...conditions: [Condition, ...Condition[]]): Rule => {
	const [first, ...rest] = conditions.map(leaf);
	return group('all', [first!, ...rest]);
};

const countries = ['DE', 'CH', 'AT', 'FR', 'IT', 'GB', 'CZ', 'SE'];
const countOf = (select: string) => `select count(*) as n from (${select}) as member`;
const inList = (list: string) => `select cno from list_member where list = '${list}'`;
const events = (type: keyof typeof typeNo, fromDaysAgo: number, toDaysAgo = 0) =>
	`select cno from event where type = ${typeNo[type]} and happened >= ${secondsAgo(fromDaysAgo)} and happened <= ${secondsAgo(toDaysAgo)}`;
/** Six months ago. */
const halfYearAgo = (moment.now - Date.UTC(2025, 6, 1)) / (24 * 60 * 60_000);

export const segments: Readonly<Record<SegmentId, Segment>> = {
	s1: {
		what: 'Lives in one country',
		about: 'field',
		rule: (i) => all(winnow.livesIn(countries[i]!)),
		sql: (i) => `select count(*) as n from contact where country = '${countries[i]}'`
	},
	s2: {
		what: 'Subscribed, in one of three countries, created in the last 300 days or so',
		about: 'field',
		rule: (i) =>
			all(
				winnow.isSubscribed,
				winnow.livesIn('CH', 'DE', 'AT'),
				winnow.createdInLast(300 + 13 * i)
			),
		sql: (i) =>
			`select count(*) as n from contact where consent = 'subscribed' and country in ('CH', 'DE', 'AT') and created >= ${secondsAgo(300 + 13 * i)}`
	},
	s3: {
		what: 'A number in JSON is above 500 or so',
		about: 'field',
		rule: (i) => all(winnow.pointsAbove(500 + 7 * i)),
		sql: (i, dialect) =>
			`select count(*) as n from contact where ${pointsSql[dialect]} > ${500 + 7 * i}`
	},
	s4: {
		what: 'Tagged, and in one list of ten',
		about: 'group',
		rule: (i) => all(winnow.isTagged('beta'), winnow.isInList(`List ${i + 2}`)),
		sql: (i) =>
			countOf(`select cno from contact_tag where tag = 'beta' intersect ${inList(`List ${i + 2}`)}`)
	},
	s5: {
		what: 'Opened at least 3 times in the last 30 days or so',
		about: 'event',
		rule: (i) => all(winnow.did('email_opened', winnow.inLast(30 + i), 3)),
		sql: (i) => countOf(`${events('email_opened', 30 + i)} group by cno having count(*) >= 3`)
	},
	s6: {
		what: 'Received and did not open between two days',
		about: 'event',
		rule(i) {
			const window = { operator: 'betweenAgo', near: 30, far: 60 + i, unit: 'day' } as const;
			return all(winnow.did('email_sent', window), winnow.didNot('email_opened', window));
		},
		sql: (i) =>
			countOf(`${events('email_sent', 60 + i, 30)} except ${events('email_opened', 60 + i, 30)}`)
	},
	s7: {
		what: 'Ordered in 6 months or added to a cart in the last 30 days or so, and in a list',
		about: 'event',
		rule: (i) =>
			group('all', [
				group('any', [
					leaf(winnow.did('order_placed', winnow.inLast(6, 'month'))),
					leaf(winnow.did('cart_added', winnow.inLast(30 + i)))
				]),
				leaf(winnow.isInList('List 1'))
			]),
		sql: (i) =>
			countOf(
				`select cno from (${events('order_placed', halfYearAgo)} union ${events('cart_added', 30 + i)}) as buyer intersect ${inList('List 1')}`
			)
	},
	s8: {
		what: 'Orders of more than 500 or so in sum, and in a list',
		about: 'event',
		rule: (i) => all(winnow.spentMoreThan(500 + 11 * i), winnow.isInList('List 1')),
		sql: (i) =>
			countOf(
				`select cno from event where type = ${typeNo.order_placed} group by cno having sum(value) > ${100 * (500 + 11 * i)} intersect ${inList('List 1')}`
			)
	}
};

/** How many there are of the segment with the fewest. */
export const variants = 8;

/** The dearest single condition: more than half of all events are of this type. */
export const dearest = (variant: number): Rule =>
	leaf(winnow.did('email_sent', undefined, 3 + variant));
