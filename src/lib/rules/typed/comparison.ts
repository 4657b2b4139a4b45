import { familyOf, type Family, type FieldType } from '$lib/fields/field';
import { periods, type Period } from '$lib/time/period';
import { parameterOf, type Parameter } from '../editing/parameter';
import { operatorInfos } from '../operators/families';
import type { OperatorInfo } from '../operators/operator';
import { presence as presenceInfos } from '../operators/presence';
import { dayUnits, monthName, periodName, units, weekdayName } from '../operators/time';
import { countOf } from './count';
import {
	alsoRead,
	brackets,
	choice,
	either,
	entry,
	fixed,
	list,
	maybe,
	named,
	row,
	silent,
	unsayable,
	words
} from './form';
import type { Form, Part } from './form';
import { itemFilters, ofJson } from './json-part';
import { Names } from './names';
import { country, number, single, span, text } from './values';

/** What is compared: a field, or a property of an event. */
export interface Subject {
	readonly type: FieldType;
	readonly options?: readonly { readonly id: string; readonly name: string }[] | undefined;
	readonly format?: 'country' | 'language' | undefined;
}

/** `of`, `test` and `missing`: "is any of CH, DE", "> 50 or no value"; of JSON also `path`. */
export function comparisonOf(subject: Subject): Form<Part> {
	return subject.type === 'json' ? ofJson() : comparedAs(familyOf(subject.type), subject);
}

/** `field`, and what is said of it in the words for comparing values of its type. */
export const ofField = (said: (comparison: Form<Part>) => Form<Part>): Form<Part> =>
	row(
		entry(
			'field',
			named(({ fields }) => fields)
		),
		({ field }, { definitions }) => {
			const subject = definitions.fields.get(String(field));
			return subject ? said(comparisonOf(subject)) : unsayable;
		}
	);

/** Without what asks whether there is a value, if `presence` is left out. */
export const comparedAs = (of: Family, subject: Subject, { presence = true } = {}): Form<Part> => {
	const test = presence
		? testsOf(of, subject)
		: testOf(of, subject, (operator) => !(operator in presenceInfos));
	return row(fixed({ of }, entry('test', test)), maybe(missing));
};

/** All tests of a type. Those without options or a format of their own are the same for all fields. */
function testsOf(of: Family, subject: Subject): Form<Part> {
	if (subject.options || subject.format) return testOf(of, subject);
	const known = plainTests.get(subject.type) ?? testOf(of, subject);
	plainTests.set(subject.type, known);
	return known;
}
const plainTests = new Map<FieldType, Form<Part>>();

const missing = either(
	fixed({ missing: 'include' }, words('or no value')),
	fixed({ missing: 'exclude' }, words('only with a value'))
);

/** A test of any of these operators, or of all that the type has. */
export function testOf(
	of: Family,
	subject: Subject,
	isMeant: (operator: string) => boolean = () => true
): Form<Part> {
	const tests = operatorInfos(of, subject.type)
		.filter(([operator]) => isMeant(operator))
		.flatMap(([operator, info]) => waysToSay(of, operator, info, subject));
	// Of two operators that begin alike ("is", "is any of") the longer one is meant.
	const byLength = [...tests].sort((a, b) => b.length - a.length).map(({ form }) => form);
	const { print } = either(...tests.map(({ form }) => form));
	return { print, read: either(...byLength).read };
}

interface Way {
	readonly form: Form<Part>;
	/** How many words its operator is said in, those after what it takes counted as one. */
	readonly length: number;
}

/** An operator by its label, and by what others call it; with what it takes. */
function waysToSay(
	of: Family,
	operator: string,
	info: OperatorInfo,
	subject: Subject
): readonly Way[] {
	const parameter = parameterOf(of, operator);
	const given = formOf(parameter, of, subject);
	const around = saidAround[operator];
	const labels: readonly (readonly [string, string?])[] = around
		? [around]
		: [info.label, ...(info.aliases ?? [])].map((label) => [label]);
	return labels.map(([before, after]) => ({
		form: row(
			fixed({ operator }, before === '' ? silent : words(before)),
			...(given ? [given] : []),
			...(after === undefined ? [] : [words(after)])
		),
		length: (before === '' ? 0 : before.split(' ').length) + (after === undefined ? 0 : 1)
	}));
}

