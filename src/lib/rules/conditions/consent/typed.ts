import { window } from '../../typed/events';
import { alsoRead, choice, either, entry, fixed, row, silent, words } from '../../typed/form';
import type { Form, Part } from '../../typed/form';
import { endsHere } from '../../typed/input';
import { consentStates, type ConsentCondition } from './consent';

const states = Object.keys(consentStates) as ConsentCondition['state'][]; // a record's keys are its own

const state = either(
	...states.map((state) =>
		fixed({ state }, words(consentStates[state], `is ${consentStates[state]}`))
	)
);

/** "subscribed to email", "not unsubscribed from SMS in the last 30 days" */
export const typedConsent = fixed(
	{ kind: 'consent' },
	row(
		either(fixed({ is: false }, words('not')), fixed({ is: true }, silent)),
		state,
		entry('channel', choice({ email: 'email', SMS: 'sms' })),
		window
	)
);

/** What is said of email alone, without naming it. */
const ofEmail = either(
	...(['subscribed', 'unsubscribed'] as const).map((state) => fixed({ state }, words(state)))
);

/** Nothing after it, and no field called so, of which it might be said that it is true. */
const nothingElse = ({ state }: Part): Form<Part> => ({
	print: () => '',
	read(input) {
		if (!endsHere(input)) return;
		const field = input.names.fields.called(String(state));
		return field
			? input.refuse(`“${String(state)} to email”, or more about the field “${field.name}”`, [])
			: {};
	}
});

/** "subscribed", "not subscribed": to email. Tried where nothing else fits, since a field may be called so. */
export const typedEmailConsent = alsoRead(
	fixed(
		{ kind: 'consent', channel: 'email' },
		row(
			either(
				fixed({ is: false }, words('not', 'is not')),
				fixed({ is: true }, words('is')),
				fixed({ is: true }, silent)
			),
			...[ofEmail, window, nothingElse]
		)
	)
);
