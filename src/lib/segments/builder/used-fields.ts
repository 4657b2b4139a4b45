import { kindOf, readCondition } from '$lib/rules/conditions/registry';
import { nodesOf, type DraftRule } from '$lib/rules/rule';

/** Ids of the fields a draft asks about, in the order it does. */
export function usedFields(draft: DraftRule): readonly string[] {
	const ids = [...nodesOf(draft)].flatMap((node) => {
		if (node.type === 'group') return [];
		const condition = readCondition(node.condition);
		if (!condition) return [];
		return kindOf(condition)
			.references(condition)
			.flatMap(({ type, id }) => (type === 'field' ? [id] : []));
	});
	return [...new Set(ids)];
}
