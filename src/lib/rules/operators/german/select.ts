import { unreachable } from '$lib/result';
import { value } from '../../phrase';
import type { SelectTest } from '../select';
import type { GermanOperators } from './operators';
import { attributive } from './predicate';
import { presenceInfo, presenceWords } from './presence';
import { either, neither } from './words';

export const select: GermanOperators<SelectTest> = {
	info: {
		is: { label: 'ist', definition: 'Diese Auswahl.' },
		isNot: { label: 'ist nicht', definition: 'Eine andere Auswahl oder keine.' },
		isAnyOf: {
			label: 'ist eines von',
			ofOne: 'ist',
			definition: 'Eine von mehreren Auswahlen.'
		},
		isNoneOf: {
			label: 'ist keines von',
			ofOne: 'ist nicht',
			definition: 'Keine von mehreren Auswahlen oder kein Wert.'
		},
		...presenceInfo
	},

	explain(test, say) {
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return presenceWords[test.operator];
			case 'is':
				return attributive('ist', [value(say.value(test.value))]);
			case 'isNot':
				return { verb: 'ist', rest: ['nicht ', value(say.value(test.value))] };
			case 'isAnyOf':
				return attributive('ist', either(test.values.map(say.value)));
			case 'isNoneOf':
				return { verb: 'ist', rest: neither(test.values.map(say.value)) };
			default:
				return unreachable(test);
		}
	}
};
