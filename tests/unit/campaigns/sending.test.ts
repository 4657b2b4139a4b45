import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HandOverAsk } from '$lib/campaigns/hand-over/ask';
import { runsApi } from '$lib/campaigns/run/queries';
import { sendingApi, type SendingApi } from '$lib/campaigns/sending/queries';
import { Sending, type SendingParts } from '$lib/campaigns/sending/sending.svelte';
import { standardFields } from '$lib/fields/field';
import { err, ok } from '$lib/result';
import { mailLine, type MailLine } from '$lib/sync/mail';
import { sql } from '$lib/sql';
import { randomId } from '$lib/workspace/random-id';
import { freezeByHand, statusesOf } from '../../fixtures/campaign-run';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import {
	BrowserLikeSocket,
	createWorkspace,
	tokenOf,
	until,
	type Joined
} from '../../fixtures/relay-device';
import { endSmtp, startSmtp, type SmtpProcess } from '../../fixtures/smtp';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
vi.stubGlobal('WebSocket', BrowserLikeSocket);

let database: TestDatabase;
let smtp: SmtpProcess;
let relay: RelayProcess;
let owner: Joined;
let env: Record<string, string>;

beforeAll(async () => {
	[database, smtp] = await Promise.all([openTestDatabase(), startSmtp({ delay: 20 })]);
	env = {
		...{ RELAY_SMTP_URL: smtp.url, RELAY_SMTP_FROM: 'shop.example' },
		...{ RELAY_SMTP_RATE: '200', RELAY_SMTP_CONNECTIONS: '4' }
	};
	relay = await startRelay(env);
	owner = await createWorkspace(relay.url);
});
afterAll(async () => {
	await endRelays();
	await endSmtp();
	await database.close();
});

const from = { name: 'The shop', address: 'news@shop.example' };
const text = [{ type: 'text', text: 'Dear {email}' }];
const askOf = (address: string): HandOverAsk => ({
	content: {
		...{ subject: 'News', preview: '', unsubscribe: 'https://shop.example/u?e={email}' },
		blocks: [
			{
				...{ id: 'b', order: 'a' },
				block: {
					type: 'text',
					text: { type: 'doc', content: [{ type: 'paragraph', content: text }] }
				}
			}
		]
	},
	sender: { ...from, address },
	...{ fields: standardFields, segments: [], zone: 'UTC' }
});
const alone = async (work: () => Promise<void>) => {
	await work();
	return true;
};

const away = { type: 'unreachable', message: 'Away.' } as const;
const line = () => mailLine(relay.url, () => tokenOf(relay.url, owner).then(ok, () => err(away)));

function sendingOf(run: string, more: Partial<SendingParts> = {}): Sending {
	return new Sending({
		...{ run, ref: `Campaign ${run}`, sender: from.address, alone, pauses: [200] },
		worker: sendingApi(database),
		line,
		render: (due) => sendingApi(database).dueMessages(run, askOf(from.address), due),
		...more
	});
}

/** A run of as many people, whose names begin so. */
async function freeze(count: number, name = 'person'): Promise<string> {
	const run = randomId(10);
	const names = Array.from({ length: count }, (_, n) => `${name}-${run.toLowerCase()}-${n}`);
	await freezeByHand(database, run, names);
	return run;
}

const takenIn = (run: string) =>
	smtp.taken().filter(({ to }) => to.includes(`-${run.toLowerCase()}-`));

const eventsOf = (run: string) =>
	database.rows<{ uid: string; type: string; properties: Record<string, string> }>(sql`
		select contact.uid, event_type.id as type, properties
		from event join contact using (cno) join event_type on event_type.no = event.type
		join ref on ref.no = event.ref left join event_property on event_property.event = event.no
		where ref.text = ${`Campaign ${run}`} order by contact.cno`);

