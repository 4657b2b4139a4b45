import type { ContactEvent } from '$lib/events/contact-event';
import type { FieldValue } from '$lib/fields/value';
import type { JsonObject } from '$lib/json';
import { day, iso, type SamplePerson } from './people';
import type { Random } from './random';

/** What happened, before it has an id. Instants are epoch milliseconds. */
interface Happened {
	readonly cno: number;
	readonly type: string;
	readonly at: number;
	readonly properties: Readonly<Record<string, FieldValue>>;
}

const year = 365 * day;
const minute = 60_000;

/** Everything that these people did in the year before `now`, `count` events in order. */
export function sampleEvents(
	people: readonly [SamplePerson, ...SamplePerson[]],
	count: number,
	now: number,
	random: Random
): ContactEvent[] {
	const happened = [
		...letters(people, now, random),
		...people.flatMap((person) => [
			...arrival(person, now, random),
			...farewell(person, now),
			...purchases(person, now, random)
		])
	].filter(({ at }) => at > now - year && at <= now);
	if (happened.length > count) throw new Error(`${happened.length} events are too many`);
	while (happened.length < count) happened.push(visit(random.pick(people), now, random));

	let order = 10_000;
	return happened
		.sort((a, b) => a.at - b.at)
		.map(({ cno, type, at, properties }, i) => ({
			...{ id: `sample-${i}`, cno, type, at: iso(at) },
			properties: type === 'order_placed' ? { order: `P-${++order}`, ...properties } : properties
		}));
}

const months = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A letter every month, the last of them three days ago, to many of those who are subscribed at the time. */
function letters(people: readonly SamplePerson[], now: number, random: Random): Happened[] {
	return Array.from({ length: 12 }, (_, i) => now - 3 * day - i * 30 * day).flatMap((begin) => {
		const campaign = `Letter of ${months.format(begin)}`;
		const recipients = people.filter(
			({ subscribed }) =>
				subscribed &&
				subscribed.from < begin &&
				(subscribed.until ?? Infinity) > begin &&
				random.chance(begin > now - 7 * day ? 0.3 : 0.6)
		);
		return recipients.flatMap((person) => letter(person, campaign, begin, random));
	});
}

function letter(
	{ cno, interest }: SamplePerson,
	campaign: string,
	begin: number,
	random: Random
): Happened[] {
	const sent = begin + Math.floor(random.next() * 40 * minute);
	const message = { campaign, channel: 'email' };
	const happened: Happened[] = [{ cno, type: 'email_sent', at: sent, properties: message }];
	const received = sent + random.whole(1_000, 90_000);
	if (random.chance(0.015)) {
		const bounce = random.pick(['soft', 'soft', 'hard']);
		happened.push({ cno, type: 'email_bounced', at: received, properties: { campaign, bounce } });
		return happened;
	}
	happened.push({ cno, type: 'email_delivered', at: received, properties: message });
	if (!random.chance(0.1 + 0.8 * interest)) return happened;
	const machine = random.chance(0.12);
	const opened = received + Math.floor(machine ? 2_000 : random.around(300 * minute, 4));
	happened.push({ cno, type: 'email_opened', at: opened, properties: { campaign, machine } });
	if (machine || !random.chance(0.1 + 0.35 * interest)) return happened;
	const link = `https://shop.example${random.pick(pages).url}`;
	const clicked = opened + random.whole(5_000, 240_000);
	const properties = { campaign, machine, link };
	happened.push({ cno, type: 'email_clicked', at: clicked, properties });
	return happened;
}

function arrival({ cno, createdAt }: SamplePerson, now: number, random: Random): Happened[] {
	const source = random.pick(['Newsletter form', 'Checkout', 'Workshop', 'Paper fair']);
	if (createdAt < now - year || random.chance(0.2)) return [];
	return [{ cno, type: 'signed_up', at: createdAt, properties: { source } }];
}

function farewell({ cno, subscribed }: SamplePerson, now: number): Happened[] {
	if (!subscribed?.until) return [];
	const campaign = `Letter of ${months.format(Math.min(now, subscribed.until))}`;
	const properties = { campaign, channel: 'email' };
	return [{ cno, type: 'email_unsubscribed', at: subscribed.until, properties }];
}

/** Orders and carts. A third of the buyers has not come back for half a year. */
function purchases(person: SamplePerson, now: number, random: Random): Happened[] {
	const { cno, country, createdAt, orders } = person;
	const { currency } = country;
	const begin = Math.max(createdAt, now - year);
	const isLapsed = random.chance(0.33) && begin < now - 200 * day;
	const end = isLapsed ? now - 190 * day : now;
	const total = () => Math.round(random.around(64, 1.9) * 20) / 20;
	const happened: Happened[] = [];

	const times = orders * ((now - begin) / year);
	for (let left = times; left > 0; left--) {
		if (left < 1 && !random.chance(left)) break;
		const at = Math.floor(begin + random.next() ** 0.8 * (end - begin));
		const sum = total();
		const properties = { total: sum, currency, items: itemsOf(sum, at) };
		happened.push({ cno, type: 'order_placed', at, properties });
		if (random.chance(0.4)) {
			const cart = { cart: `C-${cno}-${Math.floor(at / minute)}`, ...properties };
			const added = at - random.whole(2, 50) * minute;
			happened.push({ cno, type: 'cart_added', at: added, properties: cart });
		}
	}
	if (random.chance(orders > 0 ? 0.45 : 0.15)) {
		const at = Math.floor(now - random.next() ** 2 * (now - begin));
		const sum = total();
		const cart = { cart: `C-${cno}-${Math.floor(at / minute)}`, total: sum, currency };
		const properties = { ...cart, items: itemsOf(sum, at) };
		happened.push({ cno, type: 'cart_added', at, properties });
	}
	return happened;
}

/** What so much was paid for: one thing, and some ink with it where that is no more than a third. */
function itemsOf(total: number, at: number): readonly JsonObject[] {
	const bottles = Math.floor(total / 3 / ink.price);
	const price = Math.round((total - bottles * ink.price) * 100) / 100;
	const thing = { ...things[at % things.length]!, quantity: 1, price };
	return bottles > 0 ? [thing, { ...ink, quantity: bottles }] : [thing];
}

const ink = { sku: 'INK-30', name: 'Ink, 30 ml', category: 'Ink', price: 12 } as const;
const things = [
	{ sku: 'NB-A5', name: 'Notebook A5', category: 'Notebooks' },
	{ sku: 'NB-A4', name: 'Notebook A4', category: 'Notebooks' },
	{ sku: 'FP-01', name: 'Fountain pen', category: 'Fountain pens' },
	{ sku: 'LP-100', name: 'Letter paper, 100 sheets', category: 'Letter paper' },
	{ sku: 'WS-1', name: 'Workshop: bookbinding', category: 'Workshops' }
] as const;

const pages = [
	{ url: '/notebooks', title: 'Notebooks' },
	{ url: '/fountain-pens', title: 'Fountain pens' },
	{ url: '/letter-paper', title: 'Letter paper' },
	{ url: '/ink', title: 'Ink' },
	{ url: '/workshops', title: 'Workshops' },
	{ url: '/gift-cards', title: 'Gift cards' }
] as const;

function visit({ cno, createdAt }: SamplePerson, now: number, random: Random): Happened {
	const begin = Math.max(createdAt, now - year + minute);
	const at = Math.floor(begin + random.next() ** 0.7 * (now - begin));
	return { cno, type: 'page_viewed', at, properties: { ...random.pick(pages) } };
}
