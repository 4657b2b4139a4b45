import { sayNumber } from '../../operators/german/words';
import { value } from '../../phrase';
import type { InGerman } from '../german-kind';
import type { SampleCondition } from './sample';

/** "ist in der festen Stichprobe 0 % bis 10 % von „sample“" */
export const sample: InGerman<SampleCondition> = ({ in: inside, seed, from, to }) => [
	inside ? 'ist in der festen Stichprobe ' : 'ist nicht in der festen Stichprobe ',
	value(`${sayNumber(from)} % bis ${sayNumber(to)} %`),
	' von ',
	value(`„${seed}“`)
];
