import type { Example } from '../example';
import type { SampleCondition } from './sample';

const share = (from: number, to: number): SampleCondition => ({
	kind: 'sample',
	in: true,
	seed: 'sample',
	from,
	to
});

/**
 * The buckets, worked out by another program: ada 7126, bo 5764, cy 65, dee 5184, eve 3575; by the other seed ada 7879,
 * bo 4313, cy 3761, dee 1996, eve 6823.
 */
export const examples: Example<SampleCondition>[] = [
	{
		condition: share(0, 100),
		explains: 'is in the stable sample 0 % to 100 % of “sample”',
		german: 'ist in der festen Stichprobe 0 % bis 100 % von „sample“',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	},
	{
		condition: { ...share(0, 100), in: false },
		explains: 'is not in the stable sample 0 % to 100 % of “sample”',
		german: 'ist nicht in der festen Stichprobe 0 % bis 100 % von „sample“',
		members: []
	},
	{
		condition: share(0, 10),
		explains: 'is in the stable sample 0 % to 10 % of “sample”',
		german: 'ist in der festen Stichprobe 0 % bis 10 % von „sample“',
		members: ['cy']
	},
	{
		condition: { ...share(0, 10), in: false },
		explains: 'is not in the stable sample 0 % to 10 % of “sample”',
		german: 'ist nicht in der festen Stichprobe 0 % bis 10 % von „sample“',
		members: ['ada', 'bo', 'dee', 'eve']
	},
	{
		// The first is in, the last is not.
		condition: share(35.75, 57.64),
		explains: 'is in the stable sample 35.75 % to 57.64 % of “sample”',
		german: 'ist in der festen Stichprobe 35,75 % bis 57,64 % von „sample“',
		members: ['dee', 'eve']
	},
	{
		condition: share(57.64, 71.27),
		explains: 'is in the stable sample 57.64 % to 71.27 % of “sample”',
		german: 'ist in der festen Stichprobe 57,64 % bis 71,27 % von „sample“',
		members: ['ada', 'bo']
	},
	{
		condition: { ...share(19.96, 37.61), seed: 'é”x' },
		explains: 'is in the stable sample 19.96 % to 37.61 % of “é”x”',
		german: 'ist in der festen Stichprobe 19,96 % bis 37,61 % von „é”x“',
		members: ['dee']
	}
];
