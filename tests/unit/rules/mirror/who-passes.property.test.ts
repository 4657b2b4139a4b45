import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Numbers } from '$lib/rules/mirror/predicate';
import { whoPasses } from '$lib/rules/mirror/who-passes';

const numbers = fc.constantFrom(NaN, NaN, -Infinity, -3, -0, 0, Number.MIN_VALUE, 2, 2.5, Infinity);
const bounds = numbers.filter((bound) => !Number.isNaN(bound));

const asked: fc.Arbitrary<Numbers> = fc.oneof(
	fc.record({ low: bounds, high: bounds, outside: fc.boolean() }),
	fc.constant({ holds: (value: number) => value === 2 })
);
const passes = (numbers: Numbers, value: number): boolean =>
	'holds' in numbers
		? numbers.holds(value)
		: (value >= numbers.low && value <= numbers.high) !== numbers.outside;

/** Lengths around those of words, and contacts that are not in the column. */
const lengths = fc.record({ length: fc.integer({ min: 0, max: 140 }), more: fc.nat(70) });

test('numbers pass as each by itself would, whatever the length', () => {
	fc.assert(
		fc.property(
			lengths.chain(({ length, more }) =>
				fc.tuple(fc.array(numbers, { minLength: length, maxLength: length }), fc.constant(more))
			),
			asked,
			fc.boolean(),
			([values, more], numbers, missing) => {
				const size = values.length + more;
				const column = { type: 'numbers', numbers: Float64Array.from(values) } as const;
				const set = whoPasses(column, { missing, present: () => missing, numbers }, size);
				const all = Array.from({ length: size }, (_, n) => n);
				const truth = all.filter((n) =>
					values[n] === undefined || Number.isNaN(values[n]) ? missing : passes(numbers, values[n])
				);
				expect([...set]).toEqual(truth);
			}
		),
		{ seed: 11, numRuns: 2000 }
	);
});

test('a column that is longer than there are contacts is read up to them', () => {
	const column = { type: 'numbers', numbers: new Float64Array(100) } as const;
	const predicate = { missing: false, present: () => true, numbers: { holds: () => true } };
	expect([...whoPasses(column, predicate, 33)]).toHaveLength(33);
	const range = { low: 0, high: 0, outside: false };
	expect([...whoPasses(column, { ...predicate, numbers: range }, 33)]).toHaveLength(33);
});

test('values from a table pass as each by itself would, whatever the length', () => {
	const values = ['a', 'b', 'c'];
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 140 }),
			fc.nat(70),
			fc.subarray(values),
			fc.boolean(),
			(codes, more, meant, missing) => {
				const size = codes.length + more;
				const present = (value: unknown) => meant.includes(value as string);
				const predicate = { missing, present, numbers: { holds: () => false } };
				const column = { type: 'coded', codes: Int32Array.from(codes), values } as const;
				const all = Array.from({ length: size }, (_, n) => n);
				const truth = all.filter((n) => {
					const value = values[codes[n] ?? -1];
					return value === undefined ? missing : present(value);
				});
				expect([...whoPasses(column, predicate, size)]).toEqual(truth);
			}
		),
		{ seed: 12, numRuns: 1000 }
	);
});
