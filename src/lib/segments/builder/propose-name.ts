import { explainRule } from '$lib/rules/explain';
import { kindsByName } from '$lib/rules/conditions/registry';
import type { Definitions } from '$lib/rules/definitions';
import type { DraftGroup, DraftRule } from '$lib/rules/rule';

export const unnamed = 'New segment';
const longest = 60;

/** A name for a segment nobody has named: what it says so far, cut between two words. */
export function proposeName(draft: DraftGroup, definitions: Definitions): string {
	const sentence = explainRule(
		{ ...draft, children: draft.children.flatMap(finished) },
		definitions
	);
	const words = sentence
		.replace(/\.$/, '')
		.replace(/^\(\p{Ll}/u, (beginning) => beginning.toUpperCase());
	if (words === '') return unnamed;
	if (words.length <= longest) return words;
	return `${words.slice(0, longest).replace(/[\s,(]*\S*$/, '')} …`;
}

/** A node without what is still to be filled in. */
function finished(node: DraftRule): readonly DraftRule[] {
	if (node.type === 'condition')
		return kindsByName.get(node.condition.kind)?.schema.safeParse(node.condition).success
			? [node]
			: [];
	const children = node.children.flatMap(finished);
	return children.length > 0 ? [{ ...node, children }] : [];
}
