import { window } from '../../typed/events';
import { choice, either, entry, fixed, row, silent, words } from '../../typed/form';
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
