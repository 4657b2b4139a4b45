import type { Family } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { sayCount } from '../../operators/german/count';
import { predicateOf } from '../../operators/german/families';
import { main } from '../../operators/german/predicate';
import { name, type Phrase } from '../../phrase';
import { sayEvents, sayThen, sayWhere } from '../event/german-words';
import { propertyOf } from '../event/property';
import type { InGerman } from '../german-kind';
import { testOf, type AggregateCondition } from './condition';
import type { AggregateFunction } from './functions';

/** "Summe von Gesamtbetrag bei Bestellungen beträgt in den letzten 30 Tagen mindestens 70" */
export const aggregate: InGerman<AggregateCondition> = (condition, definitions) => {
	const { types, property: id, window, where } = condition;
	const property = propertyOf(types, id, definitions.eventTypes);
	const what: Phrase = [name(property?.name ?? id), ' bei ', ...sayEvents(types, definitions)];
	const narrowed = sayWhere(where, types, definitions);
	if (condition.function === 'distinct')
		return [
			'hat ',
			...sayThen(window),
			sayCount(condition.test, 'Wert', 'verschiedene Werte'),
			' von ',
			...what,
			...narrowed
		];
	const say = { value: (value: string | number) => sayValue(value, property, 'de'), field: String };
	return [
		`${wordsFor(condition.function, condition.of)} von `,
		...what,
		' ',
		...main(predicateOf(testOf(condition), say), sayThen(window)),
		...narrowed
	];
};

function wordsFor(of: Exclude<AggregateFunction, 'distinct'>, family: Family): string {
	const isTime = family === 'date' || family === 'datetime';
	switch (of) {
		case 'sum':
			return 'Summe';
		case 'average':
			return 'Durchschnitt';
		case 'min':
			return isTime ? 'frühester Wert' : 'kleinster Wert';
		case 'max':
			return isTime ? 'spätester Wert' : 'größter Wert';
	}
}
