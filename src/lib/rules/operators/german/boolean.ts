import type { BooleanTest } from '../boolean';
import type { GermanOperators } from './operators';
import type { Predicate } from './predicate';
import { presenceInfo, presenceWords } from './presence';

const predicates: Record<BooleanTest['operator'], Predicate> = {
	isTrue: { verb: 'ist', rest: ['wahr'] },
	isFalse: { verb: 'ist', rest: ['falsch'] },
	isNotTrue: { verb: 'ist', rest: ['nicht wahr'] },
	isNotFalse: { verb: 'ist', rest: ['nicht falsch'] },
	...presenceWords
};

export const boolean: GermanOperators<BooleanTest> = {
	info: {
		isTrue: { label: 'ist wahr', definition: 'Auf wahr gesetzt.' },
		isFalse: {
			label: 'ist falsch',
			definition: 'Auf falsch gesetzt. Nicht gesetzt ist nicht falsch.'
		},
		isNotTrue: { label: 'ist nicht wahr', definition: 'Falsch oder nicht gesetzt.' },
		isNotFalse: { label: 'ist nicht falsch', definition: 'Wahr oder nicht gesetzt.' },
		...presenceInfo
	},
	explain: ({ operator }) => predicates[operator]
};
