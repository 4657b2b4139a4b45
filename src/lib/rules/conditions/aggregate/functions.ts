import { familyOf, type Family, type FieldType } from '$lib/fields/field';
import type { AggregateCondition } from './condition';

export type AggregateFunction = AggregateCondition['function'];

export const aggregateFunctions: readonly AggregateFunction[] = [
	'sum',
	'average',
	'min',
	'max',
	'distinct'
];

/** What can be reckoned from values of a type. */
export function functionsFor(type: FieldType): readonly AggregateFunction[] {
	switch (familyOf(type)) {
		case 'number':
			return aggregateFunctions;
		case 'date':
		case 'datetime':
			return ['min', 'max', 'distinct'];
		case 'json':
			return [];
		default:
			return ['distinct'];
	}
}

/** "sum of", "lowest", of dates "earliest". */
export function wordsFor(of: AggregateFunction, family: Family | undefined): string {
	const isTime = family === 'date' || family === 'datetime';
	switch (of) {
		case 'sum':
			return 'sum of';
		case 'average':
			return 'average';
		case 'min':
			return isTime ? 'earliest' : 'lowest';
		case 'max':
			return isTime ? 'latest' : 'highest';
		case 'distinct':
			return 'number of different values of';
	}
}
