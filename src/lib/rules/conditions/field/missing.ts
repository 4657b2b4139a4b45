import { takesMissing } from '../../operators/compare';
import { operatorsOf } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { group, leaf, type Rule } from '../../rule';
import type { FieldCondition } from './field';

/** What a condition makes of contacts without a value, where that is not plain. */
interface MissingDecision {
	readonly included: boolean;
	/** Those it decides about. */
	readonly without: Rule;
	/** The same condition with the other decision. */
	readonly turned: FieldCondition;
}

/** Nothing where they are left out as anybody expects, or the operator is itself about there being a value. */
export function decidesMissing(condition: FieldCondition): MissingDecision | undefined {
	const { field, path, of, test, missing } = condition;
	const negative = operatorsOf(of).complementOf(test) !== undefined;
	if (!takesMissing(test.operator) || (!negative && missing === undefined)) return;
	const included = missing === undefined ? negative : missing === 'include';
	const lacks = (id: string) =>
		leaf({
			kind: 'field',
			field: id,
			...(path === undefined ? {} : { path }),
			...{ of, test: { operator: 'hasNoValue' } }
		});
	const other = otherFieldOf(test);
	const { missing: _, ...rest } = condition;
	const to = included ? 'exclude' : 'include';
	return {
		included,
		without: other === undefined ? lacks(field) : group('any', [lacks(field), lacks(other)]),
		turned: { ...rest, ...((to === 'include') === negative ? {} : { missing: to }) }
	};
}
