import { Discovery, type NewDefinitions } from './discovery';
import type { ImportDefinitions, Merging } from './mapping';

/** The tags and lists of an import: those that all its contacts get, and all that its rows name beside them. */
export interface Enrolment {
	/** Ids that every contact gets. */
	readonly tags: readonly string[];
	readonly lists: readonly string[];
	/** Ids of every tag and list the import touches. */
	readonly all: { readonly tags: readonly string[]; readonly lists: readonly string[] };
	/** What was found in the rows, with the tags and lists that are new because somebody typed them. */
	readonly definitions: NewDefinitions;
}

/** Finds by name, or makes, what all contacts are put into. What was found in the rows stays as it is. */
export function enrolmentOf(
	{ tags, lists }: Pick<Merging, 'tags' | 'lists'>,
	rows: Discovery,
	definitions: ImportDefinitions,
	newId: () => string
): Enrolment {
	const { found, used } = rows;
	const named = (of: NewDefinitions['tags']) => of.map(({ id, name }) => [id, name] as const);
	const typed = new Discovery(
		{
			...definitions,
			tags: new Map([...definitions.tags, ...named(found.tags)]),
			lists: new Map([...definitions.lists, ...named(found.lists)])
		},
		newId
	);
	const ids = {
		tags: [...new Set(tags.map((name) => typed.tag(name)))],
		lists: [...new Set(lists.map((name) => typed.list(name)))]
	};
	return {
		...ids,
		all: {
			tags: [...new Set([...used.tags, ...ids.tags])],
			lists: [...new Set([...used.lists, ...ids.lists])]
		},
		definitions: {
			...found,
			tags: [...found.tags, ...typed.found.tags],
			lists: [...found.lists, ...typed.found.lists]
		}
	};
}
