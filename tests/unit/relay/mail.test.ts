import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mailLine, type MailLine } from '$lib/sync/mail';
import type { MailAnswer, MailMessage } from '$lib/sync/mail-protocol';
import { ok } from '$lib/result';
import { randomId } from '$lib/workspace/random-id';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import {
	Asker,
	BrowserLikeSocket,
	createWorkspace,
	join,
	tokenOf,
	until,
	type Joined
} from '../../fixtures/relay-device';
import { endSmtp, startSmtp, type SmtpProcess } from '../../fixtures/smtp';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
vi.stubGlobal('WebSocket', BrowserLikeSocket);

let smtp: SmtpProcess;
let relay: RelayProcess;
/** Others, which do not survive this. */
let frail: { smtp: SmtpProcess; relay: RelayProcess; env: Record<string, string> };
let owner: Joined;
const lines: MailLine[] = [];

const settings = ({ url }: SmtpProcess) => ({
	...{ RELAY_SMTP_URL: url, RELAY_SMTP_FROM: 'shop.example, post@other.example' },
	RELAY_SMTP_RATE: '100'
});

beforeAll(async () => {
	const pair = async () => {
		const smtp = await startSmtp();
		const env = { ...settings(smtp), RELAY_SMTP_CONNECTIONS: '2' };
		return { smtp, env, relay: await startRelay(env) };
	};
	[{ smtp, relay }, frail] = await Promise.all([pair(), pair()]);
	owner = await createWorkspace(relay.url);
});
afterAll(async () => {
	for (const line of lines) line.close();
	await endRelays();
	await endSmtp();
});

function lineOf(who: Joined, { url } = relay): MailLine {
	const line = mailLine(url, async () => ok(await tokenOf(url, who)));
	lines.push(line);
	return line;
}

const message = (to: string, more: Partial<MailMessage> = {}): MailMessage => ({
	id: randomId(40),
	to: { name: '', address: `${to}@people.example` },
	from: { name: 'The shop', address: 'news@shop.example' },
	...{ subject: 'News', html: '<p>Grüße</p>', text: 'Grüße', headers: {} },
	...more
});

/** By recipient or id, what came of them. */
async function sendAll(
	line: MailLine,
	messages: readonly MailMessage[]
): Promise<Map<string, MailAnswer>> {
	const answers = new Map<string, MailAnswer>();
	const names = new Map(messages.map(({ id, to }) => [id, to.address.split('@')[0]!]));
	const sent = await line.send(messages, (answer) => answers.set(names.get(answer.id)!, answer));
	expect(sent.ok).toBe(true);
	return answers;
}
const takenBy = (name: string, server = smtp) =>
	server.taken().filter(({ to }) => to === `${name}@people.example`);

test('each message is sent once, as often as it is handed over, to its one recipient', async () => {
	const line = lineOf(owner);
	const messages = Array.from({ length: 20 }, (_, n) => message(`once-${n}`));
	const answers = await sendAll(line, messages);
	expect([...answers.values()].map(({ state }) => state)).toEqual(Array(20).fill('sent'));
	const again = await sendAll(lineOf(owner), messages);
	expect([...again.values()].sort(byId)).toEqual([...answers.values()].sort(byId));
	const [mail, ...others] = takenBy('once-3');
	expect(others).toEqual([]);
	expect(mail).toMatchObject({ from: 'news@shop.example', recipients: 1 });
	expect(mail!.text).toMatch(/^From: The shop <news@shop.example>\r$/m);
	expect(mail!.text).toMatch(`Message-ID: <${messages[3]!.id}@shop.example>`);
	// Handed over twice at once, by two lines.
	const both = message('once-both');
	const [one, other] = await Promise.all([sendAll(line, [both]), sendAll(lineOf(owner), [both])]);
	expect(one.get('once-both')).toEqual(other.get('once-both'));
	expect(takenBy('once-both')).toHaveLength(1);
});

const byId = (a: MailAnswer, b: MailAnswer) => (a.id < b.id ? -1 : 1);

