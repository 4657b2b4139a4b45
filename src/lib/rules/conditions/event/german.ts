import type { Phrase } from '../../phrase';
import { sayTimes } from '../../operators/german/count';
import type { InGerman } from '../german-kind';
import type { EventCondition } from './event';
import { sayDone, sayLastSends, sayNotDone, sayThen, sayWhere } from './german-words';

/** "hat in den letzten 30 Tagen mindestens 2-mal bestellt, mit Gesamtbetrag über 50" */
export const event: InGerman<EventCondition> = (condition, definitions) => {
	const { did, types, window, where, lastSends } = condition;
	const ofSends: Phrase = lastSends
		? [lastSends === 1 ? 'zur ' : 'zu den ', sayLastSends(lastSends), ' ']
		: [];
	return [
		'hat ',
		...sayThen(window),
		...(did && condition.count ? [sayTimes(condition.count), ' '] : []),
		...ofSends,
		...(did ? sayDone(types, definitions) : sayNotDone(types, definitions)),
		...sayWhere(where, types, definitions)
	];
};
