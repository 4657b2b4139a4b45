import { kindOf, readCondition } from './conditions/registry';
import { namesOf, type Definitions, type Reference } from './definitions';
import { parseRule } from './parse';
import { NodeId, nodesOf, type DraftCondition, type DraftRule } from './rule';

type ConditionDraft = DraftCondition['condition'];

/** Another thing of the same kind, and the condition that names it instead. */
interface Replacement {
	readonly id: string;
	readonly name: string;
	readonly condition: ConditionDraft;
}

/** Where conditions of every kind name what they refer to, alone or in a list. */
const keys: Readonly<Record<Reference['type'], ReadonlySet<string>>> = {
	field: new Set(['field', 'latitude', 'longitude']),
	eventType: new Set(['types']),
	tag: new Set(['tags']),
	list: new Set(['lists']),
	segment: new Set(['segment'])
};

/**
 * Everything that can stand where something deleted does: of the same kind, not named already, and such that the
 * condition is sound with it. `self` is the segment it is in, which a segment must not come back to.
 */
export function replacementsOf(
	condition: ConditionDraft,
	reference: Reference,
	definitions: Definitions,
	self?: string
): readonly Replacement[] {
	const named = new Set(referencesOf(condition).flatMap(({ id }) => id));
	return namesOf(reference.type, definitions).flatMap(({ id, name }) => {
		if (named.has(id)) return [];
		const next = replaced(condition, reference, id) as ConditionDraft; // an object stays one
		return isSound(next, reference, definitions, self) ? [{ id, name, condition: next }] : [];
	});
}

/** The same condition without one of several things it names; nothing where it names no other. */
export function withoutReference(
	condition: ConditionDraft,
	reference: Reference
): ConditionDraft | undefined {
	const rest = replaced(condition, reference, undefined) as ConditionDraft; // an object stays one
	const read = readCondition(rest);
	return read && !namesIt(rest, reference) ? rest : undefined;
}

/** Everything that a rule refers to, each as often as it does. */
export const referencesIn = (draft: DraftRule): readonly Reference[] =>
	[...nodesOf(draft)].flatMap((node) =>
		node.type === 'condition' ? referencesOf(node.condition) : []
	);

/** The same rule with another id in place of one. */
export function withReplaced(draft: DraftRule, reference: Reference, by: string): DraftRule {
	if (draft.type === 'group')
		return {
			...draft,
			children: draft.children.map((child) => withReplaced(child, reference, by))
		};
	return { ...draft, condition: replaced(draft.condition, reference, by) as ConditionDraft };
}

/** Not a word about other references: each that is deleted is an issue of its own. */
function isSound(
	condition: ConditionDraft,
	reference: Reference,
	definitions: Definitions,
	self: string | undefined
): boolean {
	const read = readCondition(condition);
	if (!read || namesIt(condition, reference)) return false;
	if (kindOf(read).problems(read, definitions).length > 0) return false;
	if (reference.type !== 'segment') return true;
	const node = { type: 'condition', id: NodeId.parse('here'), condition } as const;
	return parseRule(node, definitions, self).ok;
}

const namesIt = (condition: ConditionDraft, { type, id }: Reference): boolean =>
	referencesOf(condition).some((other) => other.type === type && other.id === id);

function referencesOf(condition: ConditionDraft): readonly Reference[] {
	const read = readCondition(condition);
	return read ? kindOf(read).references(read) : [];
}

/** Part of a condition with another id in place of one; `undefined` takes it out of lists. */
function replaced(part: unknown, { type, id }: Reference, by: string | undefined): unknown {
	if (Array.isArray(part)) return part.map((inner) => replaced(inner, { type, id }, by));
	if (typeof part !== 'object' || part === null) return part;
	return Object.fromEntries(
		Object.entries(part).map(([key, inner]: [string, unknown]) => {
			if (!keys[type].has(key)) return [key, replaced(inner, { type, id }, by)];
			if (Array.isArray(inner)) {
				const others = inner.flatMap((other) => (other === id ? (by ?? []) : [other]));
				return [key, [...new Set(others)]];
			}
			return [key, inner === id ? (by ?? inner) : replaced(inner, { type, id }, by)];
		})
	);
}
