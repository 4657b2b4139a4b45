import { filters, types, where, window } from '../../typed/events';
import { fixed, row, words } from '../../typed/form';

const chosen = (kind: 'first' | 'last') =>
	fixed({ kind }, row(words(kind), types, window, filters('has', 'with'), where));

/** "first Placed order in the last 30 days with Total > 50" */
export const typedFirst = chosen('first');
export const typedLast = chosen('last');
