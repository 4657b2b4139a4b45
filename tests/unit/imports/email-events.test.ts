import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Mapping } from '$lib/imports/mapping';
import { bounceOf, emailEventOf } from '$lib/imports/values/email-event';
import { sql } from '$lib/sql';
import { Desk } from '../../fixtures/csv/desk';
import { analysisOf, readAs, targetsOf } from '../../fixtures/csv/files';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(async () => {
	await desk.reset();
	await desk.database.run(sql`truncate suppression`);
});
afterAll(() => desk.close());

/** What is in the database of each event, in the order of time. */
const events = () =>
	desk.database.rows<Record<string, unknown>>(sql`
		select event_type.id as type, ref.text as ref, properties
		from event join event_type on event_type.no = event.type
		left join ref on ref.no = event.ref left join event_property on event_property.event = event.no
		order by event.at`);

const esp = `Email;Event;Timestamp;Campaign;URL
ana@example.com;delivered;2025-03-01 08:00;Spring sale;
ana@example.com;open;2025-03-01 08:05;Spring sale;
ana@example.com;click;2025-03-01 08:06;Spring sale;https://shop.example/a
bo@example.com;bounce;2025-03-01 08:07;Spring sale;
ana@example.com;unsubscribe;2025-03-01 08:08;Spring sale;
`;

test('an export of what happened to emails is of the types that are known, and of its campaign', async () => {
	const { counts, definitions } = await desk.import(esp);
	expect(counts).toMatchObject({ created: 5, people: 2, rejected: 0 });
	const ref = 'Spring sale';
	expect(await events()).toEqual([
		{ type: 'email_delivered', ref, properties: null },
		{ type: 'email_opened', ref, properties: null },
		{ type: 'email_clicked', ref, properties: { link: 'https://shop.example/a' } },
		{ type: 'email_bounced', ref, properties: null },
		{ type: 'email_unsubscribed', ref, properties: null }
	]);
	// There is nothing to learn: neither types nor properties.
	expect(definitions.eventTypes).toEqual([]);
	expect(await desk.contacts('email_consent')).toMatchObject([
		{ email: 'ana@example.com', email_consent: 'unsubscribed' },
		{ email: 'bo@example.com', email_consent: null }
	]);
});

test.each([
	['email_sent', 'sent, Processed, gesendet, versendet'],
	['email_delivered', 'delivered, Delivery, zugestellt, Received Email'],
	['email_opened', 'open, OPENED, opens, geöffnet, Opened Email, email_opened, uniqueOpened'],
	['email_clicked', 'click, clicked, Clicks, geklickt, link_click'],
	['email_bounced', 'bounce, Bounced, hard_bounce, softBounce, Hard Bounce, HardBounce'],
	['email_complained', 'spam, complaint, spamreport, Spam report, abuse, Beschwerde'],
	['email_unsubscribed', 'unsubscribe, unsubscribed, Unsub, abgemeldet, opt-out'],
	['email_replied', 'reply, Replied, geantwortet'],
	[undefined, 'Signed up, Placed order, page_viewed, opening hours, subscribed']
])('%s is what products call %s', (type, names) => {
	for (const name of names.split(', ')) expect([name, emailEventOf(name)]).toEqual([name, type]);
});

test.each([
	['hard', 'hard, Hard bounce, hard_bounce, HardBounce, Permanent, permanent failure'],
	['soft', 'soft, soft_bounce, Transient, Temporary'],
	[undefined, 'bounce, hardware, mailbox full, delivered']
])('%s is how %s bounced', (bounce, names) => {
	for (const name of names.split(', ')) expect([name, bounceOf(name)]).toEqual([name, bounce]);
});

test.each([
	['English', 'Email,Event type,Date,Campaign name', 'opened', 'clicked'],
	['of Mailchimp', 'Email address,Activity,Timestamp,Campaign title', 'open', 'click'],
	['German', 'E-Mail,Ereignis,Zeitpunkt,Kampagne', 'geöffnet', 'geklickt'],
	['German, otherwise', 'E-Mail-Adresse,Aktion,Datum,Newsletter', 'Geöffnet', 'Abgemeldet'],
	['with a name that could be of anything', 'Email,Status,Date,Campaign', 'delivered', 'open']
])('headers that are %s are those of events', async (_, headers, one, other) => {
	const file = `${headers}\nana@example.com,${one},2025-03-01,Spring\nbo@example.com,${other},2025-03-02,Spring`;
	const analysis = await analysisOf(file);
	expect(analysis.mapping.kind).toBe('events');
	expect(Object.values(targetsOf(analysis))).toEqual(['email', 'eventType', 'time', 'reference']);
	const { events } = await readAs(file, analysis);
	expect(events.map(({ type }) => type)).toEqual([emailEventOf(one), emailEventOf(other)]);
});