test('everybody gets it once, and it is in their timelines once', async () => {
	const run = await freeze(120);
	const sending = sendingOf(run);
	await sending.go();
	expect(sending.state).toEqual({ status: 'done' });
	expect(sending.counts).toMatchObject({ sent: 120, frozen: 0, sending: 0 });
	expect(new Set(takenIn(run).map(({ to }) => to)).size).toBe(120);
	expect(takenIn(run)).toHaveLength(120);
	const { to, text } = takenIn(run)[0]!;
	expect(text).toMatch(new RegExp(`^Dear ${to}\r$`, 'im'));
	expect(text).toMatch(/^List-Unsubscribe: *(\r\n )?<https:\/\/shop\.example\/u\?e=[^>]+>\r$/m);
	expect(text).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
	const events = await eventsOf(run);
	expect(events).toHaveLength(120);
	expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['email_sent']));
	await sendingOf(run).go();
	expect(takenIn(run)).toHaveLength(120);
	const runs = runsApi(database);
	expect(await runs.runOf(run)).toMatchObject({ state: 'sent' });
	expect(await runs.markRunSent(`sent ${run}`, run, Date.now())).toBe(0);
});

test('who is refused is noted, and never written to again where the address is no good', async () => {
	const run = randomId(10);
	const words = ['refused', 'full', 'content', 'later', 'fine', 'no one'];
	const names = words.map((word) => `${word}-${run}-a`);
	await freezeByHand(database, run, names);
	const sending = sendingOf(run);
	await sending.go();
	const states = ['refused', 'refused', 'refused', 'sent', 'sent', 'withheld'];
	expect(Object.values(await statusesOf(database, run))).toEqual(states);
	const bounces = (await eventsOf(run)).filter(({ type }) => type === 'email_bounced');
	expect(bounces.map(({ properties }) => properties)).toEqual([
		{ bounce: 'hard', diagnostic: expect.stringContaining('550 5.1.1') },
		{ bounce: 'soft', diagnostic: expect.stringContaining('552 5.2.2') },
		{ bounce: 'soft', diagnostic: expect.stringContaining('554 5.7.1') }
	]);
	const suppressed = await database.rows<{ address: string }>(
		sql`select address from suppression where reason = 'hardBounce'`
	);
	expect(suppressed).toEqual([{ address: `${names[0]}@people.example`.toLowerCase() }]);

	// Another campaign, frozen before: the address is suppressed now, and somebody else has unsubscribed and one is gone.
	const next = randomId(10);
	await freezeByHand(database, next, names);
	await database.run(
		sql`update contact set email_consent = 'unsubscribed' where uid = ${`uid ${names[1]}`}`
	);
	await database.run(sql`delete from contact where uid = ${`uid ${names[2]}`}`);
	await sendingOf(next).go();
	expect(Object.values(await statusesOf(database, next))).toEqual([
		...['withheld', 'withheld', 'withheld', 'sent', 'sent', 'withheld']
	]);
});

test('a tab that goes away in the midst leaves nobody out, and nobody gets it twice', async () => {
	const run = await freeze(90);
	let isGone = false;
	/** As of a page that is not there any more: nothing it asks is done, nothing is heard. */
	const never = () => new Promise<never>(() => {});
	const worker = Object.fromEntries(
		Object.entries(sendingApi(database)).map(([name, method]) => [
			name,
			(...args: unknown[]) =>
				isGone ? never() : (method as (...all: unknown[]) => unknown)(...args)
		])
	) as unknown as SendingApi;
	let its: MailLine | undefined;
	const dropped = sendingOf(run, {
		worker,
		line: () => (its = line())
	});
	void dropped.go();
	await until(() => takenIn(run).length > 60);
	isGone = true;
	its!.close();
	expect((await sendingApi(database).leftRecipients(run, 100)).length).toBeGreaterThan(0);

	const next = sendingOf(run);
	await next.go();
	expect(next.counts).toMatchObject({ sent: 90, unsure: 0 });
	expect(takenIn(run)).toHaveLength(90);
	expect(new Set(takenIn(run).map(({ to }) => to)).size).toBe(90);
	expect(await eventsOf(run)).toHaveLength(90);
});

