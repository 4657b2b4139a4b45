import { countOf } from '../../typed/count';
import { ofLastSends, types, where, window } from '../../typed/events';
import { either, entry, fixed, maybe, row, words } from '../../typed/form';

const lastSends = maybe(ofLastSends('lastSends'));

/** "did Placed order at least 2 times in the last 90 days where Total > 50" */
export const typedEvent = fixed(
	{ kind: 'event' },
	either(
		row(
			fixed({ did: true }, words('did', 'has done')),
			...[types, lastSends, maybe(entry('count', countOf('time'))), window, where]
		),
		row(
			fixed({ did: false }, words('did not', 'has not done', 'never did')),
			...[types, lastSends, window, where]
		)
	)
);
