import { isConsent } from '$lib/fields/field';
import { kindOf, readCondition } from '$lib/rules/conditions/registry';
import { nodesOf, type DraftRule } from '$lib/rules/rule';

const shownAnyway: ReadonlySet<string> = new Set(['email', 'first_name', 'last_name']);

/** The field worth seeing beside the people of a rule: the first it asks about, else where they live. */
export function shownField(draft: DraftRule): string {
	for (const node of nodesOf(draft)) {
		if (node.type !== 'condition' || node.muted) continue;
		const condition = readCondition(node.condition);
		if (!condition) continue;
		const field = kindOf(condition)
			.references(condition)
			// Of everybody who is left, consent is what the rule says.
			.find(({ type, id }) => type === 'field' && !shownAnyway.has(id) && !isConsent(id));
		if (field) return field.id;
	}
	return 'country';
}
