import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, plainJson, sameJson } from '$lib/json';
import { fingerprint } from '$lib/workspace/hash';
import { registerLimits } from '$lib/workspace/registers';

describe('plain JSON', () => {
	it('of any plain value is an equal one, apart from it', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
				const json = plainJson(value, { size: 1e6, depth: 12 });
				if (!json.ok && json.error === 'unsafeKey') return;
				expect(json).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
				if (json.ok && typeof value === 'object' && value !== null)
					expect(json.value).not.toBe(value);
			}),
			{ seed: 3, numRuns: 500 }
		);
	});

	it('of anything at all is a value or a reason, never an error', () => {
		fc.assert(
			fc.property(
				fc.anything({
					withBigInt: true,
					withDate: true,
					withMap: true,
					withNullPrototype: true,
					withTypedArray: true,
					withSparseArray: true
				}),
				(value) => {
					const json = plainJson(value, registerLimits);
					if (json.ok) expect(() => JSON.stringify(json.value)).not.toThrow();
				}
			),
			{ seed: 4, numRuns: 2000 }
		);
	});

	it('has its limits where they are said to be', () => {
		const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
		expect(plainJson(nested(12), registerLimits).ok).toBe(true);
		expect(plainJson(nested(13), registerLimits)).toEqual({ ok: false, error: 'tooDeep' });
		expect(plainJson('x'.repeat(16 * 1024 - 2), registerLimits).ok).toBe(true);
		expect(plainJson('x'.repeat(16 * 1024 - 1), registerLimits)).toEqual({
			ok: false,
			error: 'tooLarge'
		});
		expect(plainJson(Number.NaN, registerLimits)).toEqual({ ok: false, error: 'notJson' });
	});

	it('is the same whatever the order of keys, and different for any other value', () => {
		expect(sameJson({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
				expect(sameJson(a, JSON.parse(canonical(a)))).toBe(true);
				expect(sameJson(a, b)).toBe(canonical(a) === canonical(b));
			}),
			{ seed: 5, numRuns: 1000 }
		);
		expect(sameJson([1, 2], [2, 1])).toBe(false);
		expect(sameJson([1], { 0: 1 })).toBe(false);
		expect(sameJson({ a: 1 }, { b: 1 })).toBe(false);
		expect(sameJson(undefined, null)).toBe(false);
		expect(sameJson({ a: 1 }, undefined)).toBe(false);
		expect(canonical({ b: 1, a: [{ d: 1, c: null }] })).toBe('{"a":[{"c":null,"d":1}],"b":1}');
	});

	it('has a fingerprint that tells any two of many values apart', () => {
		const prints = Array.from({ length: 20_000 }, (_, i) => fingerprint({ kind: 'tag', i }));
		expect(new Set(prints).size).toBe(20_000);
		expect(fingerprint({ a: 1, b: 2 })).toBe(fingerprint({ b: 2, a: 1 }));
	});
});
