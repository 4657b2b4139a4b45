import { types, where } from '../../typed/events';
import { entry, fixed, row, words } from '../../typed/form';
import { number, span } from '../../typed/values';
import { periodUnits } from './regularly';

/** "regularly Placed order at least 1 times in 3 of the last 4 periods of 1 month" */
export const typedRegularly = fixed(
	{ kind: 'regularly' },
	row(
		words('regularly'),
		types,
		...[words('at least'), entry('times', number), words('times', 'time')],
		...[words('in'), entry('active', number), words('of the last'), entry('of', number)],
		...[words('periods of', 'period of'), entry('period', span(periodUnits))],
		where
	)
);
