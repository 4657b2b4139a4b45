import { expect, test } from 'vitest';
import { decimalOf, numberOf } from '$lib/imports/values/number';

test.each([
	['1240.00', '.', 1240],
	['1,240.50', '.', 1240.5],
	['1.240,50', ',', 1240.5],
	['1 240,50', ',', 1240.5],
	['1’240.50', '.', 1240.5],
	['12,5', ',', 12.5],
	['-3', '.', -3],
	['(3.50)', '.', -3.5],
	['CHF 12.50', '.', 12.5],
	['12,50 €', ',', 12.5],
	['$1,240', '.', 1240],
	['1e3', '.', 1000],
	['12,5', '.', undefined],
	['1,24,0', '.', undefined],
	['12 apples', '.', undefined],
	['', '.', undefined],
	['Infinity', '.', undefined],
	['EUR12.50', '.', 12.5],
	['12.50USD', '.', 12.5],
	['SKU123', '.', undefined],
	['ABC0456', '.', undefined],
	['SKU 123', '.', undefined],
	['123 PCS', '.', undefined]
] as const)('%s with decimals after %s is %s', (text, decimal, number) => {
	expect(numberOf(text, decimal)).toBe(number);
});

test.each([
	[['1.240,50', '3,5'], ','],
	[['1,240.50'], '.'],
	[['1.240.000'], ','],
	[['12.50', '3'], '.'],
	[['1,240', '3,500'], undefined],
	[['12', '3'], undefined]
])('decimals of %j come after %s', (values, decimal) => {
	expect(decimalOf(values)).toBe(decimal);
});

test('a long hostile value takes no longer', () => {
	expect(numberOf(`1${' '.repeat(1_000_000)}x`, '.')).toBeUndefined();
});