test('what the mail server says of a recipient is told without its address', async () => {
	const answers = await sendAll(lineOf(owner), [
		...['refused-1', 'full-1', 'content-1', 'later-1', 'fine-1'].map((to) => message(to))
	]);
	expect(answers.get('refused-1')).toMatchObject({ state: 'refused', of: 'recipient', code: 550 });
	expect(answers.get('refused-1')).toHaveProperty(
		'text',
		expect.stringMatching(/^550 5\.1\.1 \(address\):? no such user \(address\)$/)
	);
	expect(answers.get('full-1')).toMatchObject({ state: 'refused', of: 'recipient', code: 552 });
	expect(answers.get('content-1')).toMatchObject({ state: 'refused', of: 'content', code: 554 });
	expect(answers.get('later-1')).toMatchObject({ state: 'sent' });
	expect(answers.get('fine-1')).toMatchObject({ state: 'sent' });
	expect(JSON.stringify([...answers.values()])).not.toContain('people.example');
	expect(JSON.stringify(relay.lines())).not.toMatch(/people\.example|refused-1|Grüße/);
});

test('who is put off again and again can be tried later', async () => {
	const line = lineOf(owner);
	const never = message('never-1');
	const answers = await sendAll(line, [never]);
	expect(answers.get('never-1')).toMatchObject({ state: 'failed', of: 'recipient', code: 451 });
	expect(await line.ask([never.id])).toEqual(ok([{ state: 'unknown', id: never.id }]));
});

test('a message whose answer was lost is unsure, and not sent again', async () => {
	const line = lineOf(owner);
	const cut = message('cut-1');
	expect((await sendAll(line, [cut])).get('cut-1')).toEqual({ state: 'unsure', id: cut.id });
	expect((await sendAll(line, [cut])).get('cut-1')).toEqual({ state: 'unsure', id: cut.id });
	expect(takenBy('cut-1')).toHaveLength(1);
});

test('a mail server that dies gets what it cannot have taken when it is back, and nothing else', async () => {
	const { smtp: own, relay } = frail;
	const line = lineOf(await createWorkspace(relay.url), relay);
	const [early, middle] = [message('early-1'), message('middle-1')];
	const answers = await sendAll(line, [early]);
	expect(answers.get('early-1')).toMatchObject({ state: 'failed', of: 'server', code: 0 });
	await own.again();
	// All of it had left the relay: whether the server has it, only the server knows.
	expect((await sendAll(line, [middle])).get('middle-1')).toMatchObject({ state: 'unsure' });
	await own.again();
	const again = { ...early, to: { name: '', address: 'back-1@people.example' } };
	expect((await sendAll(line, [again, middle])).get('back-1')).toMatchObject({ state: 'sent' });
	expect([...own.counts()]).toEqual([['back-1@people.example', 1]]);
});

test('a relay that was killed knows what it sent, and names what it cannot know', async () => {
	const { smtp: own, relay: first, env } = frail;
	const before = own.taken().length;
	const who = await createWorkspace(first.url);
	const messages = ['fine-1', 'fine-2', 'hang-1', 'hang-2', 'fine-3'].map((to) => message(to));
	const heard: string[] = [];
	const sending = lineOf(who, first).send(messages, ({ state }) => heard.push(state));
	await until(() => own.taken().length === before + 4);
	await first.kill();
	expect((await sending).ok).toBe(false);
	expect(heard).toEqual(['sent', 'sent']);

	const second = await startRelay({ ...env, RELAY_FOLDER: first.folder });
	const line = lineOf(who, second);
	const known = await line.ask(messages.map(({ id }) => id));
	expect(known.ok && known.value.map(({ state }) => state)).toEqual([
		...['sent', 'sent', 'unsure', 'unsure', 'unknown']
	]);
	const answers = await sendAll(line, messages);
	expect([...answers].map(([to, { state }]) => [to, state]).sort()).toEqual([
		...[
			['fine-1', 'sent'],
			['fine-2', 'sent'],
			['fine-3', 'sent'],
			['hang-1', 'unsure'],
			['hang-2', 'unsure']
		]
	]);
	expect([...own.counts().values()].slice(before)).toEqual([1, 1, 1, 1, 1]);
});

test('what is not begun when its sender stops, or is gone, is not sent', async () => {
	const line = lineOf(owner);
	const messages = Array.from({ length: 40 }, (_, n) => message(`stop-${n}`));
	const states: string[] = [];
	const began = performance.now();
	await line.send(messages, ({ state }) => {
		states.push(state);
		if (states.length === 4) line.stop();
	});
	const sent = states.filter((state) => state === 'sent').length;
	// A hundred a second, and never more.
	expect(performance.now() - began).toBeGreaterThan((sent - 1) * 10);
	expect(sent).toBeLessThan(30);
	expect(states.filter((state) => state === 'stopped')).toHaveLength(40 - sent);
	expect(smtp.taken().filter(({ to }) => to.startsWith('stop-'))).toHaveLength(sent);

	const gone = lineOf(owner);
	const left = Array.from({ length: 40 }, (_, n) => message(`gone-${n}`));
	await gone.send(left, () => gone.close());
	await until(async () => (await relay.metric('mail_under_way')) === 0);
	expect(smtp.taken().filter(({ to }) => to.startsWith('gone-')).length).toBeLessThan(30);
});

