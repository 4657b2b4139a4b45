import { unreachable } from '$lib/result';
import type { MultiselectTest } from '../multiselect';
import { sayCount } from './count';
import type { GermanOperators } from './operators';
import { attributive } from './predicate';
import { presenceInfo, presenceWords } from './presence';
import { both, either, neither } from './words';

export const multiselect: GermanOperators<MultiselectTest> = {
	info: {
		includesAny: {
			label: 'enthält eines von',
			ofOne: 'enthält',
			definition: 'Mindestens eine dieser Auswahlen.'
		},
		includesAll: {
			label: 'enthält alle von',
			ofOne: 'enthält',
			definition: 'Jede dieser Auswahlen und vielleicht andere.'
		},
		includesNone: {
			label: 'enthält keines von',
			ofOne: 'enthält nicht',
			definition: 'Keine dieser Auswahlen, oder es ist nichts gewählt.'
		},
		doesNotIncludeAll: {
			label: 'enthält nicht alle von',
			ofOne: 'enthält nicht',
			definition: 'Mindestens eine von diesen ist nicht gewählt.'
		},
		isExactly: { label: 'ist genau', definition: 'Diese Auswahlen und keine anderen.' },
		isNotExactly: {
			label: 'ist nicht genau',
			definition: 'Irgendeine andere Menge von Auswahlen, oder es ist nichts gewählt.'
		},
		count: {
			label: 'Anzahl ist',
			definition: 'Wie viele gewählt sind. Nichts gewählt zählt als 0.'
		},
		...presenceInfo
	},

	explain(test, say) {
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return presenceWords[test.operator];
			case 'count':
				return { verb: 'hat', rest: [sayCount(test.count, 'Eintrag', 'Einträge')] };
			case 'includesAny':
				return { verb: 'enthält', rest: either(test.values.map(say.value)) };
			case 'includesAll':
				return { verb: 'enthält', rest: both(test.values.map(say.value)) };
			case 'includesNone':
				return { verb: 'enthält', rest: neither(test.values.map(say.value)) };
			case 'doesNotIncludeAll': {
				const together = test.values.length === 1 ? 'nicht ' : 'nicht zugleich ';
				return { verb: 'enthält', rest: [together, ...both(test.values.map(say.value))] };
			}
			case 'isExactly':
				return attributive('ist', ['genau ', ...both(test.values.map(say.value))]);
			case 'isNotExactly':
				return { verb: 'ist', rest: ['nicht genau ', ...both(test.values.map(say.value))] };
			default:
				return unreachable(test);
		}
	}
};
