import type { Definitions } from '$lib/rules/definitions';
import { explainCondition } from '$lib/rules/explain';
import type { Language } from '$lib/rules/language';
import type { Sign } from '$lib/rules/conditions/kind';
import { signOf } from '$lib/rules/conditions/registry';
import { textOf, type Phrase } from '$lib/rules/phrase';
import { Match, type DraftGroup, type DraftRule, type NodeId } from '$lib/rules/rule';

/** Which sign a row has: that of its condition, or of what it is in the rule. */
export type RowSign = Sign | 'exclusion';

/** A condition or a group of them, in the words its row shows. */
export type StepPart =
	| {
			readonly type: 'condition';
			readonly id: NodeId;
			readonly sign: RowSign;
			/** One phrase a line: what, and under it where. */
			readonly lines: readonly Phrase[];
			readonly muted: boolean;
			readonly note: string;
	  }
	| {
			readonly type: 'group';
			readonly id: NodeId;
			/** "any of these" */
			readonly head: string;
			/** The word between its parts. */
			readonly joint: string;
			readonly parts: readonly StepPart[];
			readonly muted: boolean;
			readonly note: string;
	  };

/** One step of the way from everyone to a rule's members: a child of its root. */
export interface Step {
	/** The node whose counts the step has. */
	readonly id: NodeId;
	/** How it hangs on the steps before: AND, OR, BUT NOT, … */
	readonly word: string;
	readonly excludes: boolean;
	readonly part: StepPart;
	/** Switched off: shown, and no part of the rule. */
	readonly muted: boolean;
}

/** A draft as the steps its details page shows, in order, without the first one, everyone. */
export function stepsOf(
	draft: DraftGroup,
	definitions: Definitions,
	language: Language
): readonly Step[] {
	const { steps } = language;
	const [firstWord, nextWord] = steps.words[matchOf(draft) ?? 'all'];
	let first = true;
	return draft.children.map((child) => {
		const muted = child.muted === true;
		const excludes = draft.match === 'all' && child.type === 'group' && child.match === 'none';
		const said = excludes ? steps.butNot : first ? firstWord : nextWord;
		if (!muted) first = false;
		return {
			id: child.id,
			word: said,
			excludes: excludes || draft.match === 'none',
			part: excludes
				? exclusionOf(child, definitions, language)
				: partOf(child, definitions, language, false),
			muted
		};
	});
}

/** How a group combines its parts; nothing where that cannot be read. */
const matchOf = ({ match }: DraftGroup): Match | undefined => Match.safeParse(match).data;

/** "But not" says the `none` already, so one condition stands alone, and several are "any of these". */
function exclusionOf(group: DraftGroup, definitions: Definitions, language: Language): StepPart {
	const [only, ...others] = group.children;
	if (only?.type === 'condition' && others.length === 0)
		return partOf({ ...only, muted: only.muted || group.muted }, definitions, language, true);
	return partOf({ ...group, match: 'any' }, definitions, language, true);
}

/** Any part of a rule in the words its row shows. */
export function partOf(
	draft: DraftRule,
	definitions: Definitions,
	language: Language,
	excluded: boolean
): StepPart {
	const { id, muted = false, note = '' } = draft;
	if (draft.type === 'condition') {
		const sign = excluded ? 'exclusion' : signOf(draft.condition);
		const lines = linesOf(explainCondition(draft, definitions, language), language);
		return { type: 'condition', id, sign, lines, muted, note };
	}
	const { heads, joints, unreadable } = language.steps;
	const match = matchOf(draft);
	return {
		type: 'group',
		id,
		head: match ? heads[match] : unreadable,
		joint: joints[match ?? 'any'],
		parts: draft.children.map((child) => partOf(child, definitions, language, excluded)),
		muted,
		note
	};
}

/** The same as plain text: "any of these: is tagged vip or …". */
export function textOfPart(part: StepPart): string {
	if (part.type === 'condition') return part.lines.map(textOf).join(' ');
	return `${part.head}: ${part.parts.map(textOfPart).join(` ${part.joint} `)}`;
}

/** "where …" goes on a line of its own, without what stands between it and the words before. */
export function linesOf(phrase: Phrase, { narrowing }: Language): readonly Phrase[] {
	const at = phrase.findIndex((part) => typeof part === 'string' && narrowing.includes(part));
	const begins = at < 0 ? undefined : phrase[at];
	if (typeof begins !== 'string') return [phrase];
	return [phrase.slice(0, at), [begins.replace(/^[,\s]+/, ''), ...phrase.slice(at + 1)]];
}
