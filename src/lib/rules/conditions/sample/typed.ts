import { either, entry, fixed, row, words } from '../../typed/form';
import { number, text } from '../../typed/values';

/** "sample 0 % to 10 % of hold-out" */
export const typedSample = fixed(
	{ kind: 'sample' },
	row(
		either(
			fixed({ in: true }, words('sample', 'in sample')),
			fixed({ in: false }, words('not sample', 'not in sample'))
		),
		...[entry('from', number), words('% to', 'to'), entry('to', number), words('% of', 'of')],
		entry('seed', text)
	)
);
