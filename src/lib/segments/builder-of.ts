import type { DraftRule } from '$lib/rules/rule';

/** What a rule can be edited with: the plain list takes all or any of conditions, without groups. */
export const isBasic = (draft: DraftRule): boolean =>
	draft.type === 'group' &&
	draft.match !== 'none' &&
	draft.children.every((child) => child.type === 'condition');
