import * as z from 'zod/mini';
import { dayOf, instantOf } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { periods } from '$lib/time/period';
import { listed, plural, value as chosen, type Part, type Phrase } from '../phrase';
import { FieldOperand, isFieldOperand } from './operand';
import {
	positiveOf,
	type Negatives,
	type OperatorInfo,
	type Positive,
	type Say,
	type TestWith
} from './operator';
import { presence, presenceTests } from './presence';

/** What date and datetime operators share: their schema, names and words. What they mean is in date.ts and datetime.ts. */

/** Lengths of time, for what happened at an instant; and those of whole days. */
export const units = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export const dayUnits = ['day', 'week', 'month', 'year'] as const;

const Amount = z
	.int({ error: 'Type a whole number.' })
	.check(z.gte(1, { error: 'Type a number of 1 or more.' }), z.lte(10_000));

const Day = z
	.string()
	.check(z.refine((text) => dayOf(text) !== undefined, { error: 'Choose a date.' }));

/** A day, or an instant with its zone. */
const DayOrInstant = z.string().check(
	z.refine((text) => dayOf(text) !== undefined || instantOf(text) !== undefined, {
		error: 'Choose a date.'
	})
);

const inOrder = z.refine<{ from: string; to: string }>(
	({ from, to }) => from.slice(0, 10) <= to.slice(0, 10),
	{ error: 'The first date is after the second.' }
);
const nearThenFar = z.refine<{ near: number; far: number }>(({ near, far }) => near < far, {
	error: 'The first number must be below the second.'
});

const rolling = ['inLast', 'notInLast', 'inNext', 'moreThanAgo', 'moreThanAhead'] as const;
export const sides = ['before', 'onOrBefore', 'after', 'onOrAfter'] as const;

const timeTests = <U extends typeof units | typeof dayUnits>(unit: U, when: typeof Day) =>
	[
		z.object({ operator: z.enum(['on', 'notOn']), day: Day }),
		z.object({ operator: z.enum(sides), value: z.union([when, FieldOperand]) }),
		z.object({ operator: z.enum(['between', 'notBetween']), from: when, to: when }).check(inOrder),
		z.object({ operator: z.enum(rolling), n: Amount, unit: z.enum(unit) }),
		z.object({ operator: z.literal('inLastCalendar'), n: Amount, unit: z.enum(dayUnits) }),
		z
			.object({
				operator: z.literal('betweenAgo'),
				near: Amount,
				far: Amount,
				unit: z.enum(unit)
			})
			.check(nearThenFar),
		z.object({ operator: z.literal('inPeriod'), period: z.enum(periods) }),
		z.object({
			operator: z.literal('dayOfWeek'),
			/** Monday is 1, Sunday 7. */
			days: z
				.array(z.int().check(z.gte(1), z.lte(7)))
				.check(z.minLength(1, { error: 'Choose a day.' }))
		}),
		z.object({
			operator: z.literal('monthIs'),
			/** January is 1. */
			months: z
				.array(z.int().check(z.gte(1), z.lte(12)))
				.check(z.minLength(1, { error: 'Choose a month.' }))
		}),
		...presenceTests
	] as const;

export const DateTest = z.discriminatedUnion('operator', timeTests(dayUnits, Day));
export type DateTest = z.infer<typeof DateTest>;

export const DatetimeTest = z.discriminatedUnion('operator', timeTests(units, DayOrInstant));
export type DatetimeTest = z.infer<typeof DatetimeTest>;

export const info: Record<DatetimeTest['operator'], OperatorInfo> = {
	on: {
		label: 'on',
		definition: 'On that day of the workspace’s calendar.',
		aliases: ['is', 'equals'],
		partner: 'notOn'
	},
	notOn: {
		label: 'not on',
		definition: 'On any other day, or no date.',
		aliases: ['is not'],
		partner: 'on'
	},
	before: {
		label: 'before',
		definition: 'Earlier than the start of that day.',
		aliases: ['less than']
	},
	onOrBefore: { label: 'on or before', definition: 'That day or earlier.' },
	after: {
		label: 'after',
		definition: 'Later than the end of that day.',
		aliases: ['greater than']
	},
	onOrAfter: { label: 'on or after', definition: 'That day or later.', aliases: ['since'] },
	between: {
		label: 'between',
		definition: 'From one day to another, both included.',
		aliases: ['range'],
		partner: 'notBetween'
	},
	notBetween: {
		label: 'not between',
		definition: 'Outside of both days, or no date.',
		partner: 'between'
	},
	inLast: {
		label: 'in the last',
		definition: 'From so long ago until now. The future is not in it.',
		aliases: ['within', 'less than ago', 'past', 'in the past', 'in last'],
		partner: 'notInLast'
	},
	notInLast: {
		label: 'not in the last',
		definition: 'Longer ago, in the future, or no date.',
		partner: 'inLast'
	},
	inLastCalendar: {
		label: 'in the last (calendar)',
		definition: 'Whole days, weeks, months or years, the current one included, until now.',
		aliases: ['calendar days']
	},
	inNext: {
		label: 'in the next',
		definition: 'From now until so long ahead.',
		aliases: ['upcoming', 'within next']
	},
	moreThanAgo: {
		label: 'more than … ago',
		definition: 'Longer ago than that.',
		aliases: ['older than', 'not in last']
	},
	moreThanAhead: { label: 'more than … ahead', definition: 'Further in the future than that.' },
	betweenAgo: {
		label: 'between … and … ago',
		definition: 'Between two distances into the past, both included.'
	},
	inPeriod: {
		label: 'in',
		definition: 'Today, this week, last month and so on: whole periods.',
		aliases: ['this month', 'today', 'last week', 'period']
	},
	dayOfWeek: {
		label: 'day of week is',
		definition: 'The weekday it falls on, in the workspace’s zone.',
		aliases: ['weekday']
	},
	monthIs: { label: 'month is', definition: 'The month it falls in, whatever the year.' },
	...presence
};

