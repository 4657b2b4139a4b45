import { explainRule } from '$lib/rules/explain';
import { readCondition } from '$lib/rules/conditions/registry';
import type { Definitions } from '$lib/rules/definitions';
import type { Language } from '$lib/rules/language';
import type { DraftGroup, DraftRule } from '$lib/rules/rule';

export const unnamed = 'New segment';
const longest = 72;

/**
 * A name for a segment nobody has named: what it says so far, or as many of its rows as there is room for: "Country is
 * Switzerland and 2 more".
 */
export function proposeName(
	draft: DraftGroup,
	definitions: Definitions,
	language: Language
): string {
	const rows = draft.children.flatMap(finished).filter(({ muted }) => !muted);
	for (let n = rows.length; n > 0; n--) {
		const words = say(rows.slice(0, n));
		const name = n === rows.length ? words : language.andMore(words, rows.length - n);
		if (name !== '' && name.length <= longest) return name;
		if (n === 1 && words !== '') return `${words.slice(0, longest).replace(/[\s,(]*\S*$/, '')} …`;
	}
	return unnamed;

	function say(children: readonly DraftRule[]): string {
		return explainRule({ ...draft, children: [...children] }, definitions, language)
			.replace(/\.$/, '')
			.replace(/^\(\p{Ll}/u, (beginning) => beginning.toUpperCase());
	}
}

/** A node without what is still to be filled in. */
function finished(node: DraftRule): readonly DraftRule[] {
	if (node.type === 'condition') return readCondition(node.condition) ? [node] : [];
	const children = node.children.flatMap(finished);
	return children.length > 0 ? [{ ...node, children }] : [];
}
