import { describe, expect, it } from 'vitest';
import { valuesIn } from '$lib/rules/editing/lines';
import { changeOperator, parameterOf, rawTest } from '$lib/rules/editing/parameter';
import { resolvedTime } from '$lib/rules/editing/resolved';
import { shorten } from '$lib/rules/editing/subject';
import { typedNumber } from '$lib/rules/editing/typed-number';
import { typedWhen, whenOf } from '$lib/rules/editing/typed-when';
import { moment } from '../../../fixtures/people';

describe('changeOperator', () => {
	it('keeps what both operators take', () => {
		expect(changeOperator('text', { operator: 'is', value: 'x' }, 'isNot')).toEqual({
			operator: 'isNot',
			value: 'x'
		});
		expect(changeOperator('text', { operator: 'is', value: 'x' }, 'isAnyOf')).toEqual({
			operator: 'isAnyOf',
			values: ['x']
		});
		expect(changeOperator('text', { operator: 'isAnyOf', values: ['x', 'y'] }, 'contains')).toEqual(
			{ operator: 'contains', value: 'x' }
		);
		expect(changeOperator('number', { operator: 'atLeast', value: 3 }, 'between')).toEqual({
			operator: 'between',
			from: 3
		});
		expect(changeOperator('date', { operator: 'on', day: '2024-01-02' }, 'before')).toEqual({
			operator: 'before',
			value: '2024-01-02'
		});
		expect(
			changeOperator('datetime', { operator: 'after', value: '2024-01-02T10:00:00.000Z' }, 'on')
		).toEqual({ operator: 'on', day: '2024-01-02' });
	});
	it('drops what the other cannot say', () => {
		expect(changeOperator('text', { operator: 'is', value: { field: 'f' } }, 'isAnyOf')).toEqual({
			operator: 'isAnyOf'
		});
		expect(changeOperator('text', { operator: 'is', value: 'x' }, 'hasValue')).toEqual({
			operator: 'hasValue'
		});
		expect(
			changeOperator('datetime', { operator: 'inLast', n: 5, unit: 'hour' }, 'inLastCalendar')
		).toEqual({ operator: 'inLastCalendar', n: 5, unit: 'day' });
	});
	it('starts with the usual where there is nothing to keep', () => {
		expect(changeOperator('date', { operator: 'hasValue' }, 'inLast')).toEqual({
			operator: 'inLast',
			n: 30,
			unit: 'day'
		});
		expect(
			changeOperator('datetime', { operator: 'inLast', n: 7, unit: 'week' }, 'betweenAgo')
		).toEqual({ operator: 'betweenAgo', near: 30, far: 90, unit: 'day' });
	});
});

it('parameterOf takes an operator of another family for one that takes nothing', () => {
	expect(parameterOf('text', 'contains')).toBe('text');
	expect(parameterOf('number', 'contains')).toBe('none');
});

it('rawTest reads anything as some test', () => {
	for (const broken of [undefined, null, 3, 'x', [], { operator: 4 }])
		expect(rawTest(broken).operator).toBe('');
});

