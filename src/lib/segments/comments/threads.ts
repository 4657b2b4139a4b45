import type { Definitions } from '$lib/rules/definitions';
import { explainCondition, explainRule } from '$lib/rules/explain';
import type { Language } from '$lib/rules/language';
import { textOf } from '$lib/rules/phrase';
import { nodesOf, rootId } from '$lib/rules/rule';
import type { Comment } from '$lib/workspace/comments';
import type { Segment } from '$lib/workspace/segment';

/** What was said about one node of a rule, oldest first. */
export interface Thread {
	readonly node: string;
	/** What the node says now; the words for the whole rule, and for a row that is gone. */
	readonly about: { readonly text: string; readonly isRule: boolean };
	readonly comments: readonly Comment[];
}

export const isOpen = ({ resolved }: Comment): boolean => resolved === undefined;

/** Comments by what they are about: the whole rule, then its rows from the top, then rows that are gone. */
export function threadsOf(
	comments: readonly Comment[],
	{ draft, detached }: Pick<Segment, 'draft' | 'detached'>,
	definitions: Definitions,
	language: Language
): readonly Thread[] {
	const byNode = new Map<string, readonly Comment[]>();
	for (const comment of comments)
		byNode.set(comment.node, [...(byNode.get(comment.node) ?? []), comment]);
	const nodes = [draft, ...detached].flatMap((rule) => [...nodesOf(rule)]);
	const there = nodes.flatMap((node): Thread[] => {
		const said = byNode.get(node.id);
		byNode.delete(node.id);
		if (!said) return [];
		const text =
			node.type === 'condition'
				? textOf(explainCondition(node, definitions, language))
				: explainRule(node, definitions, language);
		const about =
			node.id === rootId ? { text: 'The whole rule', isRule: false } : { text, isRule: true };
		return [{ node: node.id, about, comments: said }];
	});
	const gone = [...byNode].map(([node, said]) => ({
		...{ node, comments: said },
		about: { text: 'A row that was removed', isRule: false }
	}));
	return [...there, ...gone];
}
