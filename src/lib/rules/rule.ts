import * as z from 'zod/mini';
import type { Condition } from './conditions/registry';

export const NodeId = z.string().check(z.minLength(1)).brand<'NodeId'>();
export type NodeId = z.infer<typeof NodeId>;

export const Match = z.enum(['all', 'any', 'none']);
export type Match = z.infer<typeof Match>;

/** The id of the root group of every rule. */
export const rootId = NodeId.parse('root');

/** A rule that can be evaluated. `parseRule` makes it from a draft, so whoever holds one may rely on it. */
export type Rule = Group | Leaf;

export interface Group {
	readonly type: 'group';
	readonly id: NodeId;
	readonly match: Match;
	readonly children: readonly [Rule, ...Rule[]];
}

export interface Leaf {
	readonly type: 'condition';
	readonly id: NodeId;
	readonly condition: Condition;
	/** The same in terms of other conditions, for kinds that have no SQL of their own. */
	readonly lowered?: Rule;
}

/** A group that stands in no draft: what a condition is lowered to. */
export const group = (match: Match, children: readonly [Rule, ...Rule[]]): Group => ({
	type: 'group',
	id: NodeId.parse('lowered'),
	match,
	children
});

/** A condition that stands in no draft: what another is lowered to. */
export const leaf = (condition: Condition): Leaf => ({
	type: 'condition',
	id: NodeId.parse('lowered'),
	condition
});

/** A rule as it arrives from people and other devices: any part may be missing, wrong or too new. */
export type DraftRule = DraftGroup | DraftCondition;

export interface DraftGroup {
	readonly type: 'group';
	readonly id: NodeId;
	readonly match: string;
	readonly children: readonly DraftRule[];
	readonly muted?: boolean | undefined;
	readonly note?: string | undefined;
}

export interface DraftCondition {
	readonly type: 'condition';
	readonly id: NodeId;
	readonly condition: { readonly kind: string } & Readonly<Record<string, unknown>>;
	readonly muted?: boolean | undefined;
	readonly note?: string | undefined;
}

const common = {
	id: NodeId,
	muted: z.optional(z.catch(z.boolean(), false)),
	note: z.optional(z.catch(z.string(), ''))
};

/** Reads a draft from plain JSON (a file, a link, a stored version). What a condition says is not looked at here. */
export const DraftRule: z.ZodMiniType<DraftRule> = z.discriminatedUnion('type', [
	z.looseObject({
		type: z.literal('group'),
		...common,
		match: z.catch(z.string(), ''),
		get children() {
			return z.array(DraftRule);
		}
	}),
	z.looseObject({
		type: z.literal('condition'),
		...common,
		condition: z.catch(z.looseObject({ kind: z.string() }), { kind: '' })
	})
]) as unknown as z.ZodMiniType<DraftRule>; // a recursive schema cannot infer its own type

/** Every node of a draft, parents first. */
export function* nodesOf(draft: DraftRule): Generator<DraftRule> {
	yield draft;
	if (draft.type === 'group') for (const child of draft.children) yield* nodesOf(child);
}
