import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
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

/** Writes the people to a CSV file. `now` in epoch milliseconds. Gives how many bytes. */
export function writeContacts(path: string, { contacts }: DataSize, now: number): Promise<number> {
	const random = new Random(seed);
	const header =
		'Email,First name,Last name,Phone,Country,City,Postcode,Language,Email consent,Consent date,Created,Birthday,Plan,Points,Tags,Lists';
	return writeLines(path, header, contacts, (i) => {
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
		return [
			addressOf(i),
			pick(random, first),
			pick(random, last),
			`+41 79 ${100 + (i % 900)} ${10 + (i % 89)} ${10 + (i % 83)}`,
			country,
			city,
			String(random.whole(1000, 9999)),
			language,
			consent,
			iso(created),
			iso(created),
			random.chance(0.7) ? birthday : '',
			pick(random, ['free', 'free', 'plus', 'pro']),
			String(random.whole(0, 1000)),
			tags
				.filter(([, share]) => random.chance(share))
				.map(([name]) => name)
				.join(';'),
			lists.filter(() => random.chance(0.12)).join(';')
		].join(',');
	});
}

const types = [
	{ weight: 55, name: 'Received email' },
	{ weight: 22, name: 'Opened email' },
	{ weight: 8, name: 'Clicked email' },
	{ weight: 9, name: 'Viewed page' },
	{ weight: 4, name: 'Added to cart' },
	{ weight: 2, name: 'Placed order' }
] as const;

/** Writes the events to a CSV file, all of them before `now` (epoch milliseconds). Gives how many bytes. */
export function writeEvents(path: string, size: DataSize, now: number): Promise<number> {
	const random = new Random(seed + 1);
	const begin = now - 365 * day;
	return writeLines(path, 'Event id,Email,Event,Time,Campaign,Total', size.events, (i) => {
		const person = Math.floor(size.contacts * random.next() ** 1.7);
		const { name } = random.weighted(types);
		const at = begin + ((i + random.next()) / size.events) * 365 * day;
		const isMail = name.endsWith('email');
		const campaign = isMail ? `Campaign ${Math.floor(((at - begin) / day / 365) * 40) + 1}` : '';
		const total = /cart|order/.test(name) ? random.around(60, 2).toFixed(2) : '';
		return `e${i},${addressOf(person)},${name},${iso(at)},${campaign},${total}`;
	});
}

const addressOf = (i: number) => `person.${i}@bench.example`;

async function writeLines(
	path: string,
	header: string,
	count: number,
	line: (i: number) => string
): Promise<number> {
	const file = createWriteStream(path);
	let part = `${header}\n`;
	for (let i = 0; i < count; i++) {
		part += `${line(i)}\n`;
		if (part.length < 1 << 20) continue;
		if (!file.write(part)) await once(file, 'drain');
		part = '';
	}
	file.end(part);
	await finished(file);
	return file.bytesWritten;
}