test('no header can be smuggled in, and no other address', async () => {
	const headers = (more: Record<string, string>) => ({ headers: more });
	const evil: [string, Partial<MailMessage>][] = [
		['subject', { subject: 'Hi\r\nBcc: victim@people.example' }],
		['subject', { subject: 'Hi\u2028Bcc: victim@people.example' }],
		['to', { to: { name: 'A\nBcc: victim@people.example', address: 'a@people.example' } }],
		['to', { to: { name: '', address: 'a@people.example, victim@people.example' } }],
		['to', { to: { name: '', address: 'a@people.example>\r\nRCPT TO:<victim@people.example' } }],
		['to', { to: { name: '', address: 'victim' } }],
		['from', { from: { name: 'B"\r\nBcc: victim@people.example', address: 'news@shop.example' } }],
		['replyTo', { replyTo: 'a@people.example\r\nBcc: victim@people.example' }],
		['headers', headers({ Bcc: 'victim@people.example' })],
		['headers', headers({ 'X-A\r\nBcc': 'victim@people.example' })],
		['headers', headers({ 'X-A': 'b\r\nBcc: victim@people.example' })],
		['headers', headers({ 'Content-Type': 'text/plain' })],
		['html', { html: { path: '/etc/passwd' } as never }],
		['text', { text: { href: 'http://127.0.0.1/' } as never }]
	];
	for (const [where, more] of evil) {
		const bad = message('evil-1', more);
		const heard: MailAnswer[] = [];
		await lineOf(owner).send([bad], (answer) => heard.push(answer));
		expect(heard).toMatchObject([
			{ state: 'invalid', id: bad.id, text: expect.stringContaining(where) }
		]);
	}
	// What only looks like one goes where it belongs.
	const odd = message('odd-1', {
		subject: 'Re: Bcc: victim@people.example =?utf-8?q?=0D=0ABcc:_x?=',
		from: { name: 'victim@people.example, "x" <', address: 'news@shop.example' },
		headers: { 'List-Unsubscribe': '<https://shop.example/u?a=1>', 'X-Campaign': 'a' }
	});
	expect((await sendAll(lineOf(owner), [odd])).get('odd-1')).toMatchObject({ state: 'sent' });
	const [mail] = takenBy('odd-1');
	const head = mail!.text.slice(0, mail!.text.indexOf('\r\n\r\n'));
	expect(head).not.toMatch(/^bcc/im);
	expect(head).toMatch(/^List-Unsubscribe: <https:\/\/shop\.example\/u\?a=1>\r$/m);
	expect(smtp.taken().filter(({ to }) => to.startsWith('victim'))).toEqual([]);
});

test('only owners and editors send, only from the senders there are', async () => {
	const viewer = await join(relay.url, owner, 'viewer');
	const refused = await lineOf(viewer).send([message('viewer-1')], () => {});
	expect(refused).toMatchObject({ ok: false, error: { type: 'forbidden' } });
	const editor = lineOf(await join(relay.url, owner, 'editor'));
	const from = (address: string) => ({ from: { name: '', address } });
	const answers = await sendAll(editor, [
		message('sender-1', from('ceo@other.example')),
		message('sender-2', from('post@sub.shop.example')),
		message('sender-3', from('Post@Other.example'))
	]);
	expect(answers.get('sender-1')).toMatchObject({ state: 'failed', of: 'sender' });
	expect(answers.get('sender-2')).toMatchObject({ state: 'failed', of: 'sender' });
	expect(answers.get('sender-3')).toMatchObject({ state: 'sent' });
	expect(takenBy('viewer-1')).toEqual([]);
	const elsewhere = await createWorkspace(relay.url);
	const sent = message('theirs-1');
	await sendAll(editor, [sent]);
	expect(await lineOf(elsewhere).ask([sent.id])).toEqual(ok([{ state: 'unknown', id: sent.id }]));
});

test('a relay says what it can', async () => {
	const asker = await Asker.open(relay.url);
	const token = await tokenOf(relay.url, owner);
	expect(await asker.call('capabilities', { token })).toEqual({
		mail: {
			senders: ['shop.example', 'post@other.example'],
			...{ perSecond: 100, store: expect.stringMatching(/^\w{22}$/) }
		}
	});
	asker.close();
});
