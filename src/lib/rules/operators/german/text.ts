import { unreachable } from '$lib/result';
import { value, type Part } from '../../phrase';
import { isFieldOperand } from '../operand';
import type { TextTest } from '../text';
import type { GermanOperators } from './operators';
import { attributive } from './predicate';
import { presenceInfo, presenceWords } from './presence';
import { either, neither } from './words';

const pattern =
	'Ein Muster wie ^a.*z$ passt: . ein beliebiges Zeichen, [abc] eines davon, * + ? {2,5} Wiederholungen, | oder.';

export const text: GermanOperators<TextTest> = {
	info: {
		is: { label: 'ist', definition: 'Derselbe Text. Großschreibung zählt nicht, Akzente schon.' },
		isNot: { label: 'ist nicht', definition: 'Ein anderer Text oder gar keiner.' },
		isAnyOf: { label: 'ist eines von', ofOne: 'ist', definition: 'Einer von mehreren Texten.' },
		isNoneOf: {
			label: 'ist keines von',
			ofOne: 'ist nicht',
			definition: 'Keiner von mehreren Texten oder kein Wert.'
		},
		contains: { label: 'enthält', definition: 'Der Text steht irgendwo darin.' },
		doesNotContain: {
			label: 'enthält nicht',
			definition: 'Der Text steht nirgends darin, oder es gibt keinen Wert.'
		},
		containsAnyOf: {
			label: 'enthält eines von',
			ofOne: 'enthält',
			definition: 'Mindestens einer der Texte steht darin.'
		},
		containsNoneOf: {
			label: 'enthält keines von',
			ofOne: 'enthält nicht',
			definition: 'Keiner der Texte steht darin, oder es gibt keinen Wert.'
		},
		startsWith: { label: 'beginnt mit', definition: 'Es fängt mit dem Text an.' },
		doesNotStartWith: {
			label: 'beginnt nicht mit',
			definition: 'Es fängt anders an, oder es gibt keinen Wert.'
		},
		endsWith: { label: 'endet auf', definition: 'Es hört mit dem Text auf.' },
		doesNotEndWith: {
			label: 'endet nicht auf',
			definition: 'Es hört anders auf, oder es gibt keinen Wert.'
		},
		matches: { label: 'entspricht dem Muster', definition: pattern },
		doesNotMatch: {
			label: 'entspricht nicht dem Muster',
			definition: 'Das Muster passt nirgends, oder es gibt keinen Wert.'
		},
		domainIs: { label: 'hat die Domain', definition: 'Der Teil nach dem letzten @ ist genau das.' },
		domainIsNot: {
			label: 'hat nicht die Domain',
			definition: 'Eine andere Domain oder keine Adresse.'
		},
		domainIsAnyOf: {
			label: 'hat eine der Domains',
			ofOne: 'hat die Domain',
			definition: 'Eine von mehreren Domains.'
		},
		domainIsNoneOf: {
			label: 'hat keine der Domains',
			ofOne: 'hat nicht die Domain',
			definition: 'Keine von mehreren Domains oder keine Adresse.'
		},
		...presenceInfo
	},

	explain(test, say) {
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return presenceWords[test.operator];
			case 'is':
				return isFieldOperand(test.value)
					? attributive('ist', ['gleich ', value(say.field(test.value.field))])
					: attributive('ist', [value(say.value(test.value))]);
			case 'isNot':
				return isFieldOperand(test.value)
					? { verb: 'ist', rest: ['nicht gleich ', value(say.field(test.value.field))] }
					: { verb: 'ist', rest: ['nicht ', value(say.value(test.value))] };
			case 'isAnyOf':
				return attributive('ist', either(test.values.map(say.value)));
			case 'isNoneOf':
				return { verb: 'ist', rest: neither(test.values.map(say.value)) };
			case 'contains':
				return { verb: 'enthält', rest: [quoted(test.value)] };
			case 'doesNotContain':
				return { verb: 'enthält', rest: ['nicht ', quoted(test.value)] };
			case 'containsAnyOf':
				return { verb: 'enthält', rest: either(test.values.map(inQuotes)) };
			case 'containsNoneOf':
				return { verb: 'enthält', rest: neither(test.values.map(inQuotes)) };
			case 'startsWith':
				return { verb: 'beginnt', rest: ['mit ', quoted(test.value)] };
			case 'doesNotStartWith':
				return { verb: 'beginnt', rest: ['nicht mit ', quoted(test.value)] };
			case 'endsWith':
				return { verb: 'endet', rest: ['auf ', quoted(test.value)] };
			case 'doesNotEndWith':
				return { verb: 'endet', rest: ['nicht auf ', quoted(test.value)] };
			case 'matches':
				return { verb: 'entspricht', rest: ['dem Muster ', value(test.pattern)] };
			case 'doesNotMatch':
				return { verb: 'entspricht', rest: ['nicht dem Muster ', value(test.pattern)] };
			case 'domainIs':
				return { verb: 'hat', rest: ['die Domain ', value(test.value)] };
			case 'domainIsNot':
				return { verb: 'hat', rest: ['nicht die Domain ', value(test.value)] };
			case 'domainIsAnyOf':
				return { verb: 'hat', rest: ['die Domain ', ...either(test.values)] };
			case 'domainIsNoneOf':
				return {
					verb: 'hat',
					rest: [
						test.values.length === 1 ? 'nicht die Domain ' : 'keine der Domains ',
						...either(test.values)
					]
				};
			default:
				return unreachable(test);
		}
	}
};

const inQuotes = (text: string): string => `„${text}“`;
const quoted = (text: string): Part => value(inQuotes(text));
