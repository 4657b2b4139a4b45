import * as z from 'zod/mini';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';

/**
 * A rule as it stands in a file: a condition is `{ kind, … }` with what its kind needs, a group `{ match, children }`.
 * Both may have `id`, `muted` and `note`. Kinds and keys nobody here knows go through unchanged.
 */
export type PortableRule = PortableGroup | PortableCondition;

interface Node extends Readonly<Record<string, unknown>> {
	readonly id?: string | undefined;
	readonly muted?: boolean | undefined;
	readonly note?: string | undefined;
}
export interface PortableGroup extends Node {
	readonly match: string;
	readonly children: readonly PortableRule[];
}
export interface PortableCondition extends Node {
	readonly kind: string;
}

const node = {
	id: z.optional(z.string()),
	muted: z.optional(z.boolean()),
	note: z.optional(z.string())
};

export const PortableRule: z.ZodMiniType<PortableRule> = z.union([
	// The first that fits: a condition may have children of its own.
	z.looseObject({ kind: z.string(), ...node }),
	z.looseObject({
		match: z.string(),
		get children() {
			return z.array(PortableRule);
		},
		...node
	})
]) as unknown as z.ZodMiniType<PortableRule>; // a recursive schema cannot infer its own type

/** The draft of a rule from a file. A node without an id gets one by its place: `root`, `root.1`, `root.1.2`. */
export function draftOf(rule: PortableRule, place = 'root'): DraftRule {
	const id = NodeId.parse(rule.id || place);
	if (isGroup(rule)) {
		const { id: _, children, ...group } = rule;
		return {
			...group,
			...{ type: 'group', id },
			children: children.map((child, i) => draftOf(child, `${place}.${i + 1}`))
		};
	}
	const { id: _, muted, note, ...condition } = rule;
	return { type: 'condition', id, condition, ...given({ muted, note }) };
}

/** A draft as it stands in a file. */
export function portableOf(draft: DraftRule): PortableRule {
	if (draft.type === 'group') {
		const { type: _, id, children, ...group } = draft;
		return { id, ...given(group), children: children.map(portableOf) };
	}
	const { type: _, id, condition, ...rest } = draft;
	return { ...condition, ...given(rest), id };
}

/** A group to be the root of a segment's draft, which is always one. */
export function rootOf(rule: PortableRule): DraftGroup {
	const draft = draftOf(rule);
	return draft.type === 'group' && !draft.muted && !draft.note
		? { ...draft, id: rootId }
		: { type: 'group', id: rootId, match: 'all', children: [draft] };
}

const isGroup = (rule: PortableRule): rule is PortableGroup => !('kind' in rule);

/** Without what is only spelled out. */
const given = <T extends object>(values: T): T =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
