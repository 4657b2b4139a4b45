import { countOf } from '../../typed/count';
import { types, where, window } from '../../typed/events';
import { either, entry, fixed, maybe, row, words } from '../../typed/form';
import { number } from '../../typed/values';

const lastSends = maybe(
	row(words('of the last'), entry('lastSends', number), words('emails sent', 'email sent'))
);

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
