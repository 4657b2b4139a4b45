import { kindOf, readCondition } from './conditions/registry';
import type { Definitions } from './definitions';
import { textOf, type Phrase } from './phrase';
import type { DraftCondition, DraftRule } from './rule';

/** A draft as one English sentence: "Country is CH and (is tagged vip or has done Placed order), but not …". */
export function explainRule(draft: DraftRule, definitions: Definitions): string {
	const words = textOf(clause(draft, definitions, true));
	return words === '' ? '' : `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}

/** One condition of a draft in words; what cannot be read yet says so. */
export function explainCondition({ condition }: DraftCondition, definitions: Definitions): Phrase {
	const read = readCondition(condition);
	return read ? kindOf(read).explain(read, definitions) : ['a condition that is not finished'];
}

function clause(draft: DraftRule, definitions: Definitions, outermost: boolean): Phrase {
	if (draft.type === 'condition') return explainCondition(draft, definitions);

	const live = draft.children.filter((child) => !child.muted);
	const exclusions =
		outermost && draft.match === 'all'
			? live.filter((child) => child.type === 'group' && child.match === 'none')
			: [];
	const included = live.filter((child) => !exclusions.includes(child));
	const word = draft.match === 'all' ? ' and ' : ' or ';
	const parts = included.map((child) => clause(child, definitions, false)).filter(notEmpty);
	const joined = parts.flatMap((part, i) => (i === 0 ? part : [word, ...part]));
	const bare = outermost || parts.length <= 1;

	if (draft.match === 'none') return parts.length === 0 ? [] : ['none of (', ...joined, ')'];
	const excluded = exclusions.flatMap((child): Phrase => {
		const inner = clause({ ...child, match: 'any' } as DraftRule, definitions, true);
		return inner.length === 0 ? [] : [', but not whoever ', ...inner];
	});
	const among: Phrase = joined.length === 0 && excluded.length > 0 ? ['everyone'] : joined;
	return [...(bare ? among : ['(', ...among, ')']), ...excluded];
}

const notEmpty = (phrase: Phrase): boolean => phrase.length > 0;
