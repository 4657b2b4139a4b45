import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areAscending, byOrder, orderAt, ordersOf, type Placed } from '$lib/workspace/order';

/** The siblings with a new one put among them. */
function insert(siblings: readonly Placed[], index: number, id: string): Placed[] {
	const { order, moved } = orderAt(siblings, index);
	const orders = new Map(moved.map((placed) => [placed.id, placed.order]));
	return [
		...siblings.map((placed) => ({ id: placed.id, order: orders.get(placed.id) ?? placed.order })),
		{ id, order }
	].sort(byOrder);
}

const ids = (placed: readonly Placed[]) => placed.map(({ id }) => id).join('');

describe('a place among siblings', () => {
	it('lies between its neighbours, and moves nobody', () => {
		const siblings = ordersOf(['a', 'b', 'c']);
		expect(orderAt(siblings, 1).moved).toEqual([]);
		expect(ids(insert(siblings, 1, 'x'))).toBe('axbc');
		expect(ids(insert(siblings, 0, 'x'))).toBe('xabc');
		expect(ids(insert(siblings, 3, 'x'))).toBe('abcx');
		expect(ids(insert([], 5, 'x'))).toBe('x');
	});

	it('is made between two that have the same, moving only the second', () => {
		const siblings = [
			{ id: 'a', order: 'a0' },
			{ id: 'b', order: 'a0' },
			{ id: 'c', order: 'a1' }
		];
		expect(orderAt(siblings, 1).moved.map(({ id }) => id)).toEqual(['b']);
		expect(ids(insert(siblings, 1, 'x'))).toBe('axbc');
	});

	it('is where it was asked for, whatever orders the others have', () => {
		const Order = fc.oneof(
			fc.constantFrom('a0', 'a0', 'a1', 'Zz', 'a0V', '', '!', 'a', 'a00'),
			fc.string({ maxLength: 30 })
		);
		fc.assert(
			fc.property(fc.array(Order, { maxLength: 6 }), fc.nat(6), (orders, index) => {
				const siblings = orders.map((order, i) => ({ id: `${i}`, order })).sort(byOrder);
				const expected = siblings.map(({ id }) => id);
				expected.splice(index, 0, 'x');
				expect(ids(insert(siblings, index, 'x'))).toBe(expected.join(''));
			}),
			{ seed: 7, numRuns: 2000 }
		);
	});

	it('stays short after many insertions at one place', () => {
		let siblings = ordersOf(['a', 'b']);
		for (let i = 0; i < 300; i += 1) siblings = insert(siblings, 1 + (i % 2), `n${i}`);
		expect(Math.max(...siblings.map(({ order }) => order.length))).toBeLessThanOrEqual(24);
		expect(areAscending(siblings.map(({ order }) => order))).toBe(true);
	});
});
