import { expect, test } from 'vitest';
import {
	countSelected,
	everybody,
	isSelected,
	nobody,
	pickOf,
	withSelected
} from '$lib/contacts/selection';

test('rows are selected one by one and let go again', () => {
	const two = withSelected(nobody, [3, 5], true);
	expect([3, 4, 5].map((cno) => isSelected(two, cno))).toEqual([true, false, true]);
	expect(countSelected(two, 100)).toBe(2);
	expect(withSelected(two, [3], false)).toEqual({ all: false, cnos: new Set([5]) });
	expect(withSelected(two, [5], true)).toEqual(two);
	expect(nobody.cnos.size).toBe(0);
});

test('of all, some can be left out and taken in again, and all are asked for by what they are', () => {
	const most = withSelected(everybody, [3, 5], false);
	expect([3, 4].map((cno) => isSelected(most, cno))).toEqual([false, true]);
	expect(countSelected(most, 500_000)).toBe(499_998);
	expect(pickOf(most, { search: 'ada' })).toEqual({
		type: 'all',
		of: { search: 'ada' },
		except: [3, 5]
	});
	expect(withSelected(most, [3, 5], true)).toEqual(everybody);
	expect(pickOf(withSelected(nobody, [1], true), { search: 'ada' })).toEqual({
		type: 'these',
		cnos: [1]
	});
});
