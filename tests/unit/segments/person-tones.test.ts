import { expect, test } from 'vitest';
import { personTones, tonesOf } from '$lib/segments/person-tones';

test('as many people as there are colours have each another one, even if they would have liked the same', () => {
	const tones = tonesOf(['a', 'e', 'i', 'm']); // four apart: all would have the same
	expect(new Set(tones.values())).toEqual(new Set(personTones));
});

test('who comes later changes nobody’s colour', () => {
	const before = tonesOf(['a', 'e']);
	const after = tonesOf(['a', 'e', 'a', 'b', 'i', 'm', 'q']);
	expect(['a', 'e'].map((id) => after.get(id))).toEqual(['a', 'e'].map((id) => before.get(id)));
	expect(after.size).toBe(6);
});
