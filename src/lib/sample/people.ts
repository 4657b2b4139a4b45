import type { Contact } from '$lib/contacts/contact';
import type { FieldValue } from '$lib/fields/value';
import { countries, type Country } from './countries';
import { sampleFields, type SampleList, type SampleTag } from './definitions';
import type { Random } from './random';

export const day = 24 * 60 * 60_000;

/** Somebody made up, and what their events are made from. Instants are epoch milliseconds. */
export interface SamplePerson {
	readonly cno: number;
	readonly country: Country;
	readonly values: Record<string, FieldValue>;
	readonly createdAt: number;
	/** While they got email: from when until when. */
	readonly subscribed: { readonly from: number; readonly until: number | undefined } | undefined;
	/** From 0 to 1: how readily they open email. */
	readonly interest: number;
	/** How many orders they are good for in a year; most people: none. */
	readonly orders: number;
	readonly tags: { readonly tag: SampleTag; readonly at: number }[];
	readonly lists: { readonly list: SampleList; readonly at: number }[];
}

/** People of a stationery shop, oldest first, the last of them of today. */
export function samplePeople(count: number, now: number, random: Random): SamplePerson[] {
	const taken = new Set<string>();
	const ages = Array.from({ length: count }, () => age(random)).sort((a, b) => b - a);
	return ages.map((age, cno) => person(cno, now - age, now, random, taken));
}

/** Milliseconds since somebody came: up to three years, and more of late. */
const age = (random: Random): number => Math.floor(random.next() ** 1.3 * 3 * 365 * day);

function person(
	cno: number,
	createdAt: number,
	now: number,
	random: Random,
	taken: Set<string>
): SamplePerson {
	const country = random.weighted(countries);
	const isWoman = random.chance(0.55);
	const firstName = random.pick(isWoman ? country.women : country.men);
	const [his, hers = his!] = random.pick(country.lastNames).split('/');
	const lastName = isWoman ? hers : his!;
	const [city, region, postcode] = random.pick(country.cities);
	const values: Record<string, FieldValue> = {
		first_name: firstName,
		last_name: lastName,
		country: country.code,
		language: random.pick(country.languages),
		time_zone: country.zone,
		created_at: iso(createdAt),
		updated_at: iso(createdAt + Math.floor(random.next() * (now - createdAt)))
	};
	if (random.chance(0.97)) values.email = address(firstName, lastName, random, taken);
	if (random.chance(0.4) || !values.email) values.phone = digits(country.phone, random);
	if (random.chance(0.86)) {
		values.city = city;
		values.region = region;
		values.postcode = digits(postcode, random);
	}
	const orders = random.chance(0.42) ? random.around(2.2, 2.3) : 0;
	const subscribed = values.email ? consent(values, createdAt, now, random) : undefined;
	const isTrade = random.chance(0.04);
	if (isTrade || random.chance(0.06))
		values.company = `${lastName} ${random.pick(['Papier', 'Studio', '& Co', 'Print', 'Design'])}`;
	own(values, orders, random);

	const since = (from: number) => Math.floor(from + random.next() * (now - from));
	const tags: { tag: SampleTag; at: number }[] = [];
	if (orders > 6 && random.chance(0.9)) tags.push({ tag: 'vip', at: since(createdAt) });
	if (isTrade) tags.push({ tag: 'wholesale', at: since(createdAt) });
	if (random.chance(0.05)) tags.push({ tag: 'beta', at: since(createdAt) });
	if (random.chance(0.012)) tags.push({ tag: 'press', at: since(createdAt) });
	if (orders > 3 && random.chance(0.15)) tags.push({ tag: 'ambassador', at: since(createdAt) });

	const lists: { list: SampleList; at: number }[] = [];
	if (subscribed && !subscribed.until) lists.push({ list: 'newsletter', at: subscribed.from });
	if (random.chance(0.08)) lists.push({ list: 'workshops', at: since(createdAt) });
	if (random.chance(0.07)) lists.push({ list: 'fair', at: since(createdAt) });

	// Whoever buys also reads.
	const interest = Math.min(1, random.next() ** 1.5 + (orders > 1 ? 0.3 : 0));
	return { cno, country, values, createdAt, subscribed, interest, orders, tags, lists };
}

