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

/** The same; says so where it is not there any more. */
export const nameOfSource = (source: AudienceSource, names: SourceNames): string =>
	knownNameOf(source, names) || `A ${words[source.type]} that is gone`;

const words = { segment: 'segment', list: 'list', smartList: 'smart list' } as const;
