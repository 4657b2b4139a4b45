import type { Rule } from './rule';

/** The fields that conditions on their past take for instants. */
export function datetimesIn(rule: Rule): readonly string[] {
	if (rule.type === 'group') return rule.children.flatMap(datetimesIn);
	if (rule.lowered) return datetimesIn(rule.lowered);
	const { condition } = rule;
	if ('of' in condition && condition.of === 'datetime' && 'field' in condition)
		return [condition.field];
	if (condition.kind !== 'changed') return [];
	const values = condition.what === 'changed' ? [condition.from, condition.to] : [condition.value];
	return values.some((value) => value?.of === 'datetime') ? [condition.field] : [];
}
