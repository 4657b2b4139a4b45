import { nearest, sayNumber, span, spanDative, units } from '../../operators/german/words';
import { textOf, value, type Phrase } from '../../phrase';
import { sayDone, sayWhere } from '../event/german-words';
import type { InGerman } from '../german-kind';
import type { RegularlyCondition } from './regularly';

/** "hat in mindestens 3 der letzten 4 Wochen mindestens 2-mal bestellt" */
export const regularly: InGerman<RegularlyCondition> = (condition, definitions) => {
	const { types, where, times } = condition;
	return [
		'hat ',
		...periodsOf(condition),
		' ',
		...(times === 1 ? [] : [value(`mindestens ${sayNumber(times)}-mal`), ' ']),
		...sayDone(types, definitions),
		...sayWhere(where, types, definitions)
	];
};

/** "in jeder der letzten 4 Wochen", "in mindestens 1 der letzten 2 Zeiträume von 15 Tagen" */
function periodsOf({ active, of, period: { n, unit } }: RegularlyCondition): Phrase {
	if (of === 1) return nearest('letzten', n, unit);
	const periods =
		n === 1
			? textOf([span(of, unit)])
			: `${sayNumber(of)} Zeiträume von ${textOf([spanDative(n, unit)])}`;
	if (active < of) return ['in ', value(`mindestens ${sayNumber(active)} der letzten ${periods}`)];
	return ['in ', value(`${n === 1 ? units[unit].each : 'jedem'} der letzten ${periods}`)];
}
