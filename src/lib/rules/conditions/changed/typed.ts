import { units } from '../../operators/time';
import { ofField } from '../../typed/comparison';
import { window } from '../../typed/events';
import { brackets, either, entry, fixed, maybe, row, words } from '../../typed/form';
import type { Form, Part } from '../../typed/form';
import { span } from '../../typed/values';

/** What holds for the field, or held: "changed from (is DE) to (is AT)", "was ever is CH". */
function history(value: Form<Part>): Form<Part> {
	const compared = brackets(value);
	const from = maybe(row(words('from'), entry('from', compared)));
	const to = maybe(row(words('to'), entry('to', compared)));
	return either(
		fixed(
			{ what: 'changed' },
			row(
				either(
					fixed({ did: true }, words('changed')),
					fixed({ did: false }, words('did not change', 'not changed'))
				),
				...[from, to, window]
			)
		),
		fixed(
			{ what: 'was' },
			row(
				either(fixed({ did: true }, words('was ever')), fixed({ did: false }, words('was never'))),
				entry('value', compared)
			)
		),
		fixed(
			{ what: 'hasBeen' },
			row(
				either(
					fixed({ did: true }, words('has been for at least', 'has been for')),
					fixed({ did: false }, words('has not been for'))
				),
				...[span(units), entry('value', compared)]
			)
		)
	);
}

/** "Plan changed to (is Gold) in the last 7 days", "Plan has been for at least 30 days (is Gold)" */
export const typedChanged = fixed({ kind: 'changed' }, ofField(history));
