import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suggestionsApi } from '$lib/segments/suggestions/queries';
import { NodeId, type Rule } from '$lib/rules/rule';
import { definitions, moment, people } from '../../../fixtures/people';
import { Population } from '../../../fixtures/population';

let population: Population;
let api: ReturnType<typeof suggestionsApi>;

beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
	api = suggestionsApi(population.database, population.cache);
});
afterAll(() => population.close());

const leaf = (condition: (Rule & { type: 'condition' })['condition']): Rule => ({
	type: 'condition',
	id: NodeId.parse('n'),
	condition
});
const vip = leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const field = (field: string, family: 'text' | 'number' | 'select' | 'multiselect') =>
	({ of: 'field', field, family }) as const;

describe('valueCounts', () => {
	it('counts the values of a text field by key, most frequent first, archived contacts left out', async () => {
		const counts = await api.valueCounts(field('country', 'text'), '', undefined, moment);
		expect(counts).toEqual({
			values: [
				{ value: 'CH', count: 2 },
				{ value: 'DE', count: 1 }
			],
			more: false,
			among: 5,
			empty: 2
		});
	});

	it('counts only members of the rule before', async () => {
		const counts = await api.valueCounts(field('country', 'text'), '', vip, moment);
		expect(counts).toMatchObject({ values: [{ value: 'CH', count: 1 }], among: 2, empty: 1 });
	});

	it('searches text by its key, what starts with the words first', async () => {
		const counts = await api.valueCounts(field('email', 'text'), 'EXAMPLE', undefined, moment);
		expect(counts.values.map(({ value }) => value)).toEqual([
			'Ada@Example.CH',
			'bo@mail.example.com'
		]);
		const starting = await api.valueCounts(field('email', 'text'), 'bo', undefined, moment);
		expect(starting.values).toEqual([{ value: 'bo@mail.example.com', count: 1 }]);
	});

	it('finds countries by their names', async () => {
		const source = { ...field('country', 'text'), format: 'country' } as const;
		const counts = await api.valueCounts(source, 'switz', undefined, moment);
		expect(counts.values).toEqual([{ value: 'CH', count: 2 }]);
	});

	it('takes a percent sign for itself', async () => {
		const counts = await api.valueCounts(field('email', 'text'), '%', undefined, moment);
		expect(counts.values).toEqual([]);
	});

	it('counts the options of selects and multi-selects by their ids', async () => {
		const consent = await api.valueCounts(field('email_consent', 'select'), '', undefined, moment);
		expect(consent.values).toEqual([
			{ value: 'subscribed', count: 1 },
			{ value: 'unsubscribed', count: 1 }
		]);
		const topics = await api.valueCounts(field('topics', 'multiselect'), '', undefined, moment);
		expect(topics).toEqual({
			values: [
				{ value: 'film', count: 2 },
				{ value: 'music', count: 1 }
			],
			more: false,
			among: 5,
			empty: 3
		});
	});

	it('gives numbers as numbers', async () => {
		const counts = await api.valueCounts(field('score', 'number'), '', undefined, moment);
		expect(counts.values.map(({ value }) => value)).toEqual([-3, 0, 7.5]);
	});

	it('counts contacts, not events, for the values of a property', async () => {
		const source = (
			property: string,
			family: 'text' | 'number' | 'multiselect',
			type = 'order_placed'
		) => ({ of: 'property', types: [type], property, family }) as const;
		const currency = await api.valueCounts(source('currency', 'text'), '', undefined, moment);
		expect(currency.values).toEqual([
			{ value: 'CHF', count: 2 },
			{ value: 'EUR', count: 1 }
		]);
		expect(currency).toMatchObject({ among: 5, empty: 3 });
		const total = await api.valueCounts(source('total', 'number'), '', undefined, moment);
		expect(total.values).toEqual([
			{ value: 20, count: 1 },
			{ value: 70, count: 1 },
			{ value: 120, count: 1 }
		]);
		const order = await api.valueCounts(source('order', 'text'), 'a-', undefined, moment);
		expect(order.values.map(({ value }) => value)).toEqual(['A-1', 'A-2']);
		const likes = await api.valueCounts(source('likes', 'multiselect', 'visited'), '', vip, moment);
		expect(likes.values).toEqual([{ value: 'music', count: 1 }]);
	});

	it('counts tags and lists', async () => {
		const tags = await api.valueCounts({ of: 'tag' }, '', undefined, moment);
		expect(tags).toEqual({
			values: [
				{ value: 't-vip', count: 2 },
				{ value: 't-new', count: 1 },
				{ value: 't-old', count: 1 }
			],
			more: false,
			among: 5,
			empty: 2
		});
		const lists = await api.valueCounts({ of: 'list' }, '', vip, moment);
		expect(lists).toMatchObject({
			values: [
				{ value: 'l-news', count: 1 },
				{ value: 'l-shop', count: 1 }
			],
			empty: 1
		});
	});
});

