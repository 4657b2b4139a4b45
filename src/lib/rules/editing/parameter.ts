import type { Family } from '$lib/fields/field';
import { isFieldOperand } from '../operators/operand';
import type { Comparison } from '../operators/families';

/** What a test takes beside its operator, and so which token its value is edited with. */
export type Parameter =
	| 'none'
	/** `value`: text that stands somewhere */
	| 'text'
	/** `pattern` */
	| 'pattern'
	/** `value`: one of those there are, or another field */
	| 'value'
	/** `values`: any of those there are */
	| 'values'
	/** `value`: a number, or another field */
	| 'number'
	| 'numberRange'
	/** `day` */
	| 'day'
	/** `value`: a day, for datetimes also an instant, or another field */
	| 'when'
	| 'whenRange'
	/** `n`, `unit` */
	| 'span'
	| 'calendarSpan'
	/** `near`, `far`, `unit` */
	| 'agoRange'
	| 'period'
	| 'weekdays'
	| 'months'
	| 'count'
	/** `where`: what items are like */
	| 'items'
	/** `count`, and maybe `where` */
	| 'itemCount';

type OperatorOf<F extends Family> = Extract<Comparison, { of: F }>['test']['operator'];

const none = { hasValue: 'none', hasNoValue: 'none' } as const;

const time: Record<OperatorOf<'date'>, Parameter> = {
	on: 'day',
	notOn: 'day',
	before: 'when',
	onOrBefore: 'when',
	after: 'when',
	onOrAfter: 'when',
	between: 'whenRange',
	notBetween: 'whenRange',
	inLast: 'span',
	notInLast: 'span',
	inLastCalendar: 'calendarSpan',
	inNext: 'span',
	moreThanAgo: 'span',
	moreThanAhead: 'span',
	betweenAgo: 'agoRange',
	inPeriod: 'period',
	dayOfWeek: 'weekdays',
	monthIs: 'months',
	...none
};

/** An operator without an entry does not type-check. */
const parameters: { readonly [F in Family]: Readonly<Record<OperatorOf<F>, Parameter>> } = {
	text: {
		is: 'value',
		isNot: 'value',
		isAnyOf: 'values',
		isNoneOf: 'values',
		contains: 'text',
		doesNotContain: 'text',
		containsAnyOf: 'values',
		containsNoneOf: 'values',
		startsWith: 'text',
		doesNotStartWith: 'text',
		endsWith: 'text',
		doesNotEndWith: 'text',
		matches: 'pattern',
		doesNotMatch: 'pattern',
		domainIs: 'text',
		domainIsNot: 'text',
		domainIsAnyOf: 'values',
		domainIsNoneOf: 'values',
		...none
	},
	number: {
		equals: 'number',
		doesNotEqual: 'number',
		moreThan: 'number',
		atLeast: 'number',
		lessThan: 'number',
		atMost: 'number',
		between: 'numberRange',
		notBetween: 'numberRange',
		isAnyOf: 'values',
		isNoneOf: 'values',
		...none
	},
	boolean: { isTrue: 'none', isFalse: 'none', isNotTrue: 'none', isNotFalse: 'none', ...none },
	date: time,
	datetime: time,
	select: { is: 'value', isNot: 'value', isAnyOf: 'values', isNoneOf: 'values', ...none },
	multiselect: {
		includesAny: 'values',
		includesAll: 'values',
		includesNone: 'values',
		doesNotIncludeAll: 'values',
		isExactly: 'values',
		isNotExactly: 'values',
		count: 'count',
		...none
	},
	json: { anyItem: 'items', allItems: 'items', noItem: 'items', itemCount: 'itemCount', ...none }
};

/** A test being edited: anything but its operator may be missing or wrong. */
export type RawTest = { readonly operator: string } & Readonly<Record<string, unknown>>;

/** The test of a comparison, or one without an operator where there is none to read. */
export function rawTest(value: unknown): RawTest {
	const test = typeof value === 'object' && value !== null ? value : {};
	return 'operator' in test && typeof test.operator === 'string'
		? (test as RawTest)
		: { ...test, operator: '' };
}

/** What an operator takes; `none` for one that this family has not. */
export const parameterOf = (family: Family, operator: string): Parameter =>
	(parameters[family] as Readonly<Record<string, Parameter>>)[operator] ?? 'none';

/** Whether the text a person gives is looked for as a whole, so that the values there are can be suggested. */
export const isWhole = (operator: string): boolean => !/^(contains|domain)/.test(operator);

/** Choosing these means nothing but the usual thing, so they start filled in. */
const usual: Partial<Record<Parameter, Readonly<Record<string, unknown>>>> = {
	span: { n: 30, unit: 'day' },
	calendarSpan: { n: 3, unit: 'month' },
	agoRange: { near: 30, far: 90, unit: 'day' },
	period: { period: 'thisMonth' },
	count: { count: { operator: 'atLeast', n: 1 } },
	itemCount: { count: { operator: 'atLeast', n: 1 } }
};

/** What a test becomes with another operator: what both can say is kept. */
export function changeOperator(family: Family, test: RawTest, operator: string): RawTest {
	const to = parameterOf(family, operator);
	if (to === 'none') return { operator };
	if (to === parameterOf(family, test.operator)) return { ...test, operator };

	const first = firstOf(test);
	const unit = to === 'calendarSpan' && isClockUnit(test.unit) ? 'day' : test.unit;
	const n = test.n ?? test.far;
	const kept: Partial<Record<Parameter, Readonly<Record<string, unknown>>>> = {
		text: typeof first === 'string' ? { value: first } : {},
		value: first === undefined ? {} : { value: first },
		values: first === undefined || isFieldOperand(first) ? {} : { values: [first] },
		number: first === undefined ? {} : { value: first },
		numberRange: typeof first === 'number' ? { from: first } : {},
		day: typeof first === 'string' ? { day: first.slice(0, 10) } : {},
		when: first === undefined ? {} : { value: first },
		whenRange: typeof first === 'string' ? { from: first } : {},
		span: n === undefined ? {} : { n, unit },
		calendarSpan: n === undefined ? {} : { n, unit },
		items: test.where === undefined ? {} : { where: test.where },
		itemCount: test.where === undefined ? {} : { where: test.where }
	};
	return { operator, ...usual[to], ...kept[to] };
}

const firstOf = (test: RawTest): unknown =>
	test.value ?? (Array.isArray(test.values) ? test.values[0] : undefined) ?? test.day ?? test.from;

const isClockUnit = (unit: unknown): boolean => unit === 'minute' || unit === 'hour';
