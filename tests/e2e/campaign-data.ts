/** People of a shop, and who of them a campaign should go to: worked out here, by code that shares nothing with the app. */

interface Somebody {
	readonly email: string;
	readonly first: string;
	readonly country: string;
	readonly tags: readonly string[];
	readonly consent: string;
}

const countries = ['CH', 'DE', 'AT', 'FR'];
const consents = ['subscribed', 'subscribed', 'subscribed', 'unsubscribed', ''];

export const people: readonly Somebody[] = Array.from({ length: 90 }, (_, i) => ({
	email: `${i % 29 === 5 ? 'refused' : 'person'}-${i}@shop.example`,
	first: i % 6 === 0 ? '' : ['Ada', '<b>Bo</b>', 'Chloé', 'Dan'][i % 4]!,
	country: countries[i % 4]!,
	tags: [
		...(i % 3 === 1 ? ['vip'] : []),
		...(i % 7 === 0 ? ['staff'] : []),
		...(i % 5 === 0 ? ['beta'] : [])
	],
	consent: consents[i % 5]!
}));

/** Suppressed by hand. */
export const suppressed = ['person-2@shop.example', 'person-10@shop.example'];

const has = (tag: string) => (somebody: Somebody) => somebody.tags.includes(tag);
const isSwiss = ({ country }: Somebody) => country === 'CH';

/** In a segment that it goes to: tagged vip, in Switzerland, or, built on the spot, tagged beta. */
const included = people.filter((one) => has('vip')(one) || isSwiss(one) || has('beta')(one));
const withoutStaff = included.filter((one) => !has('staff')(one));
const subscribed = withoutStaff.filter(({ consent }) => consent === 'subscribed');
/** Who gets it, before anybody is held out. */
export const reached = subscribed.filter(({ email }) => !suppressed.includes(email));

export const steps = {
	included: included.length,
	excluded: included.length - withoutStaff.length,
	notSubscribed: withoutStaff.length - subscribed.length,
	suppressed: subscribed.length - reached.length,
	reach: reached.length
};

/** What it goes to, by the name it has there. */
export const segments: Readonly<Record<string, (somebody: Somebody) => boolean>> = {
	Vips: has('vip'),
	Swiss: isSwiss,
	'Audience of Autumn offer': has('beta')
};

/** What somebody sees in the block that differs. */
export const variantOf = (somebody: Somebody): 'vip' | 'swiss' | 'nothing' =>
	has('vip')(somebody) ? 'vip' : isSwiss(somebody) ? 'swiss' : 'nothing';

export const opens = ({ email }: Somebody): boolean => Number(/\d+/.exec(email)) % 4 < 3;

/** What a tool knows of who opened it, as a file of events. */
export const opensFile = (by: readonly Somebody[], campaign: string) => ({
	name: 'opens.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from(
		[
			'Email,Event,Timestamp,Campaign',
			...by.map(({ email }) => [email, 'Opened email', '2026-01-31T12:00:00Z', campaign].join())
		].join('\r\n')
	)
});

export const file = {
	name: 'people.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from(
		[
			'Email,First name,Country,Tags,Email consent',
			...people.map(({ email, first, country, tags, consent }) =>
				[email, first, country, tags.join(';'), consent].join()
			)
		].join('\r\n')
	)
};
