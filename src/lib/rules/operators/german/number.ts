import { unreachable } from '$lib/result';
import { value } from '../../phrase';
import type { NumberTest } from '../number';
import { isFieldOperand } from '../operand';
import type { GermanOperators } from './operators';
import { attributive, type Predicate } from './predicate';
import { presenceInfo, presenceWords } from './presence';
import { either, neither } from './words';

export const number: GermanOperators<NumberTest> = {
	info: {
		equals: { label: '=', definition: 'Genau diese Zahl.' },
		doesNotEqual: { label: '≠', definition: 'Jede andere Zahl oder kein Wert.' },
		moreThan: { label: '>', definition: 'Über dieser Zahl.' },
		atLeast: { label: '≥', definition: 'Diese Zahl oder darüber.' },
		lessThan: { label: '<', definition: 'Unter dieser Zahl. Kein Wert ist nicht darunter.' },
		atMost: {
			label: '≤',
			definition: 'Diese Zahl oder darunter. Kein Wert ist nicht darunter.'
		},
		between: {
			label: 'zwischen',
			definition: 'Von einer Zahl bis zu einer anderen, beide eingeschlossen.'
		},
		notBetween: { label: 'nicht zwischen', definition: 'Außerhalb beider Zahlen oder kein Wert.' },
		isAnyOf: { label: 'ist eine von', ofOne: 'ist', definition: 'Eine von mehreren Zahlen.' },
		isNoneOf: {
			label: 'ist keine von',
			ofOne: 'ist nicht',
			definition: 'Keine von mehreren Zahlen oder kein Wert.'
		},
		...presenceInfo
	},

	explain(test, say) {
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return presenceWords[test.operator];
			case 'between':
			case 'notBetween': {
				const range = [value(say.value(test.from)), ' und ', value(say.value(test.to))];
				return test.operator === 'between'
					? attributive('liegt', ['zwischen ', ...range])
					: { verb: 'liegt', rest: ['nicht zwischen ', ...range] };
			}
			case 'isAnyOf':
				return attributive('beträgt', either(test.values.map(say.value)));
			case 'isNoneOf':
				return { verb: 'beträgt', rest: neither(test.values.map(say.value)) };
			case 'equals':
			case 'doesNotEqual':
			case 'moreThan':
			case 'atLeast':
			case 'lessThan':
			case 'atMost':
				return isFieldOperand(test.value)
					? compared(test.operator, say.field(test.value.field))
					: measured(test.operator, say.value(test.value));
			default:
				return unreachable(test);
		}
	}
};

type Single = Extract<NumberTest, { value: unknown }>['operator'];

/** With a number. */
function measured(operator: Single, amount: string): Predicate {
	const said = value(amount);
	switch (operator) {
		case 'equals':
			return attributive('beträgt', [said]);
		case 'doesNotEqual':
			return { verb: 'beträgt', rest: ['nicht ', said] };
		case 'moreThan':
			return attributive('liegt', ['über ', said]);
		case 'lessThan':
			return attributive('liegt', ['unter ', said]);
		case 'atLeast':
			return { verb: 'beträgt', rest: ['mindestens ', said], attribute: ['ab ', said] };
		case 'atMost':
			return { verb: 'beträgt', rest: ['höchstens ', said], attribute: ['bis ', said] };
		default:
			return unreachable(operator);
	}
}

/** With another field. */
function compared(operator: Single, field: string): Predicate {
	const said = value(field);
	switch (operator) {
		case 'equals':
			return attributive('ist', ['gleich ', said]);
		case 'doesNotEqual':
			return { verb: 'ist', rest: ['ungleich ', said] };
		case 'moreThan':
			return attributive('liegt', ['über ', said]);
		case 'lessThan':
			return attributive('liegt', ['unter ', said]);
		case 'atLeast':
			return { verb: 'ist', rest: ['mindestens so hoch wie ', said] };
		case 'atMost':
			return { verb: 'ist', rest: ['höchstens so hoch wie ', said] };
		default:
			return unreachable(operator);
	}
}
