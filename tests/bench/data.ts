import type { BuiltInEventTypeId } from '../../src/lib/events/event-type';
import { Random } from '../../src/lib/sample/random';

/*
 * People and what they did, made up, the same for the same seed. People: 16 columns; every list has 12 % of them, tags
 * are rare to common. Events: over 365 days, in order of time; some people do very much (the index of who did it is
 * count · u^1.7); received 55 %, opened 22, clicked 8, viewed 9, added to cart 4, ordered 2.
 */

export interface DataSize {
	readonly contacts: number;
	readonly events: number;
}

const day = 24 * 60 * 60_000;
const seed = 7;

const first = 'Anna Björn Chloé Dario Elin François Grażyna Håkan Inès Jürg Kateřina Łukasz'.split(
	' '
);
const last = 'Novák Müller Favre Öberg Rossi Żak Smith Lefèvre Huber Řezáč Bianchi Khan'.split(' ');
const places = [
	['DE', 'Köln', 'de'],
	['CH', 'Zürich', 'de'],
	['AT', 'Graz', 'de'],
	['FR', 'Nîmes', 'fr'],
	['IT', 'Forlì', 'it'],
	['GB', 'Leeds', 'en'],
	['CZ', 'Plzeň', 'cs'],
	['SE', 'Malmö', 'sv']
] as const;
const tags = [
	['vip', 0.03],
	['wholesale', 0.05],
	['beta', 0.1],
	['autumn', 0.25]
] as const;
const lists = Array.from({ length: 10 }, (_, i) => `List ${i + 1}`);

const pick = <T>(random: Random, items: readonly T[]): T =>
	items[random.whole(0, items.length - 1)]!;
const iso = (at: number) => new Date(Math.floor(at / 1000) * 1000).toISOString();

export interface BenchPerson {
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly phone: string;
	readonly country: string;
	readonly city: string;
	readonly postcode: string;
	readonly language: string;
	readonly consent: string;
	readonly createdAt: string;
	readonly birthday: string;
	readonly plan: string;
	readonly points: number;
	readonly tags: readonly string[];
	readonly lists: readonly string[];
}

/** `now` in epoch milliseconds. */
export function* peopleOf({ contacts }: DataSize, now: number): Generator<BenchPerson> {
	const random = new Random(seed);
	for (let i = 0; i < contacts; i++) {
		const created = now - random.next() * 1000 * day;
		const [country, city, language] = pick(random, places);
		const consent = pick(random, [
			'subscribed',
			'subscribed',
			'subscribed',
			'unsubscribed',
			'pending'
		]);
		const birthday = iso(Date.UTC(1950, 0, 1) + random.whole(0, 20_000) * day).slice(0, 10);
		yield {
			email: addressOf(i),
			firstName: pick(random, first),
			lastName: pick(random, last),
			phone: `+41 79 ${100 + (i % 900)} ${10 + (i % 89)} ${10 + (i % 83)}`,
			...{ country, city, language, consent },
			postcode: String(random.whole(1000, 9999)),
			createdAt: iso(created),
			birthday: random.chance(0.7) ? birthday : '',
			plan: pick(random, ['free', 'free', 'plus', 'pro']),
			points: random.whole(0, 1000),
			tags: tags.filter(([, share]) => random.chance(share)).map(([name]) => name),
			lists: lists.filter(() => random.chance(0.12))
		};
	}
}

const types = [
	{ weight: 55, name: 'Received email' },
	{ weight: 22, name: 'Opened email' },
	{ weight: 8, name: 'Clicked email' },
	{ weight: 9, name: 'Viewed page' },
	{ weight: 4, name: 'Added to cart' },
	{ weight: 2, name: 'Placed order' }
] as const;

/** The event types that these are to Winnow. */
export const typeIds = {
	'Received email': 'email_sent',
	'Opened email': 'email_opened',
	'Clicked email': 'email_clicked',
	'Viewed page': 'page_viewed',
	'Added to cart': 'cart_added',
	'Placed order': 'order_placed'
} as const satisfies Readonly<Record<(typeof types)[number]['name'], BuiltInEventTypeId>>;

export interface BenchEvent {
	readonly id: string;
	/** Which of the people. */
	readonly person: number;
	readonly name: (typeof types)[number]['name'];
	readonly at: string;
	/** '' where there is none. */
	readonly campaign: string;
	readonly total: string;
}

/** All of them before `now` (epoch milliseconds). */
export function* eventsOf(size: DataSize, now: number): Generator<BenchEvent> {
	const random = new Random(seed + 1);
	const begin = now - 365 * day;
	for (let i = 0; i < size.events; i++) {
		const person = Math.floor(size.contacts * random.next() ** 1.7);
		const { name } = random.weighted(types);
		const at = begin + ((i + random.next()) / size.events) * 365 * day;
		const isMail = name.endsWith('email');
		const campaign = isMail ? `Campaign ${Math.floor(((at - begin) / day / 365) * 40) + 1}` : '';
		const total = /cart|order/.test(name) ? random.around(60, 2).toFixed(2) : '';
		yield { id: `e${i}`, person, name, at: iso(at), campaign, total };
	}
}

export const addressOf = (i: number) => `person.${i}@bench.example`;
