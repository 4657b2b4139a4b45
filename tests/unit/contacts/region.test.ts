import { expect, test } from 'vitest';
import { idsText, readIds, readRegion, regionText } from '$lib/contacts/region';
import { readWithin, withinText } from '$lib/contacts/within';

test('a region goes into an address and comes back, whatever the ids have in them', () => {
	for (const region of [
		{ inside: ['a', 'b'], outside: ['c'] },
		{ inside: [], outside: ['x,y;z', 'ü/%?&'] },
		{ inside: ['only'], outside: [] }
	]) {
		expect(readRegion(regionText(region))).toEqual(region);
		const within = { type: 'overlap', region } as const;
		expect(readWithin(withinText(within))).toEqual(within);
	}
	for (const text of [undefined, '', ';', 'a', '%;%']) expect(readRegion(text)).toBeUndefined();
});

test('ids of an address are each there once, and what does not read is left out', () => {
	expect(readIds(idsText(['a', 'b,c']))).toEqual(['a', 'b,c']);
	expect(readIds('a,b,a,,%')).toEqual(['a', 'b']);
	expect(readIds(undefined)).toEqual([]);
});
