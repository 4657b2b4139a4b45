import { testOf } from '../../typed/comparison';
import { countOf } from '../../typed/count';
import { byPeople, ofLastSends, window } from '../../typed/events';
import { choice, either, entry, fixed, list, maybe, row, silent, words } from '../../typed/form';
import { text } from '../../typed/values';
import { activityNames } from './activities';

const activity = entry(
	'activity',
	choice(Object.fromEntries(activityNames.map((name) => [name, name])))
);

const emails = entry(
	'emails',
	either(
		fixed(
			{ which: 'campaigns' },
			row(words('of campaign', 'of campaigns'), entry('campaigns', list(text)))
		),
		fixed({ which: 'lastSends' }, ofLastSends('n')),
		fixed({ which: 'any' }, silent)
	)
);

const link = maybe(row(words('with link'), entry('link', testOf('text', { type: 'text' }))));

/** "email opened of campaign Spring at least 2 times in the last 30 days by people" */
export const typedMessage = fixed(
	{ kind: 'message' },
	either(
		row(fixed({ did: false }, words('email not')), ...[activity, emails, window, byPeople, link]),
		row(
			fixed({ did: true }, words('email')),
			...[activity, emails, maybe(entry('count', countOf('time'))), window, byPeople, link]
		)
	)
);
