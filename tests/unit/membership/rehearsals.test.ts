import { expect, test } from 'vitest';
import { Rehearsals } from '$lib/membership/rehearsals';
import type { Scan } from '$lib/rules/mirror/scan';

const scanOf = (table: 'contact_tag' | 'list_member', way: Scan['way'] = 'any'): Scan => ({
	parts: [{ type: 'groups', table }],
	way,
	run: () => undefined
});

const pause = async () => {};

test('one question that goes through the same parts alike is rehearsed, when it can be answered, and not again', async () => {
	const rehearsals = new Rehearsals();
	const tags = scanOf('contact_tag');
	expect(rehearsals.add(tags, 1_000_000)).toBe(true);
	expect(rehearsals.add(scanOf('contact_tag'), 1_000_000)).toBe(false);
	expect(rehearsals.add(scanOf('list_member'), 1_000_000)).toBe(true);
	expect(rehearsals.add(scanOf('list_member', 'count'), 1_000_000)).toBe(true);
	const asked: Scan[] = [];
	const isTags = ([part]: Scan['parts']) => part === tags.parts[0];
	await rehearsals.run(isTags, ({ scan }) => asked.push(scan), pause);
	expect(asked.length).toBeGreaterThan(1);
	expect(new Set(asked)).toEqual(new Set([tags]));
	asked.length = 0;
	await rehearsals.run(
		() => true,
		({ scan }) => asked.push(scan),
		pause
	);
	expect(asked).toEqual([]);
});

test('of few contacts nothing is rehearsed', () => {
	expect(new Rehearsals().add(scanOf('contact_tag'), 500)).toBe(false);
});
