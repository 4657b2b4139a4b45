import { describe, expect, test } from 'vitest';
import { comparable, instantOf } from '$lib/fields/value';
import type { FieldType } from '$lib/fields/field';

test.each<[FieldType, unknown, unknown]>([
	['text', '  É ', 'é'],
	['text', 'É', 'é'], // a decomposed É
	['text', ' \u00a0', undefined],
	['text', 5, undefined],
	['email', 'A@B.ch', 'a@b.ch'],
	['number', '1e3', 1000],
	['number', ' 12.5 ', 12.5],
	['number', '012', undefined],
	['number', '1,5', undefined],
	['number', '', undefined],
	['number', -0, 0],
	['number', Number.POSITIVE_INFINITY, undefined],
	['number', '1e999', undefined],
	['boolean', 'true', true],
	['boolean', 'yes', undefined],
	['boolean', 0, undefined],
	['date', '2024-02-29', '2024-02-29'],
	['date', '2023-02-29', undefined],
	['date', '0001-01-01', '0001-01-01'],
	['date', '--02-29', undefined],
	['date', '2024-06-15T10:00:00Z', undefined],
	['datetime', '2024-06-15', undefined],
	['multiselect', ['b', 'A', 'a', ' '], ['a', 'b']],
	['multiselect', [], undefined],
	['multiselect', 'a', undefined]
])('a %s of %o is compared as %o', (type, value, key) => {
	expect(comparable(value, type)).toEqual(key);
});

describe('an instant', () => {
	test.each([
		['2024-06-15T10:00:00Z', '2024-06-15T10:00:00.000Z'],
		['2024-06-15T12:00+02:00', '2024-06-15T10:00:00.000Z'],
		['2024-06-15t12:00:00+0200', '2024-06-15T10:00:00.000Z'],
		['2024-06-15T10:00:00.0009999Z', '2024-06-15T10:00:00.000Z'],
		['2024-06-15T10:00:00,5Z', '2024-06-15T10:00:00.500Z']
	])('%s is %s', (text, iso) => {
		expect(new Date(instantOf(text)!).toISOString()).toBe(iso);
	});

	test.each([
		'2024-06-15T10:00:00',
		'2024-06-15 10:00Z',
		'2024-06-31T10:00Z',
		'2024-06-15T24:00Z',
		'now'
	])('%s is none', (text) => expect(instantOf(text)).toBeUndefined());
});