export const negatives = {
	notOn: 'on',
	notBetween: 'between',
	notInLast: 'inLast'
} as const satisfies Negatives;

type AnyTimeTest = DatetimeTest | DateTest;

/** The tests that are asked of a date or a datetime. */
export type PositiveTime<T extends AnyTimeTest> = Positive<T, keyof typeof negatives>;
/** Those of them that are about one stretch of time. */
export type StretchOf<T extends AnyTimeTest> = TestWith<
	T,
	Exclude<PositiveTime<T>['operator'], 'dayOfWeek' | 'monthIs'>
>;

/** The stretch of time a test is about, a negative one about what it leaves out; nothing for other tests. */
export function stretchOf<T extends AnyTimeTest>(test: T): StretchOf<T> | undefined {
	const notAStretch: ReadonlySet<string> = new Set([
		'dayOfWeek',
		'monthIs',
		...Object.keys(presence)
	]);
	// The names left are those of the type.
	return notAStretch.has(test.operator)
		? undefined
		: ((positiveOf(test, negatives) ?? test) as unknown as StretchOf<T>);
}

export function explain(test: AnyTimeTest, say: Say): Phrase {
	const { label } = info[test.operator];
	switch (test.operator) {
		case 'hasValue':
		case 'hasNoValue':
			return [label];
		case 'on':
		case 'notOn':
			return [`${label} `, when(test.day)];
		case 'before':
		case 'onOrBefore':
		case 'after':
		case 'onOrAfter':
			return [
				`${label} `,
				isFieldOperand(test.value) ? chosen(say.field(test.value.field)) : when(test.value)
			];
		case 'between':
		case 'notBetween':
			return [`${label} `, when(test.from), ' and ', when(test.to)];
		case 'inLast':
		case 'notInLast':
		case 'inNext':
			return [`${label} `, test.n === 1 ? chosen(test.unit) : span(test.n, test.unit)];
		case 'inLastCalendar':
			return ['in the last ', chosen(plural(test.n, `calendar ${test.unit}`))];
		case 'moreThanAgo':
			return ['more than ', span(test.n, test.unit), ' ago'];
		case 'moreThanAhead':
			return ['more than ', span(test.n, test.unit), ' ahead'];
		case 'betweenAgo':
			return ['between ', chosen(String(test.near)), ' and ', span(test.far, test.unit), ' ago'];
		case 'inPeriod':
			return [chosen(periodName(test.period))];
		case 'dayOfWeek':
			return ['on a ', ...listed(test.days.map(weekdayName), 'or')];
		case 'monthIs':
			return ['in ', ...listed(test.months.map(monthName), 'or')];
		default:
			return unreachable(test);
	}
}

const span = (n: number, unit: string): Part => chosen(plural(n, unit));

/** "24 Aug 2026", with its UTC time if it is an instant. */
function when(text: string): Part {
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone: 'UTC',
		dateStyle: 'medium',
		...(text.length > 10 ? { timeStyle: 'short' } : {})
	});
	const instant = text.length > 10 ? instantOf(text) : Date.parse(`${text}T00:00:00Z`);
	return chosen(`${format.format(instant)}${text.length > 10 ? ' UTC' : ''}`);
}

export function periodName(period: (typeof periods)[number]): string {
	return period.replace(/[A-Z]/, (c) => ` ${c.toLowerCase()}`);
}

// 4 January 2021 was a Monday.
export const weekdayName = (day: number): string =>
	new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' }).format(
		Date.UTC(2021, 0, 3 + day)
	);

export const monthName = (month: number): string =>
	new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long' }).format(
		Date.UTC(2021, month - 1, 1)
	);
