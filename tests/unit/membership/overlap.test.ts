import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bitmap } from '$lib/bitmap';
import { countRegions } from '$lib/membership/overlap';
import { membershipApi } from '$lib/membership/queries';
import { leaf } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

const set = (...numbers: number[]) => Bitmap.of(numbers, 64);

describe('regions', () => {
	it('are those that have somebody in them, with nobody in two', () => {
		const everyone = set(0, 1, 2, 31, 32, 63);
		expect(countRegions([set(0, 1, 31), set(1, 32)], everyone)).toEqual([
			{ mask: 0b00, count: 2 },
			{ mask: 0b01, count: 2 },
			{ mask: 0b10, count: 1 },
			{ mask: 0b11, count: 1 }
		]);
	});

	it('leave out members that are not among everyone', () => {
		expect(countRegions([set(1, 2), set(2, 3)], set(2))).toEqual([{ mask: 0b11, count: 1 }]);
	});

	it('are one of everyone without a set, and none of nobody', () => {
		expect(countRegions([], set(4, 5))).toEqual([{ mask: 0, count: 2 }]);
		expect(countRegions([set(1)], set())).toEqual([]);
	});

	it('of twelve sets are told apart by the last of them', () => {
		const same = Array.from({ length: 11 }, () => set(7, 40));
		expect(countRegions([...same, set(40)], set(7, 40))).toEqual([
			{ mask: 0x7ff, count: 1 },
			{ mask: 0xfff, count: 1 }
		]);
	});

	it('of more are refused rather than mixed up', () => {
		expect(() =>
			countRegions(
				Array.from({ length: 13 }, () => set(1)),
				set(1)
			)
		).toThrow(RangeError);
	});
});

describe('the overlap of rules', () => {
	let population: Population;
	beforeAll(async () => void (population = await Population.open()));
	afterAll(() => population.close());

	const swiss = leaf({
		kind: 'field',
		field: 'country',
		of: 'text',
		test: { operator: 'is', value: 'CH' }
	});
	const vip = leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });

	it('is of the contacts as they are now', async () => {
		await population.fill(people, definitions);
		const { overlapOf } = membershipApi(population.database, population.cache);
		// ada, cy are Swiss; ada, dee are tagged vip; there are five.
		expect(await overlapOf([swiss, vip], moment)).toEqual({
			everyone: 5,
			regions: [
				{ mask: 0b00, count: 2 },
				{ mask: 0b01, count: 1 },
				{ mask: 0b10, count: 1 },
				{ mask: 0b11, count: 1 }
			]
		});
		await population.database.write('nobody is a vip', (tx) =>
			tx.run(sql`delete from contact_tag where tag = 't-vip'`)
		);
		expect(await overlapOf([swiss, vip], moment)).toEqual({
			everyone: 5,
			regions: [
				{ mask: 0b00, count: 3 },
				{ mask: 0b01, count: 2 }
			]
		});
	});
});