describe('resolvedTime', () => {
	const of = (family: 'date' | 'datetime', test: object) =>
		resolvedTime(family, rawTest(test), moment);

	it('gives instants in the workspace’s zone, a negative test what it leaves out', () => {
		expect(of('datetime', { operator: 'inLast', n: 2, unit: 'hour' })).toBe(
			'15 Jun 10:00 to 15 Jun 12:00, Europe/Zurich'
		);
		expect(of('datetime', { operator: 'notInLast', n: 2, unit: 'hour' })).toBe(
			'15 Jun 10:00 to 15 Jun 12:00, Europe/Zurich'
		);
		expect(of('datetime', { operator: 'on', day: '2024-03-31' })).toBe(
			'31 Mar 00:00 to 31 Mar 23:59, Europe/Zurich'
		);
		expect(of('datetime', { operator: 'moreThanAgo', n: 1, unit: 'year' })).toBe(
			'until 15 Jun 2023 11:59, Europe/Zurich'
		);
		expect(of('datetime', { operator: 'onOrAfter', value: '2024-01-01' })).toBe(
			'from 1 Jan 00:00, Europe/Zurich'
		);
	});
	it('gives days without a zone', () => {
		expect(of('date', { operator: 'inLast', n: 30, unit: 'day' })).toBe('17 May to 15 Jun');
		expect(of('date', { operator: 'inPeriod', period: 'today' })).toBe('15 Jun');
		expect(of('date', { operator: 'before', value: '2024-01-01' })).toBe('until 31 Dec 2023');
		const last = '9999-12-31';
		expect(of('date', { operator: 'on', day: last })).toBe('from 31 Dec 9999');
		expect(of('date', { operator: 'onOrBefore', value: last })).toBe('any day');
		expect(of('date', { operator: 'after', value: last })).toBe('no day');
	});
	it('gives nothing for what is no one stretch, or not finished', () => {
		expect(of('datetime', { operator: 'dayOfWeek', days: [1] })).toBeUndefined();
		expect(of('datetime', { operator: 'inLast', unit: 'day' })).toBeUndefined();
		expect(of('date', { operator: 'before', value: { field: 'renewal' } })).toBeUndefined();
		expect(of('date', { operator: 'hasValue' })).toBeUndefined();
	});
});

it.each([
	['1234', 1234],
	['1,234.5', 1234.5],
	['1234,5', 1234.5],
	['1’234', 1234],
	['−3', -3],
	['.5', 0.5],
	['', undefined],
	['12a', undefined],
	['1e999', undefined],
	['1,23,4', undefined]
])('a person’s %s is the number %s', (text, number) => {
	expect(typedNumber(text)).toBe(number);
});

it.each([
	['1.000', ',', 1000],
	['1.000', '.', 1],
	['1,000', '.', 1000],
	['1,000', ',', 1],
	['1.000,50', '.', 1000.5],
	['1,000.50', ',', 1000.5],
	['1.234.567', '.', 1_234_567],
	['−1.234.567,8 €', ',', -1_234_567.8],
	['€20', ',', 20],
	['12,5', '.', 12.5],
	['12.5', ',', 12.5],
	['0,125', '.', 0.125],
	['1.23.456', ',', undefined],
	['1,2,3', '.', undefined],
	['1.000.50', ',', undefined]
])('%s, where the decimal sign is “%s”, is %s', (text, decimal, number) => {
	expect(typedNumber(text, decimal)).toBe(number);
});

it.each(['2024-07-01', '2024-07-01T08:30:00.000Z', '2024-12-01T23:15:00.000Z'])(
	'%s survives being edited as a day and a time',
	(value) => {
		expect(whenOf(typedWhen(value, 'Europe/Zurich'), 'Europe/Zurich')).toBe(value);
	}
);

it('a time is of the workspace’s zone, and no day is no value', () => {
	expect(typedWhen('2024-07-01T08:30:00.000Z', 'Europe/Zurich')).toEqual({
		day: '2024-07-01',
		time: '10:30'
	});
	expect(whenOf({ day: '', time: '10:00' }, 'Europe/Zurich')).toBeUndefined();
	expect(typedWhen({ field: 'x' }, 'Europe/Zurich')).toEqual({ day: '', time: '' });
});

it('a pasted list is read by lines and cells, else by commas, each value once', () => {
	expect(valuesIn('a\nb, c\r\n"d"\n\na')).toEqual(['a', 'b, c', 'd']);
	expect(valuesIn('a, b;c')).toEqual(['a', 'b', 'c']);
});

it('shorten keeps a token short', () => {
	expect(shorten(['a', 'b', 'c'])).toBe('a, b, c');
	expect(shorten(['a', 'b', 'c', 'd'])).toBe('a, b, +2');
});
