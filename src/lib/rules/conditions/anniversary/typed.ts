import { familyOf } from '$lib/fields/field';
import { monthNames, otherPeriod, period } from '../../typed/comparison';
import { either, entry, fixed, named, row, silent, words } from '../../typed/form';
import { number, text } from '../../typed/values';

const test = either(
	fixed({ operator: 'today' }, words('today')),
	fixed(
		{ operator: 'inNext' },
		row(words('in the next'), entry('days', number), words('days', 'day'))
	),
	fixed(
		{ operator: 'inLast' },
		row(words('in the last'), entry('days', number), words('days', 'day'))
	),
	row(fixed({ operator: 'inPeriod' }, silent), entry('period', otherPeriod)),
	row(fixed({ operator: 'inPeriod' }, words('in period')), entry('period', period)),
	row(fixed({ operator: 'monthIs' }, words('in')), entry('months', monthNames)),
	row(fixed({ operator: 'onDay' }, words('on')), entry('day', text))
);

/** "anniversary of Birthday in the next 7 days" */
export const typedAnniversary = fixed(
	{ kind: 'anniversary' },
	row(
		words('anniversary of'),
		entry(
			'field',
			named(({ fields }) => fields)
		),
		({ field }, { definitions }) => {
			const subject = definitions.fields.get(String(field));
			return fixed({ of: familyOf(subject?.type ?? 'date') }, entry('test', test));
		}
	)
);
