import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { MailMessage } from '$lib/sync/mail-protocol';
import { sql } from '$lib/sql';
import { randomId } from '$lib/workspace/random-id';
import { setUpTables, type Database } from '../../../src/relay/database';
import { openFolder } from '../../../src/relay/folder';
import { Metrics } from '../../../src/relay/metrics';
import { diagnosticOf } from '../../../src/relay/smtp/diagnostic';
import { Outbox } from '../../../src/relay/smtp/outbox';
import { deliveryOf, type Delivery } from '../../../src/relay/smtp/server';
import { until } from '../../fixtures/relay-device';

const folder = mkdtempSync(join(tmpdir(), 'winnow-outbox-'));
const workspace = randomId(22);
let database: Database;

beforeAll(async () => {
	database = await openFolder(folder);
	await setUpTables(database);
	await database.run(sql`insert into workspace(id) values (${workspace})`);
});
afterAll(async () => {
	await database.close();
	rmSync(folder, { recursive: true, force: true });
});

/** A relay's outbox, whose mail server answers when it is told to. */
function outbox({ isShared = true, connections = 2 } = {}) {
	const handed: { id: string; answer: (delivery: Delivery) => void }[] = [];
	const box = new Outbox({
		server: {
			deliver: ({ id }) => new Promise((answer) => handed.push({ id, answer })),
			close: () => undefined
		},
		...{ database, metrics: new Metrics(), perSecond: 1000, connections, isShared }
	});
	return { box, handed };
}
const message = (): MailMessage => ({
	...{ id: randomId(40), subject: '', html: '', text: '', headers: {} },
	to: { name: '', address: 'a@people.example' },
	from: { name: '', address: 'news@shop.example' }
});
const wanted = () => true;
const sent: Delivery = { state: 'sent', code: 250, text: '250 taken' };

test('relays on one database do not send what another has begun', async () => {
	const [one, other] = [outbox(), outbox()];
	const first = message();
	const sending = one.box.send(workspace, first, wanted);
	await until(() => one.handed.length === 1);
	expect(await other.box.send(workspace, first, wanted)).toEqual({
		state: 'pending',
		id: first.id
	});
	expect(await other.box.known(workspace, [first.id])).toMatchObject([{ state: 'pending' }]);
	one.handed[0]!.answer(sent);
	expect(await sending).toMatchObject({ state: 'sent' });
	expect(await other.box.send(workspace, first, wanted)).toMatchObject({ state: 'sent' });
	expect(other.handed).toEqual([]);
	await Promise.all([one.box.stop(), other.box.stop()]);
});

test('what another has begun and does not look after any more is unsure, and stays so', async () => {
	const [gone, other, alone] = [outbox(), outbox(), outbox({ isShared: false })];
	const left = message();
	void gone.box.send(workspace, left, wanted);
	await until(() => gone.handed.length === 1);
	// No other relay can be at a folder: who began it is gone for certain.
	expect(await alone.box.known(workspace, [left.id])).toEqual([{ state: 'unsure', id: left.id }]);
	await database.run(sql`update mail set at = now() - interval '1 minute' where id = ${left.id}`);
	expect(await other.box.send(workspace, left, wanted)).toEqual({ state: 'unsure', id: left.id });
	expect(other.handed).toEqual([]);
	gone.handed[0]!.answer(sent);
});

test('what has ended while it is asked about is not taken for unsure', async () => {
	const { box, handed } = outbox();
	const one = message();
	const sending = box.send(workspace, one, wanted);
	await until(() => handed.length === 1);
	const known = box.known(workspace, [one.id]);
	handed[0]!.answer(sent);
	expect(await known).toEqual([{ state: 'pending', id: one.id }]);
	await sending;
	expect(await box.known(workspace, [one.id])).toMatchObject([{ state: 'sent' }]);
	await box.stop();
});

test('a stopping relay waits for what is begun, and begins nothing more', async () => {
	const { box, handed } = outbox({ connections: 1 });
	const [begun, queued] = [message(), message()];
	const answers = [begun, queued].map((one) => box.send(workspace, one, wanted));
	await until(() => handed.length === 1);
	const stopping = box.stop();
	handed[0]!.answer(sent);
	await stopping;
	expect((await Promise.all(answers)).map(({ state }) => state)).toEqual(['sent', 'stopped']);
	expect(handed).toHaveLength(1);
});

test('what is never written down is never sent', async () => {
	vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const { box, handed } = outbox();
	const nowhere = message();
	// There is no such workspace: the row is refused.
	const answer = await box.send(randomId(22), nowhere, wanted);
	expect(answer).toMatchObject({ state: 'failed', of: 'relay' });
	expect(handed).toEqual([]);
	vi.restoreAllMocks();
});

const address = 'bob.b@people.example';

test.each([
	['EENVELOPE', 'RCPT TO', '550 5.1.1 no', false, 'refused', 'recipient'],
	['EENVELOPE', 'RCPT TO', '451 4.7.1 later', false, 'failed', 'recipient'],
	['EMESSAGE', 'DATA', '554 5.7.1 spam', true, 'refused', 'content'],
	['EMESSAGE', 'DATA', '452 4.3.1 full', true, 'failed', 'content'],
	['EENVELOPE', 'DATA', '503 5.5.1 out of turn', false, 'failed', 'content'],
	['EENVELOPE', 'MAIL FROM', '550 5.7.1 not yours', false, 'failed', 'sender'],
	['EAUTH', 'AUTH PLAIN', '535 5.7.8 no', false, 'failed', 'server'],
	['EPROTOCOL', 'CONN', '554 go away', false, 'failed', 'server'],
	['ECONNECTION', 'CONN', '421 closing', true, 'failed', 'server'],
	['ECONNECTION', 'CONN', undefined, false, 'failed', 'server'],
	['ECONNECTION', 'CONN', undefined, true, 'unsure', undefined],
	['ETIMEDOUT', 'CONN', undefined, true, 'unsure', undefined]
] as const)('%s at %s with “%s”, handed over whole: %s: %s of %s', (...row) => {
	const [code, command, response, isTaken, state, of] = row;
	const error = {
		code,
		command,
		response,
		responseCode: Number(response?.slice(0, 3)) || undefined
	};
	expect(deliveryOf(error, isTaken, address)).toMatchObject({ state, ...(of && { of }) });
});

test('what a mail server says is kept without addresses, in one line', () => {
	expect(
		diagnosticOf('550-5.1.1 <bob.b@people.example>\r\n550 no such user BOB.B here', address)
	).toBe('550-5.1.1 (address) 550 no such user (address) here');
	expect(diagnosticOf('550 other@x.example is full', address)).toBe('550 (address) is full');
	expect(diagnosticOf(`550 ${'long '.repeat(200)}`, address)).toHaveLength(300);
});
