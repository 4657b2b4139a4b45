import { conditionsOf } from './conditions-of';
import type { Condition } from './conditions/registry';
import type { Rule } from './rule';

/** The fields that conditions on their past take for instants. */
export const datetimesIn = (rule: Rule): readonly string[] => conditionsOf(rule).flatMap(datetimes);

function datetimes(condition: Condition): readonly string[] {
	if ('of' in condition && condition.of === 'datetime' && 'field' in condition)
		return [condition.field];
	if (condition.kind !== 'changed') return [];
	const values = condition.what === 'changed' ? [condition.from, condition.to] : [condition.value];
	return values.some((value) => value?.of === 'datetime') ? [condition.field] : [];
}
