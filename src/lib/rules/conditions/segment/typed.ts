import { either, entry, fixed, named, row, words } from '../../typed/form';

/** "in segment Lapsed", "not in segment Lapsed" */
export const typedSegment = fixed(
	{ kind: 'segment' },
	row(
		either(
			fixed({ in: true }, words('in segment', 'is in segment')),
			fixed({ in: false }, words('not in segment', 'is not in segment'))
		),
		entry(
			'segment',
			named(({ segments }) => segments)
		)
	)
);
