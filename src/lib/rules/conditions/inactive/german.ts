import { sayDone, sayThen, sayWhere } from '../event/german-words';
import type { InGerman } from '../german-kind';
import type { InactiveCondition } from './inactive';

/** "hat früher bestellt, aber in den letzten 7 Tagen nicht mehr" */
export const inactive: InGerman<InactiveCondition> = ({ types, window, where }, definitions) => [
	'hat früher ',
	...sayDone(types, definitions),
	', aber ',
	...sayThen(window),
	'nicht mehr',
	...sayWhere(where, types, definitions)
];
