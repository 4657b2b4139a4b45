import { types, where, window } from '../../typed/events';
import { fixed, row, words } from '../../typed/form';

/** "stopped Opened email in the last 90 days" */
export const typedInactive = fixed(
	{ kind: 'inactive' },
	row(words('stopped', 'no longer did'), types, window, where)
);
