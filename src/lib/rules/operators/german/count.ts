import { value, type Part } from '../../phrase';
import type { CountTest } from '../count';
import { sayNumber } from './words';

export const countLabels: Record<CountTest['operator'], string> = {
	atLeast: 'mindestens',
	atMost: 'höchstens',
	exactly: 'genau',
	notExactly: 'nicht genau',
	moreThan: 'mehr als',
	fewerThan: 'weniger als',
	between: 'zwischen',
	notBetween: 'nicht zwischen'
};

/** "mindestens 2-mal", "zwischen 2- und 5-mal" */
export function sayTimes(test: CountTest): Part {
	const label = countLabels[test.operator];
	return 'n' in test
		? value(`${label} ${sayNumber(test.n)}-mal`)
		: value(`${label} ${sayNumber(test.from)}- und ${sayNumber(test.to)}-mal`);
}

/** "mindestens 2 Tags", "zwischen 0 und 1 Tag" */
export function sayCount(test: CountTest, one: string, many: string): Part {
	const label = countLabels[test.operator];
	const things = (n: number) => `${sayNumber(n)} ${n === 1 ? one : many}`;
	return 'n' in test
		? value(`${label} ${things(test.n)}`)
		: value(`${label} ${sayNumber(test.from)} und ${things(test.to)}`);
}
