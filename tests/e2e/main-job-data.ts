import { createHash } from 'node:crypto';

/**
 * Files as a shop has them, and who of their people should be in the segment: worked out here, in plain code that
 * shares nothing with the app. Everything is seeded, and dated relative to `now`.
 */

export const now = Date.parse('2026-01-15T10:00:00.000Z');
const day = 86_400_000;

interface Somebody {
	readonly email: string;
	readonly first: string;
	readonly last: string;
	readonly country: string;
	readonly tags: readonly string[];
	readonly orders: readonly { readonly at: number; readonly total: number }[];
	readonly clicks: readonly number[];
}

/** mulberry32: small, and the same everywhere. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const first = [
	'Annelise',
	'Jonas',
	'Małgorzata',
	'Tobias',
	'Léa',
	'Sepp',
	'Ida',
	'Zoë',
	"D'Arcy",
	'Łukasz'
];
const last = [
	'Řezáčová',
	'Bühlmann',
	'Wiśniewska',
	'Öztürk',
	'Favre',
	'Unterberger',
	'Inge',
	'=Cmd',
	'O"Neil',
	'de, Boer'
];
const countries = ['CH', 'DE', 'AT', 'FR', 'IT', ''];
const tagNames = ['vip', 'wholesale', 'beta'];

export const people: readonly Somebody[] = (() => {
	const next = random(1997);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
	return Array.from({ length: 800 }, (_, i) => ({
		email: `${i % 7 === 0 ? 'Person' : 'person'}.${i}@cdnow.example`,
		first: pick(first),
		last: pick(last),
		country: pick(countries),
		tags: tagNames.filter(() => next() < 0.3),
		orders: Array.from({ length: Math.floor(next() * 7) }, () => ({
			at: now - Math.floor(next() * 150 * day) - 1000,
			total: Math.round(next() * 15_000) / 100
		})),
		clicks: Array.from(
			{ length: Math.floor(next() * 3) },
			() => now - Math.floor(next() * 90 * day) - 1000
		)
	}));
})();

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const lines = (rows: readonly (readonly string[])[]) =>
	Buffer.from(`${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`);
/** To the second, as exports have it. */
const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** As Mailchimp exports an audience: who is subscribed stands in the file's name, tags are a quoted list. */
export const contactsFile = {
	name: 'subscribed_members_export_abc123.csv',
	mimeType: 'text/csv',
	buffer: lines([
		[
			'Email Address',
			'First Name',
			'Last Name',
			'MEMBER_RATING',
			'OPTIN_TIME',
			'CC',
			'LAST_CHANGED',
			'LEID',
			'EUID',
			'NOTES',
			'TAGS'
		],
		...people.map(({ email, first, last, country, tags }, i) => [
			...[email, first, last, '2', '2024-05-01 10:00:00', country, '2025-05-01 10:00:00'],
			...[String(100_000 + i), `e${i}`, '', tags.map((tag) => `"${tag}"`).join(',')]
		])
	])
};

/** As CDNOW's purchases: one row an order. */
export const ordersFile = {
	name: 'orders.csv',
	mimeType: 'text/csv',
	buffer: lines([
		['email', 'ordered_at', 'items', 'total'],
		...people.flatMap(({ email, orders }) =>
			orders.map(({ at, total }) => [email.toLowerCase(), stamp(at), '1', total.toFixed(2)])
		)
	])
};

export const clicksFile = {
	name: 'clicks.csv',
	mimeType: 'text/csv',
	buffer: lines([
		['email', 'clicked_at', 'campaign'],
		...people.flatMap(({ email, clicks }) => clicks.map((at) => [email, stamp(at), 'Autumn']))
	])
};

/** What times become in a file with seconds. */
const toSecond = (at: number) => Math.floor(at / 1000) * 1000;

/** Segment X: more than four orders ever. */
export const isInX = ({ orders }: Somebody): boolean => orders.length > 4;

/** In CH, DE or AT; at least 2 orders over 50 in the last 90 days; tagged vip or clicked in the last 30 days; not in X. */
export const isExpected = (somebody: Somebody): boolean =>
	['CH', 'DE', 'AT'].includes(somebody.country) &&
	somebody.orders.filter(({ at, total }) => total > 50 && toSecond(at) >= now - 90 * day).length >=
		2 &&
	(somebody.tags.includes('vip') || somebody.clicks.some((at) => toSecond(at) >= now - 30 * day)) &&
	!isInX(somebody);

export const md5 = (email: string) =>
	createHash('md5').update(email.trim().toLowerCase()).digest('hex');
