import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitions } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';
import { doer, event, members, problemsOf } from './asking';

const orders = (name: string, ...totals: number[]) =>
	doer(name, ...totals.map((total) => event('order_placed', '2024-06-01T10:00:00Z', { total })));

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(
		[
			orders('cents', 0.1, 0.2),
			orders('thirds', 10, 0, 0),
			orders('negative', -0.1, -0.2),
			orders('tiny', 0.0000004, 0.0000004),
			orders('huge', 1e300, -1),
			orders('deep', -1e300)
		],
		definitions
	);
});
afterAll(() => population.close());

const total = { kind: 'aggregate', types: ['order_placed'], property: 'total', of: 'number' };

test.each([
	['sum', { operator: 'equals', value: 0.3 }, ['cents']],
	['sum', { operator: 'equals', value: -0.3 }, ['negative']],
	['average', { operator: 'equals', value: 0.15 }, ['cents']],
	['average', { operator: 'equals', value: 3.333333 }, ['thirds']],
	['average', { operator: 'equals', value: -0.15 }, ['negative']],
	// Less than half a millionth is nothing.
	['sum', { operator: 'equals', value: 0 }, ['tiny']],
	['min', { operator: 'equals', value: 0.0000004 }, ['tiny']],
	// What is too large for millionths counts as nine trillion.
	['sum', { operator: 'moreThan', value: 8e12 }, ['huge']],
	['sum', { operator: 'equals', value: -9e12 }, ['deep']],
	['max', { operator: 'equals', value: 1e300 }, ['huge']]
])('%s %o', async (of, given, names) => {
	expect(await members(population, { ...total, function: of, test: given })).toEqual(names);
});

test.each([
	[{ types: [] }, 'Choose what was done.'],
	[{ property: '' }, 'Choose a property.'],
	[{ property: 'colour' }, 'Placed order has no property “colour”.'],
	[{ property: undefined }, 'Choose a property.'],
	[{ test: { operator: 'atLeast' } }, 'Something is still missing here.'],
	[
		{ test: { operator: 'atLeast', value: { field: 'limit' } } },
		'What events come to is compared with a value, not with a field.'
	],
	[
		{ test: { operator: 'hasValue' } },
		'A sum always has a value: it is 0 where there is nothing to add.'
	],
	[{ property: 'currency' }, 'Currency is now a text; choose what to compare it with again.'],
	[
		{ function: 'distinct', of: 'text', test: { operator: 'atLeast', n: 1 } },
		'Total is now a number; choose it again.'
	],
	[
		{
			where: [
				{
					property: 'total',
					of: 'number',
					test: { operator: 'atLeast', value: { field: 'limit' } }
				}
			]
		},
		'A property is compared with a value, not with a field.'
	]
])('%o: %s', (part, problem) => {
	const whole = { ...total, function: 'sum', test: { operator: 'atLeast', value: 1 } };
	expect(problemsOf(whole)).toEqual([]);
	expect(problemsOf({ ...whole, ...part })).toContain(problem);
});
