import type { RawData, WebSocket } from 'ws';
import { jsonFrom } from '$lib/json';
import { maySend } from '$lib/sync/mail-offer';
import { MailFrame, MailMessage, type MailAnswer, type MailReply } from '$lib/sync/mail-protocol';
import { closeCodes, limits } from '$lib/sync/protocol';
import type { Bucket } from '../bucket';
import { askerOf, type Asking } from '../calls/asking';
import { say, whyOf } from '../say';
import type { Outbox } from './outbox';

/** Milliseconds without a word, and with nothing under way, after which a socket is closed. */
const idle = 120_000;

/** Answers one socket on `/mail`. `all` bounds what comes from its address, over all its sockets. */
export function answerMail(ws: WebSocket, all: Bucket, asking: Asking, outbox: Outbox): void {
	let token: string | undefined;
	/** The batch that is under way, until it is not wanted any more. */
	let batch: { isWanted: boolean } | undefined;
	let last = Promise.resolve();
	const end = setInterval(() => !batch && ws.close(1000, 'idle'), idle);

	const send = (reply: MailReply) => ws.send(JSON.stringify(reply), () => undefined);

	ws.on('close', () => {
		clearInterval(end);
		if (batch) batch.isWanted = false;
	});
	ws.on('message', (data: RawData, isBinary: boolean) => {
		end.refresh();
		const bytes = new Uint8Array(data as Buffer);
		// Who is nobody yet has nothing long to say.
		if (isBinary || (token === undefined && bytes.length > limits.ask))
			return ws.close(1009, 'too large');
		const frame = MailFrame.safeParse(jsonFrom(new TextDecoder().decode(bytes)));
		if (!frame.success) return ws.close(closeCodes.unauthorised, 'invalid');
		if (!all.take(1, performance.now())) return ws.close(closeCodes.tooMany, 'flood');
		const { data: said } = frame;
		ws.pause();
		last = last
			.then(() => answer(said))
			.catch((error: unknown) => {
				say('error', 'mail failed', { why: whyOf(error) });
				ws.close(closeCodes.restart, 'unavailable');
			})
			.then(() => ws.resume());
	});

	async function answer(said: MailFrame): Promise<void> {
		if (said.type === 'stop') {
			if (batch) batch.isWanted = false;
			return;
		}
		if (said.type === 'hello') token = said.token;
		// Each time: a member may be removed, or be no editor any more.
		const asker = await askerOf(token ?? '', asking, ['owner', 'editor']);
		if (!asker.ok) {
			if (said.type === 'hello') token = undefined;
			return send({ type: 'refused', error: asker.error });
		}
		const { ws: workspace } = asker.value.claims;
		switch (said.type) {
			case 'hello':
				return send({ type: 'ready', offer: asking.mail! });
			case 'ask':
				return send({ type: 'known', answers: await outbox.known(workspace, said.ids) });
			case 'send':
				if (batch) return ws.close(closeCodes.unauthorised, 'one batch at a time');
				// Not waited for: meanwhile it may be stopped.
				void handOver(workspace, said.messages);
		}
	}

	async function handOver(workspace: string, messages: readonly { id: string }[]): Promise<void> {
		const mine = (batch = { isWanted: true });
		const counts = new Map<string, number>();
		await Promise.all(
			messages.map(async (given) => {
				const answer = await answerTo(workspace, given, () => mine.isWanted);
				counts.set(answer.state, (counts.get(answer.state) ?? 0) + 1);
				send({ type: 'answer', answer });
			})
		);
		batch = undefined;
		say('info', 'mail', { workspace, ...Object.fromEntries(counts) });
		send({ type: 'end' });
	}

	async function answerTo(
		workspace: string,
		given: { id: string },
		isWanted: () => boolean
	): Promise<MailAnswer> {
		const { id } = given;
		const message = MailMessage.safeParse(given);
		if (!message.success) {
			const where = message.error.issues.map(({ path }) => path.join('.')).join(', ');
			return { state: 'invalid', id, text: `Not as it should be: ${where}` };
		}
		if (!maySend(message.data.from.address, asking.mail!.senders)) {
			const text = 'The relay may not send from this address.';
			return { state: 'failed', id, of: 'sender', code: 0, text };
		}
		return outbox.send(workspace, message.data, isWanted).catch((error: unknown): MailAnswer => {
			say('error', 'mail failed', { workspace, why: whyOf(error) });
			// Nothing is known of it now: whoever asks later is told by what is written down.
			return { state: 'pending', id };
		});
	}
}
