import { unreachable } from '$lib/result';
import { monthName, periods } from '../../operators/german/time';
import { either, nearest } from '../../operators/german/words';
import { name, value, type Phrase } from '../../phrase';
import { deletedField } from '../field/german-words';
import type { InGerman } from '../german-kind';
import type { AnniversaryCondition, AnniversaryTest } from './anniversary';

/** "Geburtstag jährt sich in den nächsten 7 Tagen" */
export const anniversary: InGerman<AnniversaryCondition> = ({ field, test }, { fields }) => [
	name(fields.get(field)?.name ?? deletedField),
	test.operator === 'inLast' ? ' jährte sich ' : ' jährt sich ',
	...sayTest(test)
];

function sayTest(test: AnniversaryTest): Phrase {
	switch (test.operator) {
		case 'today':
			return ['heute'];
		case 'inNext':
			return nearest('nächsten', test.days, 'day');
		case 'inLast':
			return nearest('letzten', test.days, 'day');
		case 'inPeriod':
			return [value(periods[test.period])];
		case 'monthIs':
			return ['im ', ...either(test.months.map(monthName))];
		case 'onDay':
			return ['am ', value(`${Number(test.day.slice(-2))}. ${monthOf(test.day)}`)];
		default:
			return unreachable(test);
	}
}

/** "Februar" of `--02-29`. */
const monthOf = (day: string): string => monthName(Number(day.slice(2, 4)));
