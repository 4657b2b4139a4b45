import * as z from 'zod/mini';
import { familyOf } from '$lib/fields/field';
import { comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { periods } from '$lib/time/period';
import { dayAt } from '$lib/time/zone';
import { monthName, periodName } from '../../operators/time';
import { listed, name, plural, value, type Phrase } from '../../phrase';
import { fieldSql } from '../../stored';
import { defineKind, type Compiled } from '../kind';
import { comingRound, yearlessDay } from './coming-round';
import { dayOfYearSql } from './day-of-year';

const AnniversaryTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.literal('today') }),
	z.object({
		operator: z.enum(['inNext', 'inLast']),
		/** Whole days, today among them. */
		days: z
			.int({ error: 'Type a whole number.' })
			.check(
				z.gte(1, { error: 'Type a number of 1 or more.' }),
				z.lte(366, { error: 'A year has no more than 366 days.' })
			)
	}),
	z.object({ operator: z.literal('inPeriod'), period: z.enum(periods) }),
	z.object({
		operator: z.literal('monthIs'),
		/** January is 1. */
		months: z
			.array(z.int().check(z.gte(1), z.lte(12)))
			.check(z.minLength(1, { error: 'Choose a month.' }))
	}),
	z.object({
		operator: z.literal('onDay'),
		/** `--MM-DD` */
		day: z
			.string({ error: 'Choose a day.' })
			.check(z.refine((day) => yearlessDay(day) !== undefined, { error: 'Choose a day.' }))
	})
]);
export type AnniversaryTest = z.infer<typeof AnniversaryTest>;

export const AnniversaryCondition = z.object({
	kind: z.literal('anniversary'),
	field: z.string().check(z.minLength(1, { error: 'Choose a field.' })),
	of: z.enum(['date', 'datetime']),
	test: AnniversaryTest
});
export type AnniversaryCondition = z.infer<typeof AnniversaryCondition>;

export const anniversaryOperators: Record<AnniversaryTest['operator'], string> = {
	today: 'comes round today',
	inNext: 'comes round in the next',
	inLast: 'came round in the last',
	inPeriod: 'comes round in the period',
	monthIs: 'is in the month of',
	onDay: 'is on the day'
};

export const anniversary = defineKind<AnniversaryCondition, Compiled<AnniversaryCondition>>({
	kind: 'anniversary',
	definition: 'The day of a date comes round, whatever its year.',
	sign: () => 'field',
	schema: AnniversaryCondition,
	reads: ['contact'],
	references: ({ field }) => [{ type: 'field', id: field }],

	problems({ field: id, of }, { fields }) {
		const field = fields.get(id);
		return !field || familyOf(field.type) === of
			? []
			: [`${field.name} is now a ${field.type}; choose a field with dates.`];
	},

	compile({ field, of, test }, moment) {
		const stored = fieldSql(field, of);
		const days = [...comingRound(test, moment)];
		const select =
			of === 'date'
				? sql`select cno from contact where right(${stored}, 5) = any(${days}::text[]) or contact.fields ->> ${field} = any(${days.map(yearless)}::text[])`
				: sql`select cno from contact where ${dayOfYearSql(stored, moment.zone)} = any(${days}::text[])`;
		return { select, negated: false };
	},

	holds({ field, of, test }, { fields }, moment) {
		const days = comingRound(test, moment);
		const given = fields[field];
		// A day without its year compares with no date, so it is asked for as it is stored.
		if (of === 'date' && [...days].some((day) => yearless(day) === given)) return true;
		const stored = comparable(given, of);
		if (stored === undefined) return false;
		const day = of === 'date' ? String(stored) : dayAt(Number(stored), moment.zone);
		return days.has(day.slice(-5));
	},

	explain({ field, test }, { fields }) {
		const subject = [name(fields.get(field)?.name ?? 'a deleted field'), ' '];
		return [...subject, ...explainTest(test)];
	},

	choices: ({ fields }) =>
		[...fields.values()].flatMap(({ id, name, type }) => {
			const of = familyOf(type);
			if (of !== 'date' && of !== 'datetime') return [];
			return [
				{
					label: `${name} comes round`,
					group: 'Fields' as const,
					aliases: ['anniversary', 'birthday', 'yearly', 'every year', 'name day'],
					condition: { kind: 'anniversary', field: id, of, test: { operator: 'inNext', days: 7 } }
				}
			];
		}),

	opposite: () => undefined,

	/** The days on which it comes round. */
	times({ test }) {
		switch (test.operator) {
			case 'today':
				return [{ family: 'date', test: { operator: 'inPeriod', period: 'today' } }];
			case 'inNext':
			case 'inLast':
				return [{ family: 'date', test: { operator: test.operator, n: test.days, unit: 'day' } }];
			case 'inPeriod':
				return [{ family: 'date', test }];
			default:
				return [];
		}
	},

	/** On which day a leap day comes round hangs on the year. */
	timesBetween: () => [{ family: 'date', test: { operator: 'inPeriod', period: 'thisYear' } }]
});

const yearless = (day: string): string => `--${day}`;

function explainTest(test: AnniversaryTest): Phrase {
	switch (test.operator) {
		case 'today':
			return [anniversaryOperators.today];
		case 'inNext':
		case 'inLast':
			return [
				`${anniversaryOperators[test.operator]} `,
				value(test.days === 1 ? 'day' : plural(test.days, 'day'))
			];
		case 'inPeriod':
			return ['comes round ', value(periodName(test.period))];
		case 'monthIs':
			return ['comes round in ', ...listed(test.months.map(monthName), 'or')];
		case 'onDay':
			return ['comes round on ', value(sayYearless(test.day))];
		default:
			return unreachable(test);
	}
}

/** "29 February" of `--02-29`. */
export const sayYearless = (day: string): string =>
	`${Number(day.slice(-2))} ${monthName(Number(day.slice(2, 4)))}`;
