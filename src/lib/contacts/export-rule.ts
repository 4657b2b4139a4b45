import { group, leaf, type Rule } from '$lib/rules/rule';
import { textKey } from '$lib/text-key';
import { searchedFields, type ContactPick } from './pick';

/**
 * The rule whose members are just those picked. Nothing for contacts picked one by one, and for archived ones, which are
 * members of no rule.
 */
export function ruleOfPick(pick: ContactPick): Rule | undefined {
	if (pick.type === 'these' || pick.except.length > 0 || pick.of.archived) return;
	const { rule = leaf({ kind: 'everyone' }), search = '' } = pick.of;
	const words = textKey(search).split(/\s+/).filter(Boolean);
	return group('all', [rule, ...words.map(standsIn)]);
}

const standsIn = (word: string): Rule => {
	const [first, ...others] = searchedFields.map((field) =>
		leaf({ kind: 'field', field, of: 'text', test: { operator: 'contains', value: word } })
	);
	return group('any', [first!, ...others]);
};
