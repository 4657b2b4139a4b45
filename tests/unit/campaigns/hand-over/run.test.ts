import Papa from 'papaparse';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Block, RichText } from '$lib/campaigns/content/block';
import type { HandOverAsk, HandOverRecipient } from '$lib/campaigns/hand-over/ask';
import { audienceFormat } from '$lib/campaigns/hand-over/made';
import { messageIdOf } from '$lib/campaigns/hand-over/outgoing';
import { handOverApi } from '$lib/campaigns/hand-over/run';
import { rowOf } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { EngineNews } from '$lib/engine/protocol';
import type { Exported } from '$lib/exports/run-files';
import { standardFields, type Field } from '$lib/fields/field';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../../fixtures/database';

const fields = new Map<string, Field>(
	[...standardFields, { id: 'k1', name: 'Points', type: 'number' }].map((field) => [
		field.id,
		field as Field
	])
);
const textOf = (text: string): RichText => ({
	type: 'doc',
	content: [{ type: 'paragraph', content: [{ type: 'text', text }] }]
});
const blocks: readonly Block[] = [
	{ type: 'text', text: textOf('Dear {first_name | "friend"}, {unsubscribe}') },
	{
		type: 'dynamic',
		variants: [{ id: 'v', segment: 's1', text: textOf('Swiss') }],
		otherwise: null
	}
];
const ask: HandOverAsk = {
	content: {
		subject: 'For {first_name | "you"}',
		preview: '{k1 | "no"} points',
		blocks: blocks.map((block, i) => ({ id: `b${i}`, order: `a${i}`, block })),
		unsubscribe: 'https://example.com/bye?e={email}'
	},
	sender: { name: 'Shop', address: 'news@example.org', replyTo: 'help@example.org' },
	fields: [...fields.values()],
	segments: ['s1'],
	zone: 'UTC'
};
const at = Date.parse('2026-02-03T04:05:06Z');
const place = { folder: 'f', name: 'n' };

let database: TestDatabase;
let news: EngineNews[] = [];
let recipients: HandOverRecipient[] = [];
let api: ReturnType<typeof handOverApi>;

beforeAll(async () => {
	database = await openTestDatabase();
	const people = Array.from({ length: 2200 }, (_, i) => ({
		email: `p${i}@example.com`,
		...(i % 2 ? {} : { first_name: `Zoë <${i}>`, last_name: '"Q"' }),
		...(i === 4 ? { k1: 1250 } : {})
	}));
	await database.write('people', async (tx) => {
		await putContacts(
			tx,
			people.map((values, cno) =>
				rowOf({ cno, uid: `u${cno}`, externalId: undefined, archivedAt: undefined, values }, fields)
			)
		);
	});
	await database.transaction(async (tx) => {
		await tx.run(sql`update contact set email_consent = 'unsubscribed' where cno = 7`);
		await tx.run(sql`update contact set archived_at = now() where cno = 9`);
		await tx.run(
			sql`insert into suppression(channel, address, reason, at) values ('email', 'p11@example.com', 'manual', now())`
		);
		await tx.run(sql`
			insert into campaign_recipient(run, place, cno, uid, uid_hash, address, variants, status, status_at)
			select 'r', cno, cno, uid, '', email, '{}', 'frozen', now() from contact`);
	});
	recipients = people.map(({ email }, i) => ({
		...{ place: i, cno: i, uid: `u${i}`, address: email, variants: [i % 3 ? -1 : 0] }
	}));
	// Erased since; erased and its number given to another; never had an address that mail can go to.
	recipients[1] = { ...recipients[1]!, cno: null, uid: null, address: null };
	recipients[3] = { ...recipients[3]!, uid: 'another' };
	recipients[5] = { ...recipients[5]!, address: 'not an address' };
	api = handOverApi(
		database,
		{
			count: async () => recipients.length,
			from: async (_, from, limit) => recipients.filter((one) => one.place >= from).slice(0, limit)
		},
		(one) => news.push(one)
	);
});
afterAll(() => database.close());

const blobOf = (done: Exported): Blob => {
	if (done.status !== 'done') throw new Error(done.status);
	return done.blob!;
};

