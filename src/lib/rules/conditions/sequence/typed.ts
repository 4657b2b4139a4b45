import { filters, strictWindow, types, where } from '../../typed/events';
import { brackets, entry, fixed, list, maybe, row, words } from '../../typed/form';
import { span } from '../../typed/values';
import { gapUnits } from './sequence';

const step = row(
	types,
	maybe(row(words('within'), entry('within', span(gapUnits)))),
	maybe(row(words('without'), entry('without', brackets(row(types, where))))),
	filters('where', 'where')
);

/** "in order (Viewed page then Placed order within 2 days without (Opened email)) in the last 30 days" */
export const typedSequence = fixed(
	{ kind: 'sequence' },
	row(words('in order', 'did in order'), brackets(entry('steps', list(step, 'then'))), strictWindow)
);
