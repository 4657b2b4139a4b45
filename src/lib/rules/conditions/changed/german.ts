import { unreachable } from '$lib/result';
import { predicateOf } from '../../operators/german/families';
import { sayMissing } from '../../operators/german/missing';
import { dependent, everSo, main, neverSo, type Predicate } from '../../operators/german/predicate';
import type { Comparison } from '../../operators/families';
import { spanDative } from '../../operators/german/words';
import { name, type Phrase } from '../../phrase';
import { sayThen } from '../event/german-words';
import { deletedField, sayOf } from '../field/german-words';
import type { InGerman } from '../german-kind';
import type { ChangedCondition } from './changed';

/** "Land hat sich in den letzten 7 Tagen von Deutschland auf Schweiz geändert" */
export const changed: InGerman<ChangedCondition> = (condition, { fields }) => {
	const { did } = condition;
	const subject: Phrase = [name(fields.get(condition.field)?.name ?? deletedField), ' '];
	const so = (comparison: Comparison): Predicate =>
		predicateOf(comparison, sayOf(fields.get(condition.field), fields));
	switch (condition.what) {
		case 'changed': {
			const { from, to, window } = condition;
			return [
				...subject,
				'hat sich ',
				...sayThen(window),
				...(did ? [] : ['nicht ']),
				...(from ? ['von ', ...such(from, so(from), 'einem'), ' '] : []),
				...(to ? ['auf ', ...such(to, so(to), 'einen'), ' '] : []),
				'geändert'
			];
		}
		case 'was':
			return [
				...subject,
				...(did ? everSo(so(condition.value)) : neverSo(so(condition.value))),
				...sayMissing(condition.value)
			];
		case 'hasBeen':
			return [
				...subject,
				...main(so(condition.value), [
					did ? 'seit mindestens ' : 'nicht seit mindestens ',
					spanDative(condition.n, condition.unit),
					' '
				]),
				...sayMissing(condition.value)
			];
		default:
			return unreachable(condition);
	}
};

/** After "von" and "auf": "Deutschland", "keinem Wert", "einen Wert, der über 7 liegt," */
function such(comparison: Comparison, predicate: Predicate, a: 'einem' | 'einen'): Phrase {
	switch (comparison.test.operator) {
		case 'hasNoValue':
			return [`k${a} Wert`];
		case 'hasValue':
			return [`${a} Wert`];
		case 'is':
			return [...predicate.rest, ...sayMissing(comparison)];
		default:
			return [`${a} Wert, der `, ...dependent(predicate), ...sayMissing(comparison), ','];
	}
}
