import { countLabels, type CountTest } from '../operators/count';
import { either, entry, fixed, row, words, type Form, type Part } from './form';
import { number } from './values';

/** "at least 2 times", "between 2 and 5 tags". What is counted is always said: "more than 2" may go on with "days ago". */
export function countOf(one: string): Form<Part> {
	const things: Form<Part> = {
		print: ({ n }) => (n === 1 ? one : `${one}s`),
		read: (input) => words(`${one}s`, one).read(input)
	};
	return either(...operators.map((operator) => countTest(operator, things)));
}

const operators = Object.keys(countLabels) as CountTest['operator'][]; // a record's keys are its own

function countTest(operator: CountTest['operator'], things: Form<Part>): Form<Part> {
	const test = fixed({ operator }, words(countLabels[operator]));
	return operator === 'between' || operator === 'notBetween'
		? row(test, entry('from', number), words('and'), entry('to', number), things)
		: row(test, entry('n', number), things);
}