/** Operators whose words stand on both sides of what they take, or that are said by it alone. */
const saidAround: Readonly<Record<string, readonly [string, string?]>> = {
	inLastCalendar: ['in the last'],
	moreThanAgo: ['more than', 'ago'],
	moreThanAhead: ['more than', 'ahead'],
	betweenAgo: ['between', 'ago'],
	inPeriod: [''],
	dayOfWeek: ['on a'],
	monthIs: ['in'],
	count: ['count is']
};

const weekdays = choice(
	Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [weekdayName(day), day]))
);
const months = choice(
	Object.fromEntries(
		[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => [monthName(month), month])
	)
);
export const monthNames = list(months);
const periodsAmong = (some: readonly Period[]) =>
	choice(Object.fromEntries(some.map((one) => [periodName(one), one])));
export const period = periodsAmong(periods);
/** Those that are more than today, which has a word of its own where days come round. */
export const otherPeriod = periodsAmong(periods.filter((one) => one !== 'today'));

const otherField = row(
	words('field'),
	entry(
		'field',
		named(({ fields }) => fields)
	)
);

function formOf(parameter: Parameter, of: Family, subject: Subject): Form<Part> | undefined {
	const value = valueOf(of, subject);
	const alone = of === 'number' ? single : value;
	const orField = either<unknown>(otherField as Form<unknown>, alone as Form<unknown>);
	switch (parameter) {
		case 'none':
			return undefined;
		case 'text':
			return entry('value', text);
		case 'pattern':
			return entry('pattern', text);
		case 'value':
		case 'number':
		case 'when':
			return entry('value', orField);
		case 'values':
			return entry('values', either(list(value), alsoRead(brackets(list(value)))));
		case 'numberRange':
			return row(entry('from', single), words('and'), entry('to', single));
		case 'day':
			return entry('day', text);
		case 'whenRange':
			return row(entry('from', text), words('and'), entry('to', text));
		case 'span':
			return span(of === 'date' ? dayUnits : units);
		case 'calendarSpan':
			return calendarSpan;
		case 'agoRange':
			return row(entry('near', number), words('and'), far);
		case 'period':
			return entry('period', period);
		case 'weekdays':
			return entry('days', list(weekdays));
		case 'months':
			return entry('months', monthNames);
		case 'count':
			return entry('count', countOf('choice'));
		case 'items':
			return entry('where', itemFilters());
		case 'itemCount':
			return row(
				entry('count', countOf('item')),
				maybe(row(words('such that'), entry('where', itemFilters())))
			);
	}
}

const far: Form<Part> = {
	print: ({ far, unit }, names) => span(units).print({ n: far, unit }, names),
	read(input) {
		const read = span(units).read(input);
		return read && { far: read.n, unit: read.unit };
	}
};

/** "3 calendar months" */
const calendarSpan: Form<Part> = {
	print: ({ n, unit }) => `${String(n)} calendar ${String(unit)}${n === 1 ? '' : 's'}`,
	read(input) {
		const n = number.read(input);
		const read = n !== undefined && input.words(['calendar']) && span(dayUnits).read(input);
		return read ? { n, unit: read.unit } : undefined;
	}
};

/** One of several values. */
export const valueOf = (of: Family, subject: Subject): Form<unknown> =>
	(of === 'number' ? number : textOf(subject)) as Form<unknown>;

/** A value in words: of a field with options by the option's name, of countries by theirs. */
function textOf({ options = [], format }: Subject): Form<string> {
	if (format === 'country') return country;
	if (options.length === 0) return text;
	const names = new Names('a value', options);
	return {
		print: (id) => {
			const name = names.get(id)?.name;
			return names.say(name !== undefined && names.called(name)?.id === id ? name : id);
		},
		read(input) {
			const { at } = input;
			const id = input.name(names);
			if (id !== undefined) return id;
			input.at = at;
			return text.read(input);
		}
	};
}
