import { kindOf, kindsByName } from '$lib/rules/conditions/registry';
import { nodesOf, type DraftRule } from '$lib/rules/rule';

/** Ids of the fields a draft asks about, in the order it does. */
export function usedFields(draft: DraftRule): readonly string[] {
	const ids = [...nodesOf(draft)].flatMap((node) => {
		if (node.type === 'group') return [];
		const parsed = kindsByName.get(node.condition.kind)?.schema.safeParse(node.condition);
		if (!parsed?.success) return [];
		return kindOf(parsed.data)
			.references(parsed.data)
			.flatMap(({ type, id }) => (type === 'field' ? [id] : []));
	});
	return [...new Set(ids)];
}
