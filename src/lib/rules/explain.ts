import { readCondition } from './conditions/registry';
import type { Definitions } from './definitions';
import type { Language } from './language';
import { textOf, type Phrase } from './phrase';
import type { DraftCondition, DraftRule } from './rule';

/** A draft as one sentence: "Country is CH and (is tagged vip or has done Placed order), but not …". */
export function explainRule(
	draft: DraftRule,
	definitions: Definitions,
	language: Language
): string {
	const words = textOf(clause(draft, definitions, language, true));
	return words === '' ? '' : `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}

/** One condition of a draft in words; what cannot be read yet says so. */
export function explainCondition(
	{ condition }: DraftCondition,
	definitions: Definitions,
	language: Language
): Phrase {
	const read = readCondition(condition);
	return read ? language.condition(read, definitions) : [language.unfinished];
}

function clause(
	draft: DraftRule,
	definitions: Definitions,
	language: Language,
	outermost: boolean
): Phrase {
	if (draft.type === 'condition') return explainCondition(draft, definitions, language);

	const live = draft.children.filter((child) => !child.muted);
	const exclusions =
		outermost && draft.match === 'all'
			? live.filter((child) => child.type === 'group' && child.match === 'none')
			: [];
	const included = live.filter((child) => !exclusions.includes(child));
	const parts = included
		.map((child) => clause(child, definitions, language, false))
		.filter(notEmpty);
	const joined = language.join(parts, draft.match === 'all' ? 'all' : 'any');
	const bare = outermost || parts.length <= 1;

	if (draft.match === 'none') return parts.length === 0 ? [] : language.noneOf(joined);
	const excluded = exclusions
		.map((child) => clause({ ...child, match: 'any' } as DraftRule, definitions, language, true))
		.filter(notEmpty);
	const among: Phrase = joined.length === 0 && excluded.length > 0 ? [language.everyone] : joined;
	return [...(bare ? among : ['(', ...among, ')']), ...language.butNot(excluded)];
}

const notEmpty = (phrase: Phrase): boolean => phrase.length > 0;
