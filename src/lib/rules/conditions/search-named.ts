import { textKey } from '$lib/text-key';
import type { Search } from '../editing/editor';
import type { Choice } from './kind';

const named = { tag: 'tags', list: 'lists' } as const;

/** Finds the tags or lists that are called so, with how many contacts are in each. */
export const searchNamed =
	(of: 'tag' | 'list', choiceOf: (id: string, name: string) => Choice): Search =>
	async (words, definitions, lookup) => {
		if (words.trim() === '') return [];
		const { values } = await lookup.values({ of }, '');
		const counts = new Map(values.map(({ value, count }) => [value, count]));
		return [...definitions[named[of]]]
			.map(([id, name]) => ({ ...choiceOf(id, name), count: counts.get(id) ?? 0 }))
			.filter(({ label }) => textKey(label).includes(textKey(words)));
	};