test('a list of people who bounced or have unsubscribed is one of people', async () => {
	const { mapping } = await analysisOf(
		'Email,Status,Date\nana@example.com,bounced,2025-03-01\nbo@example.com,unsubscribed,2025-03-02'
	);
	expect(mapping.kind).toBe('contacts');
});

test('opens in a file of their own are of its campaign', async () => {
	const analysis = await analysisOf('Email,Time,Campaign\nana@example.com,2025-03-01,Spring', {
		kind: 'events'
	});
	expect(targetsOf(analysis)).toMatchObject({ Campaign: 'reference' });
});

test('the campaign that an order came by is one of the things that are known of it', async () => {
	const analysis = await analysisOf(
		'Email,Event,Time,Order ID,Campaign,Newsletter\nana@example.com,Placed order,2025-03-01,o1,Spring,yes'
	);
	expect(targetsOf(analysis)).toMatchObject({
		'Order ID': 'reference',
		Campaign: 'property campaign: text'
	});
});

describe('a bounce', () => {
	const suppressed = () =>
		desk.database.rows(sql`select address, reason from suppression order by address`);

	test('that is hard by its name suppresses the address', async () => {
		await desk.import(
			'Email,Event,Time\nana@example.com,hard_bounce,2025-03-01\nbo@example.com,Soft bounce,2025-03-02\ncy@example.com,open,2025-03-03'
		);
		expect((await events()).map(({ properties }) => properties)).toEqual([
			{ bounce: 'hard' },
			{ bounce: 'soft' },
			null
		]);
		expect(await suppressed()).toEqual([{ address: 'ana@example.com', reason: 'hardBounce' }]);
	});

	test('that is hard by a column suppresses the address', async () => {
		await desk.import(
			'Email,Event,Time,Bounce type\nana@example.com,bounce,2025-03-01,Permanent\nbo@example.com,bounce,2025-03-02,Transient\ncy@example.com,hard_bounce,2025-03-03,no such user'
		);
		expect((await events()).map(({ properties }) => properties)).toEqual([
			{ bounce: 'hard' },
			{ bounce: 'soft' },
			{ bounce: 'hard' }
		]);
		expect(await suppressed()).toMatchObject([
			{ address: 'ana@example.com' },
			{ address: 'cy@example.com' }
		]);
	});
});

describe('what a value of the column becomes', () => {
	const saying = (says: Readonly<Record<string, string | null>>) => ({
		mapping: (mapping: Mapping): Mapping => ({
			...mapping,
			columns: mapping.columns.map((column) =>
				column.target.target === 'eventType'
					? { ...column, target: { target: 'eventType', says: { ...column.target.says, ...says } } }
					: column
			)
		})
	});
	const file =
		'Email,Event,Time\nana@example.com,open,2025-03-01\nana@example.com,click,2025-03-02\nana@example.com,Swiped,2025-03-03';
	const types = async () => (await events()).map(({ type }) => type);

	test('can be another type, and a new one', async () => {
		await desk.import(file, saying({ open: 'page_viewed', click: null }));
		expect(await types()).toEqual(['page_viewed', 'click', 'swiped']);
	});

	test('is one of its name where the type is gone', async () => {
		await desk.import(file, saying({ open: 'gone', swiped: 'email_replied' }));
		expect(await types()).toEqual(['open', 'email_clicked', 'email_replied']);
	});

	test('is the usual one where it comes after the first rows', async () => {
		const many = Array.from({ length: 1_500 }, (_, i) => `p${i}@example.com,open,2025-03-01`);
		await desk.import(
			['Email,Event,Time', ...many, 'ana@example.com,spam_report,2025-03-02'].join('\n')
		);
		expect((await types()).at(-1)).toBe('email_complained');
	});

	test('is what it is called where the events are not of emails', async () => {
		await desk.import(
			'Email,Event,Time\nana@example.com,Signed up,2025-03-01\nana@example.com,Upgraded,2025-03-02\nana@example.com,click,2025-03-03'
		);
		expect(await types()).toEqual(['signed_up', 'upgraded', 'click']);
	});
});