describe('an audience file', () => {
	test('has a row for everybody who is still there, with what they get', async () => {
		news = [];
		const done = await api.writeAudienceFile(place, 'r', ask, audienceFormat);
		const text = await blobOf(done).text();
		const { data } = Papa.parse<Record<string, string>>(text, {
			header: true,
			skipEmptyLines: true
		});
		expect(done).toMatchObject({ status: 'done', rows: 2195 });
		expect(data).toHaveLength(2195);
		expect(data[0]).toMatchObject({
			Email: 'p0@example.com',
			'First name': 'Zoë <0>',
			'Last name': '"Q"',
			Subject: 'For Zoë <0>',
			Preview: 'no points',
			Text: 'Dear Zoë <0>, Unsubscribe (https://example.com/bye?e=p0%40example.com)\n\nSwiss\n'
		});
		expect(data[0]!.HTML).toContain(
			'Dear Zoë &lt;0&gt;, <a href="https://example.com/bye?e=p0%40example.com">'
		);
		expect(data.map(({ Email }) => Email).slice(0, 4)).toEqual(
			[0, 2, 4, 5].map((i) => (i === 5 ? 'not an address' : `p${i}@example.com`))
		);
		const withheld = await database.rows(
			sql`select place, diagnostic as why from campaign_recipient where status = 'withheld' order by place`
		);
		expect(withheld).toEqual([
			{ place: 1, why: 'The contact was erased.' },
			{ place: 3, why: 'The contact was erased.' },
			{ place: 7, why: 'Unsubscribed since the audience was frozen.' },
			{ place: 9, why: 'The contact was archived.' },
			{ place: 11, why: 'Suppressed since the audience was frozen.' }
		]);
		expect(data[2]).toMatchObject({ Preview: '1250 points' });
		expect(data[1]!.Text).not.toContain('Swiss');
		expect(news.at(-1)).toEqual({ type: 'progress', job: 'n', done: 2200, total: 2200 });
		expect(news.length).toBe(3);
	});

	test('begins with the header of the addresses, and with no mark that would be a part of it', async () => {
		const written = blobOf(await api.writeAudienceFile(place, 'r', ask, audienceFormat));
		const bytes = new Uint8Array(await written.slice(0, 6).arrayBuffer());
		expect(bytes).toEqual(new TextEncoder().encode('Email,'));
	});

	test('is of any format', async () => {
		const format = { ...audienceFormat, kind: 'ndjson' } as const;
		const text = await blobOf(await api.writeAudienceFile(place, 'r', ask, format)).text();
		const [first] = text.split('\n');
		expect(JSON.parse(first!)).toMatchObject({ Email: 'p0@example.com', Subject: 'For Zoë <0>' });
	});

	test('ends when it is cancelled, and leaves nothing', async () => {
		const writing = api.writeAudienceFile(place, 'r', ask, audienceFormat);
		await new Promise((resolve) => setTimeout(resolve));
		await api.cancelHandOver('n');
		expect(await writing).toEqual({ status: 'cancelled' });
	});

	test('is not begun for a message that is not whole', async () => {
		const content = { ...ask.content, subject: '{gone}' };
		await expect(
			api.writeAudienceFile(place, 'r', { ...ask, content }, audienceFormat)
		).rejects.toThrow('no field “gone”');
	});
});

describe('messages', () => {
	test('are files in one zip, each of which reads as what its contact gets', async () => {
		const done = await api.writeMessages(place, 'r', ask, at);
		expect(done).toMatchObject({ status: 'done', rows: 2194 });
		const files = await unzipped(blobOf(done));
		expect(files.size).toBe(2194);
		expect([...files.keys()].slice(0, 3)).toEqual([
			'0000001 p0@example.com.eml',
			'0000003 p2@example.com.eml',
			'0000005 p4@example.com.eml'
		]);
		const read = await PostalMime.parse(files.get('0000001 p0@example.com.eml')!);
		expect(read).toMatchObject({
			subject: 'For Zoë <0>',
			from: { name: 'Shop', address: 'news@example.org' },
			to: [{ name: 'Zoë <0> "Q"', address: 'p0@example.com' }],
			replyTo: [{ address: 'help@example.org' }],
			date: new Date(at).toISOString()
		});
		const message = await api.previewMessage(0, ask, [0]);
		expect(read.messageId).toBe(`<${messageIdOf('r', 0)}@example.org>`);
		expect(read.text!.trim()).toBe(message!.text.trim());
		expect(read.html!.trim()).toBe(message!.html.trim());
		expect(read.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(
			'<https://example.com/bye?e=p0%40example.com>'
		);
	});

	test('that cannot be made for an address are withheld from it, so that nobody takes them for sent', async () => {
		await api.writeMessages(place, 'r', ask, at);
		expect(
			await database.rows(
				sql`select status, diagnostic from campaign_recipient where run = 'r' and place in (4, 5) order by place`
			)
		).toEqual([
			{ status: 'frozen', diagnostic: null },
			{ status: 'withheld', diagnostic: 'No message can be sent to this address.' }
		]);
	});

	test('are not made from an address that is none', async () => {
		for (const address of ['', 'x', 'a@b.c\r\nBcc: d@e.f'])
			await expect(
				api.writeMessages(place, 'r', { ...ask, sender: { name: '', address } }, at)
			).rejects.toThrow(/address/);
	});
});

test('a contact’s message can be looked at while it is being written', async () => {
	const content = { ...ask.content, subject: 'To {first_name} {gone}{' };
	expect(await api.previewMessage(4, { ...ask, content }, [0])).toMatchObject({
		subject: 'To Zoë <4> {',
		preview: '1250 points'
	});
	expect(await api.previewMessage(99_999, ask, [])).toBeNull();
});

/** The files of a zip that keeps them as they are, by the list at its end. */
async function unzipped(zip: Blob): Promise<Map<string, Uint8Array>> {
	const bytes = new Uint8Array(await zip.arrayBuffer());
	const view = new DataView(bytes.buffer);
	const end = bytes.length - 22;
	expect(view.getUint32(end, true)).toBe(0x06054b50);
	const files = new Map<string, Uint8Array>();
	let at = view.getUint32(end + 16, true);
	for (let n = view.getUint16(end + 10, true); n > 0; n--) {
		const size = view.getUint32(at + 20, true);
		const name = new TextDecoder().decode(
			bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))
		);
		const local = view.getUint32(at + 42, true);
		const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
		files.set(name, bytes.subarray(start, start + size));
		at +=
			46 +
			view.getUint16(at + 28, true) +
			view.getUint16(at + 30, true) +
			view.getUint16(at + 32, true);
	}
	return files;
}
