import { textKey } from '$lib/text-key';
import type { Search } from '../../editing/editor';
import { list } from './list';

/** The lists that are called so, with how many contacts are in each. */
export const searchLists: Search = async (words, definitions, lookup) => {
	if (words.trim() === '') return [];
	const { values } = await lookup.values({ of: 'list' }, '');
	const counts = new Map(values.map(({ value, count }) => [value, count]));
	return list.choices(definitions).flatMap((choice) => {
		const { lists } = choice.condition.test as { readonly lists: readonly string[] }; // made by the line above
		const [id] = lists;
		const named = id !== undefined && textKey(choice.label).includes(textKey(words));
		return named ? [{ ...choice, count: counts.get(id) ?? 0 }] : [];
	});
};
