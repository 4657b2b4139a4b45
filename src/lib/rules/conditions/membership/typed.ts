import { window } from '../../typed/events';
import { either, entry, fixed, named, row, words } from '../../typed/form';

const moved = (did: boolean, move: string, ...ways: [string, ...string[]]) =>
	fixed({ did, move }, words(...ways));

/** "entered segment Lapsed in the last 7 days" */
export const typedMembership = fixed(
	{ kind: 'membership' },
	row(
		either(
			moved(true, 'entered', 'entered segment'),
			moved(false, 'entered', 'not entered segment', 'did not enter segment'),
			moved(true, 'left', 'left segment'),
			moved(false, 'left', 'not left segment', 'did not leave segment')
		),
		entry(
			'segment',
			named(({ segments }) => segments)
		),
		window
	)
);
