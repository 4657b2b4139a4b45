import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { OutgoingMessage } from '$lib/campaigns/hand-over/outgoing';
import { sendingApi } from '$lib/campaigns/sending/queries';
import { Sending } from '$lib/campaigns/sending/sending.svelte';
import SendingProgress from '$lib/campaigns/sending/SendingProgress.svelte';
import { ok } from '$lib/result';
import type { MailLine } from '$lib/sync/mail';
import type { MailAnswer } from '$lib/sync/mail-protocol';
import { freezeByHand } from '../../fixtures/campaign-run';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()), 60_000);
afterAll(() => database.close());
afterEach(cleanup);

const sender = 'news@shop.example';
const text = '250 taken';
const sent = (id: string): MailAnswer => ({ state: 'sent', id, at: Date.now(), code: 250, text });

/** A relay that says of each message what it is told to. */
function lineTo(answerTo: (id: string, to: string) => MailAnswer): () => MailLine {
	return () => ({
		offer: async () => ok({ senders: ['shop.example'], perSecond: 10, store: 's'.repeat(22) }),
		ask: async (ids) => ok(ids.map((id) => ({ state: 'unknown', id }))),
		async send(messages, onanswer) {
			for (const { id, to } of messages) onanswer(answerTo(id, to.address));
			return ok(undefined);
		},
		stop() {},
		close() {}
	});
}

async function show(run: string, names: readonly string[], line: () => MailLine): Promise<void> {
	await freezeByHand(database, run, names);
	const sending = new Sending({
		...{ run, ref: run, sender, line },
		worker: sendingApi(database),
		render: async (due) =>
			due.map(({ place, address }): OutgoingMessage => ({
				...{ place, messageId: '', subject: 'News', html: '', text: '', headers: {} },
				...{ to: { name: '', address }, from: { name: '', address: sender } }
			})),
		alone: async (work) => {
			await work();
			return true;
		}
	});
	await sending.look();
	render(SendingProgress, { sending });
}
const fact = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling;

test('whom nobody knows of is named, to be sent again or left', async () => {
	const user = userEvent.setup();
	const asked: string[] = [];
	await show(
		'r1',
		['ana', 'bo', 'cy'],
		lineTo((id, to) => {
			asked.push(id);
			return to.startsWith('ana') || id.includes('-') ? sent(id) : { state: 'unsure', id };
		})
	);
	expect(screen.getByText('Not sent yet')).toBeVisible();
	await user.click(screen.getByRole('button', { name: 'Send' }));
	const unsure = within(await screen.findByRole('region', { name: 'Unsure' }));
	expect(unsure.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual([
		...['bo@People.example', 'cy@People.example']
	]);
	expect(fact('Sent')).toHaveTextContent('1');
	expect(fact('Unsure')).toHaveTextContent('2');

	await user.click(unsure.getByRole('button', { name: 'Send again to bo@People.example' }));
	await expect.poll(() => unsure.queryAllByRole('rowheader').length).toBe(1);
	expect(asked).toHaveLength(4);
	expect(asked[3]).toBe(`${asked[1]}-2`);
	await user.click(unsure.getByRole('button', { name: 'Leave cy@People.example' }));
	await expect.poll(() => screen.queryByRole('region', { name: 'Unsure' })).toBe(null);
	expect(fact('Sent')).toHaveTextContent('2');
	expect(fact('Unsure')).toHaveTextContent('1');
	expect(asked).toHaveLength(4);
});

test('what is in the way is said, and whoever was not taken can be tried again', async () => {
	const user = userEvent.setup();
	let isRight = false;
	await show(
		'r2',
		['di', 'ed'],
		lineTo((id) =>
			isRight
				? sent(id)
				: { state: 'failed', id, of: 'server', code: 535, text: '535 5.7.8 wrong password' }
		)
	);
	await user.click(screen.getByRole('button', { name: 'Send' }));
	expect(await screen.findByRole('alert')).toHaveTextContent('535 5.7.8 wrong password');
	expect(fact('Left')).toHaveTextContent('2');
	expect(screen.queryByText('Refused')).toBe(null);
	isRight = true;
	await user.click(screen.getByRole('button', { name: 'Send' }));
	await expect.poll(() => fact('Sent')?.textContent).toBe('2');
	expect(screen.queryByRole('alert')).toBe(null);
	expect(screen.queryByRole('button', { name: 'Send' })).toBe(null);
});
