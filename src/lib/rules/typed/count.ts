import { countLabels, type CountTest } from '../operators/count';
import { alsoRead, choice, either, entry, fixed, row, words, type Form, type Part } from './form';
import { number } from './values';

/**
 * "at least 2 times", "between 2 and 5 tags". What is counted is always said: "more than 2" may go on with "days ago".
 * A number alone is read as exactly that many, "twice" as 2 times.
 */
export function countOf(one: string): Form<Part> {
	const things: Form<Part> = {
		print: ({ n }) => (n === 1 ? one : `${one}s`),
		read: (input) => words(`${one}s`, one).read(input)
	};
	const said = row(entry('n', number), things);
	const many = one === 'time' ? either(said, onceOrTwice) : said;
	return either(
		...operators.map((operator) => countTest(operator, things, many)),
		alsoRead(fixed({ operator: 'exactly' }, many))
	);
}

const onceOrTwice = alsoRead(entry('n', choice({ once: 1, twice: 2 })));

const operators = Object.keys(countLabels) as CountTest['operator'][]; // a record's keys are its own

function countTest(
	operator: CountTest['operator'],
	things: Form<Part>,
	many: Form<Part>
): Form<Part> {
	const test = fixed({ operator }, words(countLabels[operator]));
	return operator === 'between' || operator === 'notBetween'
		? row(test, entry('from', number), words('and'), entry('to', number), things)
		: row(test, many);
}
