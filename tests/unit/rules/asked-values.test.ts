import { expect, test } from 'vitest';
import { looseValuesOf } from '$lib/rules/asked-values';
import { definitions } from '../../fixtures/people';

const loose = (condition: { kind: string } & Record<string, unknown>) =>
	looseValuesOf(condition, definitions).map(({ about }) => about.name);

test('custom fields may hold anything, standard ones may not', () => {
	const test = { operator: 'hasValue' };
	expect(loose({ kind: 'field', field: 'score', of: 'number', test })).toEqual(['Score']);
	expect(loose({ kind: 'field', field: 'country', of: 'text', test })).toEqual([]);
	expect(loose({ kind: 'field', field: 'gone', of: 'number', test })).toEqual([]);
	expect(loose({ kind: 'field', field: 'score', of: 'number', test: {} })).toEqual([]);
});

test('so may properties of events that have no column, each once', () => {
	const guests = { property: 'guests', of: 'number', test: { operator: 'atLeast', value: 2 } };
	expect(loose({ kind: 'event', types: ['visited'], did: true, where: [guests, guests] })).toEqual([
		'Guests'
	]);
	const total = { ...guests, property: 'total' };
	expect(loose({ kind: 'event', types: ['order_placed'], did: true, where: [total] })).toEqual([]);
});
