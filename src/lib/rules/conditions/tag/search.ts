import { textKey } from '$lib/text-key';
import type { Search } from '../../editing/editor';
import { tag } from './tag';

/** The tags that are called so, with how many contacts have each. */
export const searchTags: Search = async (words, definitions, lookup) => {
	if (words.trim() === '') return [];
	const { values } = await lookup.values({ of: 'tag' }, '');
	const counts = new Map(values.map(({ value, count }) => [value, count]));
	return tag.choices(definitions).flatMap((choice) => {
		const { tags } = choice.condition.test as { readonly tags: readonly string[] }; // made by the line above
		const [id] = tags;
		const named = id !== undefined && textKey(choice.label).includes(textKey(words));
		return named ? [{ ...choice, count: counts.get(id) ?? 0 }] : [];
	});
};
