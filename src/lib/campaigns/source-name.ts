import type { Definitions } from '$lib/rules/definitions';
import type { AudienceSource } from './audience/source';

/** Where names are looked up. */
export interface SourceNames {
	readonly definitions: Pick<Definitions, 'segments' | 'lists'>;
	readonly smartLists?: readonly { readonly id: string; readonly name: string }[] | undefined;
}

/** What a source is called; nothing where it is not there any more. */
export function knownNameOf({ type, id }: AudienceSource, names: SourceNames): string | undefined {
	const { definitions, smartLists } = names;
	if (type === 'segment') return definitions.segments.get(id)?.name;
	if (type === 'list') return definitions.lists.get(id);
	return smartLists?.find((list) => list.id === id)?.name;
}

/** The same; says so where it is not there any more, by the name it was kept with if there is one. */
export function nameOfSource(source: AudienceSource, names: SourceNames, kept: Names = {}): string {
	const last = kept[source.id];
	const gone = last ? `${last} (deleted)` : `A ${words[source.type]} that is gone`;
	return knownNameOf(source, names) || gone;
}

/** Names by ids. */
type Names = Readonly<Record<string, string>>;

/** What these are called, to be kept. */
export const namesOf = (sources: readonly AudienceSource[], names: SourceNames): Names =>
	Object.fromEntries(
		sources.flatMap((source) => {
			const name = knownNameOf(source, names);
			return name ? [[source.id, name]] : [];
		})
	);

const words = { segment: 'segment', list: 'list', smartList: 'smart list' } as const;
