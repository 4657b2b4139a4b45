import type { Condition } from '../../../src/lib/rules/conditions/registry';
import type { Window } from '../../../src/lib/rules/operators/window';
import type { BuiltInEventTypeId } from '../../../src/lib/events/event-type';

/** Conditions that the benchmark's rules are made of, as Winnow has them. */

export const inLast = (n: number, unit: 'day' | 'month' = 'day'): Window => ({
	operator: 'inLast',
	n,
	unit
});

export const isSubscribed: Condition = {
	kind: 'field',
	field: 'email_consent',
	of: 'select',
	test: { operator: 'is', value: 'subscribed' }
};

export const livesIn = (...values: string[]): Condition => ({
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'isAnyOf', values }
});

export const createdInLast = (days: number): Condition => ({
	kind: 'field',
	field: 'created_at',
	of: 'datetime',
	test: inLast(days)
});

/** A custom field: it is kept as JSON. */
export const pointsAbove = (value: number): Condition => ({
	kind: 'field',
	field: 'points',
	of: 'number',
	test: { operator: 'moreThan', value }
});

export const isTagged = (tag: string): Condition => ({
	kind: 'tag',
	test: { operator: 'anyOf', tags: [tag] }
});

export const isInList = (list: string): Condition => ({
	kind: 'list',
	test: { operator: 'inAny', lists: [list] }
});

export const did = (type: BuiltInEventTypeId, window?: Window, times = 1): Condition => ({
	kind: 'event',
	types: [type],
	did: true,
	...(window ? { window } : {}),
	...(times > 1 ? { count: { operator: 'atLeast', n: times } } : {})
});

export const didNot = (type: BuiltInEventTypeId, window: Window): Condition => ({
	kind: 'event',
	types: [type],
	did: false,
	window
});

export const spentMoreThan = (value: number): Condition => ({
	kind: 'aggregate',
	types: ['order_placed'],
	function: 'sum',
	property: 'total',
	of: 'number',
	test: { operator: 'moreThan', value }
});