/** Six in ten are subscribed now, one in eight no longer; a quarter never said anything or has not confirmed. */
function consent(
	values: Record<string, FieldValue>,
	createdAt: number,
	now: number,
	random: Random
): SamplePerson['subscribed'] {
	const state = random.weighted([
		{ weight: 62, is: 'subscribed' },
		{ weight: 12, is: 'unsubscribed' },
		{ weight: 7, is: 'pending' },
		{ weight: 19, is: undefined }
	]);
	if (!state.is) return;
	const known = now - createdAt;
	const from = Math.floor(createdAt + random.next() ** 3 * Math.min(30 * day, known));
	const isOver = state.is === 'unsubscribed' && known > 20 * day;
	const until = isOver ? Math.floor(from + random.next() * (now - from)) : undefined;
	values.email_consent = state.is === 'unsubscribed' && !isOver ? 'subscribed' : state.is;
	values.email_consent_at = iso(until ?? from);
	values.email_consent_source = until
		? 'Link in an email'
		: random.pick(['Checkout', 'Checkout', 'Newsletter form', 'Workshop', 'Paper fair']);
	if (values.phone && random.chance(0.3)) {
		values.sms_consent = 'subscribed';
		values.sms_consent_at = iso(from);
		values.sms_consent_source = 'Checkout';
	}
	return state.is === 'pending' ? undefined : { from, until };
}

/** The fields that only this shop has. */
function own(values: Record<string, FieldValue>, orders: number, random: Random): void {
	const [plan, , , topics] = sampleFields;
	if (random.chance(0.95))
		values.plan = random.weighted([
			{ weight: 60, id: plan.options[0]!.id },
			{ weight: orders > 2 ? 60 : 20, id: plan.options[1]!.id },
			{ weight: orders > 5 ? 30 : 4, id: plan.options[2]!.id }
		]).id;
	if (random.chance(0.68)) {
		const year = random.whole(1948, 2006);
		const days = Math.floor(random.next() * 365);
		values.birthday = iso(Date.UTC(year, 0, 1) + days * day).slice(0, 10);
	}
	if (orders > 0) values.points = Math.round(orders * random.around(90, 1.4));
	else if (random.chance(0.3)) values.points = 0;
	const chosen = topics.options.filter(() => random.chance(0.35)).map(({ id }) => id);
	if (chosen.length > 0) values.topics = chosen;
}

const hosts = ['mail.example', 'post.example', 'brief.example', 'inbox.example'] as const;

/** An address that no mail can ever reach, of nobody else. */
function address(first: string, last: string, random: Random, taken: Set<string>): string {
	const name = `${ascii(first)}.${ascii(last)}`;
	for (let n = 1; ; n++) {
		const made = `${name}${n === 1 ? '' : n}@${random.pick(hosts)}`;
		if (taken.has(made)) continue;
		taken.add(made);
		// Some people write it in their own way.
		return random.chance(0.03) ? `${made[0]!.toUpperCase()}${made.slice(1)}` : made;
	}
}

const letters: Readonly<Record<string, string>> = {
	ä: 'ae',
	ö: 'oe',
	ü: 'ue',
	ß: 'ss',
	ł: 'l',
	ı: 'i'
};

const ascii = (name: string): string =>
	name
		.toLowerCase()
		.replace(/[äöüßłı]/g, (letter) => letters[letter]!)
		.normalize('NFD')
		.replace(/[^a-z]/g, '');

const digits = (pattern: string, random: Random): string =>
	pattern.replaceAll('#', () => String(random.whole(0, 9)));

export const iso = (at: number): string => new Date(at).toISOString();

/** As the database takes them. */
export const contactOfPerson = ({ cno, values }: SamplePerson): Contact => ({
	cno,
	uid: `sample-${cno}`,
	externalId: undefined,
	values,
	archivedAt: undefined
});
