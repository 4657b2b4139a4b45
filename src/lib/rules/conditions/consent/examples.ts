import type { Example } from '../example';
import type { ConsentCondition } from './consent';

const email = (state: ConsentCondition['state']) =>
	({ kind: 'consent', channel: 'email', is: true, state }) as const;

export const examples: Example<ConsentCondition>[] = [
	{
		condition: email('subscribed'),
		explains: 'is subscribed to email',
		german: 'ist für E-Mails angemeldet',
		members: ['ada']
	},
	{
		condition: email('unsubscribed'),
		explains: 'is unsubscribed from email',
		german: 'ist von E-Mails abgemeldet',
		members: ['bo']
	},
	{
		condition: { ...email('subscribed'), is: false },
		explains: 'is not subscribed to email',
		german: 'ist nicht für E-Mails angemeldet',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		condition: email('never'),
		explains: 'was never asked about email',
		german: 'wurde nie um Einwilligung zu E-Mails gebeten',
		members: ['cy', 'dee', 'eve']
	},
	{
		condition: { ...email('never'), channel: 'sms', is: false },
		explains: 'was not never asked about SMS',
		german: 'wurde schon einmal um Einwilligung zu SMS gebeten',
		members: ['ada', 'bo', 'cy']
	},
	{
		condition: { ...email('pending'), channel: 'sms' },
		explains: 'is pending for SMS',
		german: 'hat eine ausstehende Anmeldung für SMS',
		members: ['ada']
	},
	{
		// Ada's is of the window's first instant.
		condition: { ...email('subscribed'), window: { operator: 'inLast', n: 7, unit: 'day' } },
		explains: 'is subscribed to email, dated in the last 7 days',
		german: 'ist für E-Mails angemeldet, mit Datum in den letzten 7 Tagen',
		members: ['ada']
	},
	{
		condition: {
			...email('subscribed'),
			is: false,
			window: { operator: 'inLast', n: 7, unit: 'day' }
		},
		explains: 'is not subscribed to email, dated in the last 7 days',
		german: 'ist nicht für E-Mails angemeldet, mit Datum in den letzten 7 Tagen',
		members: ['bo', 'cy', 'dee', 'eve']
	},
	{
		// A millisecond before the window.
		condition: { ...email('unsubscribed'), window: { operator: 'inLast', n: 7, unit: 'day' } },
		explains: 'is unsubscribed from email, dated in the last 7 days',
		german: 'ist von E-Mails abgemeldet, mit Datum in den letzten 7 Tagen',
		members: []
	},
	{
		condition: { ...email('unsubscribed'), window: { operator: 'on', day: '2024-06-08' } },
		explains: 'is unsubscribed from email, dated on 8 Jun 2024',
		german: 'ist von E-Mails abgemeldet, mit Datum am 8. Juni 2024',
		members: ['bo']
	},
	{
		// A consent without a date is in no window.
		condition: {
			...email('subscribed'),
			channel: 'sms',
			window: { operator: 'onOrAfter', value: '1970-01-01' }
		},
		explains: 'is subscribed to SMS, dated on or after 1 Jan 1970',
		german: 'ist für SMS angemeldet, mit Datum ab dem 1. Jan. 1970',
		members: ['bo']
	},
	{
		// A date in the future is not in the last, but in the next.
		condition: {
			...email('subscribed'),
			channel: 'sms',
			window: { operator: 'inNext', n: 1, unit: 'minute' }
		},
		explains: 'is subscribed to SMS, dated in the next minute',
		german: 'ist für SMS angemeldet, mit Datum innerhalb der nächsten Minute',
		members: ['bo']
	}
];
