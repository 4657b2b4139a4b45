import * as z from 'zod/mini';
import { NodeId, type DraftRule } from '$lib/rules/rule';

/**
 * A rule as it stands in a file: a group is `{ match, children }`, a condition `{ kind, … }` with what its kind needs.
 * Both may have `id`, `muted` and `note`. What is no group is a condition; kinds nobody here knows go through unchanged.
 */
export type PortableRule = PortableGroup | PortableCondition;

interface Node {
	readonly id?: string | undefined;
	readonly muted?: boolean | undefined;
	readonly note?: string | undefined;
}
export interface PortableGroup extends Node {
	readonly match: string;
	readonly children: readonly PortableRule[];
}
export interface PortableCondition extends Node, Readonly<Record<string, unknown>> {
	readonly kind: string;
}

const node = {
	id: z.optional(z.string()),
	muted: z.optional(z.boolean()),
	note: z.optional(z.string())
};

export const PortableRule: z.ZodMiniType<PortableRule> = z.union([
	z.object({
		match: z.string(),
		get children() {
			return z.array(PortableRule);
		},
		...node
	}),
	z.looseObject({ kind: z.string(), ...node })
]) as unknown as z.ZodMiniType<PortableRule>; // a recursive schema cannot infer its own type

/** The draft of a rule from a file. A node without an id gets one by its place: `root`, `root.1`, `root.1.2`. */
export function draftOf(rule: PortableRule, place = 'root'): DraftRule {
	const id = NodeId.parse(rule.id || place);
	if (isGroup(rule)) {
		const { match, children, muted, note } = rule;
		return {
			type: 'group',
			...common(id, muted, note),
			match,
			children: children.map((child, i) => draftOf(child, `${place}.${i + 1}`))
		};
	}
	const { id: _, muted, note, ...condition } = rule;
	return { type: 'condition', ...common(id, muted, note), condition };
}

/** A draft as it stands in a file. */
export function portableOf(draft: DraftRule): PortableRule {
	const { id, muted, note } = draft;
	const rest = common(id, muted, note);
	return draft.type === 'group'
		? { ...rest, match: draft.match, children: draft.children.map(portableOf) }
		: { ...draft.condition, ...rest };
}

const isGroup = (rule: PortableRule): rule is PortableGroup => 'children' in rule;

const common = <Id extends string>(id: Id, muted?: boolean, note?: string) => ({
	id,
	...(muted ? { muted } : {}),
	...(note ? { note } : {})
});
