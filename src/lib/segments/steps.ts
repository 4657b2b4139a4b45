import type { Definitions } from '$lib/rules/definitions';
import { explainCondition } from '$lib/rules/explain';
import type { Sign } from '$lib/rules/conditions/kind';
import { signOf } from '$lib/rules/conditions/registry';
import { textOf, whereWord, type Phrase } from '$lib/rules/phrase';
import type { DraftGroup, DraftRule, NodeId } from '$lib/rules/rule';

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
			readonly joint: 'and' | 'or' | 'nor';
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
export function stepsOf(draft: DraftGroup, definitions: Definitions): readonly Step[] {
	const word = rootWord(draft.match);
	let first = true;
	return draft.children.map((child) => {
		const muted = child.muted === true;
		const excludes = draft.match === 'all' && child.type === 'group' && child.match === 'none';
		const said = excludes ? 'BUT NOT' : first ? word.first : word.next;
		if (!muted) first = false;
		return {
			id: child.id,
			word: said,
			excludes: excludes || draft.match === 'none',
			part: excludes ? exclusionOf(child, definitions) : partOf(child, definitions, false),
			muted
		};
	});
}

function rootWord(match: string): { readonly first: string; readonly next: string } {
	if (match === 'any') return { first: 'ANY OF', next: 'OR' };
	if (match === 'none') return { first: 'NONE OF', next: 'NOR' };
	return { first: 'AND', next: 'AND' };
}

/** "But not" says the `none` already, so one condition stands alone, and several are "any of these". */
function exclusionOf(group: DraftGroup, definitions: Definitions): StepPart {
	const [only, ...others] = group.children;
	if (only?.type === 'condition' && others.length === 0)
		return partOf({ ...only, muted: only.muted || group.muted }, definitions, true);
	return partOf({ ...group, match: 'any' }, definitions, true);
}

/** Any part of a rule in the words its row shows. */
export function partOf(draft: DraftRule, definitions: Definitions, excluded: boolean): StepPart {
	const { id, muted = false, note = '' } = draft;
	if (draft.type === 'condition') {
		const sign = excluded ? 'exclusion' : signOf(draft.condition);
		const lines = linesOf(explainCondition(draft, definitions));
		return { type: 'condition', id, sign, lines, muted, note };
	}
	return {
		type: 'group',
		id,
		head: heads[draft.match] ?? 'a group that cannot be read',
		joint: draft.match === 'all' ? 'and' : draft.match === 'none' ? 'nor' : 'or',
		parts: draft.children.map((child) => partOf(child, definitions, excluded)),
		muted,
		note
	};
}

const heads: Readonly<Record<string, string>> = {
	all: 'all of these',
	any: 'any of these',
	none: 'none of these'
};

/** The same as plain text: "any of these: is tagged vip or …". */
export function textOfPart(part: StepPart): string {
	if (part.type === 'condition') return part.lines.map(textOf).join(' ');
	return `${part.head}: ${part.parts.map(textOfPart).join(` ${part.joint} `)}`;
}

/** "where …" goes on a line of its own. */
export function linesOf(phrase: Phrase): readonly Phrase[] {
	const at = phrase.indexOf(whereWord);
	return at < 0 ? [phrase] : [phrase.slice(0, at), ['where ', ...phrase.slice(at + 1)]];
}
