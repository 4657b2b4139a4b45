import { choice, either, entry, fixed, list, row, words } from '../../typed/form';
import { reasonNames } from './suppressed';

const reason = choice(
	Object.fromEntries(Object.entries(reasonNames).map(([reason, name]) => [name, reason]))
);

/** "suppressed for a hard bounce, a complaint" */
export const typedSuppressed = fixed(
	{ kind: 'suppressed' },
	row(
		either(
			fixed({ is: true }, words('suppressed for', 'is suppressed for')),
			fixed({ is: false }, words('not suppressed for', 'is not suppressed for'))
		),
		entry('reasons', list(reason))
	)
);
