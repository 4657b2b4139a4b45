import type { Choice } from '$lib/rules/conditions/kind';

const optedIn = [
	'accepts marketing',
	'marketing',
	'opt-in',
	'opted in',
	'newsletter',
	'permission'
];
const optedOut = ['opt-out', 'opted out', 'do not email', 'does not accept marketing'];

/** What other tools, and people, call the fields every contact has. */
const ofFields: Readonly<Record<string, readonly string[]>> = {
	email: ['mail', 'address'],
	first_name: ['given name', 'forename'],
	last_name: ['surname', 'family name'],
	phone: ['mobile', 'telephone', 'cell'],
	company: ['organisation', 'organization', 'employer', 'account'],
	country: ['nation'],
	region: ['state', 'province', 'canton', 'county'],
	city: ['town', 'place'],
	postcode: ['zip code', 'postal code'],
	language: ['locale'],
	email_consent: [...optedIn, 'accepts email marketing', 'subscribed', 'subscription'],
	sms_consent: ['accepts sms marketing', 'text messages'],
	email_consent_at: ['opt-in date', 'opted in at', 'subscribed at'],
	created_at: ['signed up', 'sign-up date', 'joined', 'registered', 'added', 'customer since']
};

/** Other words for a choice of the picker, beside those its kind names. */
export function synonymsOf({ condition }: Pick<Choice, 'condition'>): readonly string[] {
	const { kind, field, channel, state } = condition;
	if (kind === 'field' && typeof field === 'string') return ofFields[field] ?? [];
	if (kind !== 'consent') return [];
	if (channel === 'sms') return state === 'subscribed' ? (ofFields.sms_consent ?? []) : [];
	return state === 'subscribed' ? optedIn : state === 'unsubscribed' ? optedOut : [];
}
