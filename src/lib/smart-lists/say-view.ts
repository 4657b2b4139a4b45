import type { Definitions } from '$lib/rules/definitions';
import { explainRule } from '$lib/rules/explain';
import type { Language } from '$lib/rules/language';
import { rootId } from '$lib/rules/rule';
import type { SmartListView } from './view';

/** Whom a view shows, in words: without a full stop, for the search stands after it. */
export function sayView(
	view: SmartListView | undefined,
	definitions: Definitions,
	language: Language
): string {
	if (!view) return 'It cannot be read.';
	const { rule, search, archived } = view;
	const who = archived
		? 'Archived contacts'
		: rule === null
			? 'All contacts'
			: explainRule(
					rule.type === 'group'
						? rule
						: { type: 'group', id: rootId, match: 'all', children: [rule] },
					definitions,
					language
				).replace(/\.$/, '');
	return search ? `${who}, found by “${search.trim()}”` : who;
}
