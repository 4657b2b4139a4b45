import { sayOf } from '$lib/fields/say';
import { unreachable } from '$lib/result';
import type { Definitions } from '../../definitions';
import { explainComparison } from '../../operators/compare';
import { missingWords } from '../../operators/comparison';
import { datetime } from '../../operators/datetime';
import type { Comparison } from '../../operators/families';
import { name, plural, value, type Phrase } from '../../phrase';
import type { ChangedCondition } from './changed';

/** "Country changed from one that is Germany to one that is Austria in the last 7 days" */
export function explainChanged(condition: ChangedCondition, { fields }: Definitions): Phrase {
	const field = fields.get(condition.field);
	const subject = name(field?.name ?? 'a deleted field');
	const such = (comparison: Comparison): Phrase => [
		...explainComparison(comparison, sayOf(field, fields)),
		...missingWords(comparison)
	];
	const { did } = condition;
	switch (condition.what) {
		case 'changed': {
			const { from, to, window } = condition;
			return [
				subject,
				did ? ' changed' : ' did not change',
				...(from ? [' from one that ', ...such(from)] : []),
				...(to ? [' to one that ', ...such(to)] : []),
				...(window ? [' ', ...datetime.explain(window, { value: String, field: String })] : [])
			];
		}
		case 'was':
			return [
				subject,
				did ? ' (now or ever before) ' : ' (never until now) ',
				...such(condition.value)
			];
		case 'hasBeen':
			return [
				subject,
				did ? ' (for at least ' : ' (not for as long as ',
				value(plural(condition.n, condition.unit)),
				') ',
				...such(condition.value)
			];
		default:
			return unreachable(condition);
	}
}
