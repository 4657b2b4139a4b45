import { unreachable } from '$lib/result';
import { predicateOf } from '../../operators/german/families';
import { sayMissing } from '../../operators/german/missing';
import {
	alwaysSo,
	dependent,
	everSo,
	main,
	neverSo,
	type Predicate
} from '../../operators/german/predicate';
import { operatorsOf, type Comparison } from '../../operators/families';
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
		case 'was': {
			const { value } = condition;
			const contrary = did ? undefined : contraryOf(value);
			if (contrary) return [...subject, ...alwaysSo(so(contrary)), ...sayMissing(contrary)];
			return [...subject, ...(did ? everSo(so(value)) : neverSo(so(value))), ...sayMissing(value)];
		}
		case 'hasBeen': {
			const { value, n, unit } = condition;
			const since: Phrase = ['seit mindestens ', spanDative(n, unit), ' '];
			if (did) return [...subject, ...main(so(value), since), ...sayMissing(value)];
			if (value.test.operator === 'hasNoValue')
				return [...subject, 'ist nicht ', ...since, 'ohne Wert'];
			return [
				...subject,
				...(contraryOf(value)
					? ['hat nicht ', ...since, 'einen Wert, der ', ...dependent(so(value))]
					: main(so(value), ['nicht ', ...since])),
				...sayMissing(value)
			];
		}
		default:
			return unreachable(condition);
	}
};

/**
 * What a negative comparison denies: German hears the contrary in two negations, so that "nie weder 1 noch 2" has to be
 * "immer 1 oder 2".
 */
function contraryOf({ of, test, missing }: Comparison): Comparison | undefined {
	const positive =
		test.operator === 'hasNoValue' ? { operator: 'hasValue' } : operatorsOf(of).complementOf(test);
	// The test is of the same family still. Without a value, the one holds where the other does not.
	return (
		positive &&
		({
			...{ of, test: positive },
			...(missing === 'exclude' ? { missing: 'include' } : {})
		} as Comparison)
	);
}

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
