import { either } from '../../operators/german/words';
import type { InGerman } from '../german-kind';
import type { SuppressedCondition } from './suppressed';

/** "ist wegen eines Hard Bounce oder einer Beschwerde gesperrt" */
export const suppressed: InGerman<SuppressedCondition> = ({ is, reasons }) => [
	is ? 'ist wegen ' : 'ist nicht wegen ',
	...either(reasons.map((reason) => reasonNames[reason])),
	' gesperrt'
];

const reasonNames: Readonly<Record<SuppressedCondition['reasons'][number], string>> = {
	hardBounce: 'eines Hard Bounce',
	complaint: 'einer Beschwerde',
	unsubscribed: 'einer Abmeldung',
	manual: 'einer Entscheidung von Hand'
};