test('it stops after what is begun, and goes on', async () => {
	const run = await freeze(80);
	const sending = sendingOf(run);
	void sending.go();
	await until(() => takenIn(run).length > 5);
	await sending.stop();
	expect(sending.state).toEqual({ status: 'resting' });
	const { sent, frozen } = sending.counts;
	expect([sent + frozen, takenIn(run).length]).toEqual([80, sent]);
	expect(frozen).toBeGreaterThan(20);
	await sending.go();
	expect(sending.counts).toMatchObject({ sent: 80 });
	expect(takenIn(run)).toHaveLength(80);
});

test('what is in the way of all is said, and nobody is counted as refused for it', async () => {
	const run = await freeze(3);
	const of = (sender: string) =>
		sendingOf(run, {
			sender,
			render: (due) => sendingApi(database).dueMessages(run, askOf(sender), due)
		});
	const stranger = of('news@else.example');
	await stranger.go();
	expect(stranger.state).toMatchObject({ status: 'held', trouble: { of: 'sender' } });
	// Ours to the relay, and not the mail server's.
	const nobody = of('nobody@shop.example');
	await nobody.go();
	expect(nobody.state).toMatchObject({ status: 'held', trouble: { of: 'sender' } });
	const broken = sendingOf(run, { render: () => Promise.reject(new Error('No template.')) });
	await broken.go();
	expect(broken.state).toMatchObject({ status: 'held', trouble: { of: 'rendering' } });
	expect(await sendingApi(database).sendingCounts(run)).toMatchObject({ frozen: 3 });
	expect(await eventsOf(run)).toEqual([]);
});

test('a relay that is killed in the midst and comes back: nobody twice, and who is unsure is named', async () => {
	const run = randomId(10);
	const key = run.toLowerCase();
	const names = Array.from({ length: 60 }, (_, n) => `${n === 7 ? 'hang' : 'person'}-${key}-${n}`);
	await freezeByHand(database, run, names);
	const sending = sendingOf(run);
	const going = sending.go();
	await until(() => takenIn(run).length > 30);
	await relay.kill();
	await until(() => sending.state.status === 'waiting');
	expect(sending.state).toMatchObject({ trouble: { of: 'relay', isPassing: true } });
	const { port } = new URL(relay.url);
	await startRelay({ ...env, RELAY_FOLDER: relay.folder, RELAY_PORT: port });
	await going;

	const counts = new Map<string, number>();
	for (const { to } of takenIn(run)) counts.set(to, (counts.get(to) ?? 0) + 1);
	expect(Math.max(...counts.values())).toBe(1);
	const statuses = await statusesOf(database, run);
	expect(statuses[`hang-${key}-7`]).toBe('unsure');
	// At most what was under way at once.
	const unsure = names.filter((name) => statuses[name] === 'unsure');
	expect(unsure.length).toBeLessThanOrEqual(4);
	for (const name of names)
		if (statuses[name] !== 'unsure') expect(counts.get(`${name}@people.example`)).toBe(1);
	expect(sending.unsure.map(({ address }) => address)).toEqual(
		unsure.map((name) => `${name}@People.example`)
	);

	// One is sent again, as the same message; the others are left at that.
	const [first, ...others] = sending.unsure;
	await sending.leave(others.map(({ place }) => place));
	await database.run(
		sql`update campaign_recipient set address = ${`person-${key}-7@People.example`} where run = ${run} and place = ${first!.place}::int`
	);
	await sending.sendAgain([first!.place]);
	await sending.go();
	expect(sending.unsure).toEqual([]);
	expect(sending.counts).toMatchObject({ unsure: others.length, frozen: 0 });
	const ids = takenIn(run)
		.filter(({ to }) => to.includes(`${key}-7@`))
		.map(({ text }) => /^Message-ID: (.*)\r$/m.exec(text)?.[1]);
	expect(ids).toEqual([ids[0], ids[0]]);
});
