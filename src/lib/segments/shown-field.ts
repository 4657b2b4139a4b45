import { nodesOf, type DraftRule } from '$lib/rules/rule';

const shownAnyway = new Set(['email', 'first_name', 'last_name']);

/** The field worth seeing beside the people of a rule: the first it asks about, else where they live. */
export function shownField(draft: DraftRule): string {
	for (const node of nodesOf(draft)) {
		if (node.type !== 'condition' || node.condition.kind !== 'field' || node.muted) continue;
		const field = String(node.condition.field);
		// Of everybody who is left, consent is what the rule says.
		if (!shownAnyway.has(field) && !field.includes('consent')) return field;
	}
	return 'country';
}