describe('of JSON', () => {
	const profile = (family: 'text' | 'number' | 'multiselect' | 'json', path?: string) =>
		({ of: 'field', field: 'profile', family, path }) as const;
	const items = (family: 'text' | 'number' | 'json', item?: string) =>
		({ of: 'property', types: ['order_placed'], property: 'items', family, item }) as const;

	it('the paths are told that lead somewhere, with what is mostly there', async () => {
		expect(await api.jsonPaths(profile('json'))).toEqual(
			[
				{ path: 'address.city', of: 'text', share: 2 / 3 },
				{ path: 'address.floor', of: 'number', share: 2 / 3 },
				{ path: 'likes', of: 'multiselect', share: 1 },
				{ path: 'member', of: 'boolean', share: 2 / 3 },
				{ path: 'pets', of: 'json', share: 1 }
			].sort((a, b) => b.share - a.share)
		);
		expect(await api.jsonPaths({ ...profile('json', 'pets'), item: '' })).toEqual([
			{ path: 'age', of: 'number', share: 3 / 5 },
			{ path: 'name', of: 'text', share: 3 / 5 },
			{ path: 'born', of: 'date', share: 1 / 5 }
		]);
		expect((await api.jsonPaths(items('json', ''))).map(({ path }) => path)).toEqual([
			'category',
			'price',
			'quantity',
			'sku'
		]);
	});

	it('the values at a path are counted, as they are written', async () => {
		const cities = await api.valueCounts(profile('text', 'address.city'), '', undefined, moment);
		expect(cities).toEqual({
			values: [
				{ value: ' bern', count: 1 },
				{ value: 'Zürich', count: 1 }
			],
			more: false,
			among: 5,
			empty: 3
		});
		const likes = await api.valueCounts(profile('multiselect', 'likes'), '', undefined, moment);
		expect(likes.values[0]).toEqual({ value: 'jazz', count: 2 });
		expect(await api.numberSpan(profile('number', 'address.floor'))).toEqual({
			lowest: 3,
			highest: 3
		});
	});

	it('the values in items are counted by contacts', async () => {
		const skus = await api.valueCounts(items('text', 'sku'), '', undefined, moment);
		expect(skus).toMatchObject({
			values: [
				{ value: 'A', count: 2 },
				{ value: 'B', count: 1 }
			],
			empty: 3
		});
		const ages = { ...profile('number', 'pets'), item: 'age' };
		expect((await api.valueCounts(ages, '', undefined, moment)).values).toEqual([
			{ value: 12, count: 2 },
			{ value: 3, count: 1 }
		]);
		const liked = { ...profile('text', 'likes'), item: '' };
		expect(await api.valueCounts(liked, 'op', undefined, moment)).toMatchObject({
			values: [{ value: 'Opera', count: 1 }]
		});
	});

	it('who has none is counted of a whole value too', async () => {
		const counts = await api.valueCounts(profile('json'), '', undefined, moment);
		expect(counts).toEqual({ values: [], more: false, among: 5, empty: 2 });
		expect(await api.valueCounts(items('json'), '', undefined, moment)).toMatchObject({ empty: 3 });
	});
});

describe('the rest of what the builder asks', () => {
	it('says how many of pasted values there are', async () => {
		expect(await api.knownValues(field('country', 'text'), ['ch', 'CH', 'FR'])).toBe(1);
	});

	it('finds values of several fields, most frequent first', async () => {
		const sources = [
			{ ...field('country', 'text'), format: 'country' } as const,
			field('city', 'text')
		];
		expect(await api.searchValues('zur', sources)).toEqual([
			{ field: 'city', value: 'zurich', count: 1 }
		]);
		expect(await api.searchValues('switz', sources)).toEqual([
			{ field: 'country', value: 'CH', count: 2 }
		]);
	});

	it('says from where to where numbers go, of everyone', async () => {
		const { values } = await api.valueCounts(field('score', 'number'), '', undefined, moment);
		const numbers = values.map(({ value }) => Number(value));
		expect(await api.numberSpan(field('score', 'number'))).toEqual({
			lowest: Math.min(...numbers),
			highest: Math.max(...numbers)
		});
		expect(numbers.length).toBeGreaterThan(1);
		expect(await api.numberSpan(field('unheard', 'number'))).toBeUndefined();
	});

	it('says how many contacts have a value in a field', async () => {
		expect(await api.filledFields(['country', 'score', 'first_name', 'unheard'])).toEqual({
			everyone: 5,
			filled: { country: 3, score: 3, first_name: 1, unheard: 0 }
		});
	});
});

describe('unreadableValues', () => {
	const wrong = (fields: Record<string, unknown>, guests?: unknown) => ({
		...people[0]!,
		fields,
		events: [{ type: 'visited', at: moment.now, properties: { guests } }]
	});

	it('counts what is there and not of the type; blank is no value', async () => {
		const fresh = await Population.open();
		await fresh.fill(
			[
				wrong({ score: 'many' }, 'two'),
				{ ...wrong({ score: true }, 2), name: 'b', uid: 'b' },
				{ ...wrong({ score: '7' }, '3'), name: 'c', uid: 'c' },
				{ ...wrong({ score: '  ' }, ''), name: 'd', uid: 'd' },
				{ ...wrong({ score: [] }, []), name: 'e', uid: 'e' },
				{ ...wrong({ score: 'many' }, 'two'), name: 'f', uid: 'f', archived: true }
			],
			definitions
		);
		const asked = suggestionsApi(fresh.database, fresh.cache);
		expect(await asked.unreadableValues(field('score', 'number'))).toBe(2);
		const guests = {
			of: 'property',
			types: ['visited'],
			property: 'guests',
			family: 'number'
		} as const;
		expect(await asked.unreadableValues(guests)).toBe(1);

		await fresh.fill([wrong({ score: 'few' })], definitions);
		expect(await asked.unreadableValues(field('score', 'number'))).toBe(1);
		await fresh.close();
	});
});
