import { jsonFrom } from '$lib/json';
import { err, ok, type Result } from '$lib/result';
import type { AskFailure } from './ask';
import {
	MailReply,
	mailLimits,
	type MailAnswer,
	type MailFrame,
	type MailMessage
} from './mail-protocol';
import type { MailOffer } from './mail-offer';
import { paths } from './protocol';

/** A way to hand messages to a relay's mail server. One thing at a time, `stop` apart. */
export interface MailLine {
	/** What the relay's mail server is. `unreachable` also where there is none. */
	offer(): Promise<Result<MailOffer, AskFailure>>;
	/** What became of messages that were handed over. */
	ask(ids: readonly string[]): Promise<Result<readonly MailAnswer[], AskFailure>>;
	/**
	 * Hands over a batch of up to `mailLimits.batch`; `onanswer` hears of each message. Where the connection breaks, what
	 * was not heard of is to be asked for.
	 */
	send(
		messages: readonly MailMessage[],
		onanswer: (answer: MailAnswer) => void
	): Promise<Result<void, AskFailure>>;
	/** Those of the batch that were not begun are not to be. */
	stop(): void;
	close(): void;
}

/** Milliseconds: until a first answer is not waited for any more, and between signs of life while a batch is sent. */
const [patience, signs] = [20_000, 30_000];

/** `relay`: its address. `token`: what it knows this member by now. */
export function mailLine(
	relay: string,
	token: () => Promise<Result<string, AskFailure>>
): MailLine {
	let socket: WebSocket | undefined;
	/** Hears nothing where the connection broke. */
	let hear: ((reply: MailReply | undefined) => void) | undefined;

	const broken: AskFailure = { type: 'unreachable', message: 'The connection broke.' };
	const say = (frame: MailFrame) => socket?.send(JSON.stringify(frame));

	function open(): Promise<Result<WebSocket, AskFailure>> {
		const nobody: AskFailure = { type: 'unreachable', message: `Nothing answers at ${relay}.` };
		return new Promise((resolve) => {
			const made = new WebSocket(relay.replace(/\/$/, '') + paths.mail);
			const late = setTimeout(() => made.close(), patience);
			made.onopen = () => {
				clearTimeout(late);
				socket = made;
				resolve(ok(made));
			};
			made.onmessage = ({ data }: MessageEvent<unknown>) => {
				const reply = MailReply.safeParse(jsonFrom(data));
				if (reply.success && socket === made) hear?.(reply.data);
			};
			made.onerror = () => undefined; // its close says it too
			made.onclose = () => {
				clearTimeout(late);
				resolve(err(nobody));
				if (socket !== made) return;
				socket = undefined;
				hear?.(undefined);
			};
		});
	}

	/** Hears replies until `take` gives what came of it. Where nothing comes in time, the connection is given up. */
	function until<T>(
		take: (reply: MailReply) => Result<T, AskFailure> | undefined,
		{ isLong = false } = {}
	): Promise<Result<T, AskFailure>> {
		return new Promise((resolve) => {
			let isAsked = false;
			const end = (answer: Result<T, AskFailure>) => {
				clearTimeout(timer);
				hear = undefined;
				resolve(answer);
			};
			/** A batch takes its time; whether the relay is still there, a question about nothing tells. */
			const onsilence = () => {
				if (!isLong || isAsked) return giveUp();
				isAsked = true;
				say({ type: 'ask', ids: [] });
				timer = setTimeout(onsilence, patience);
			};
			const giveUp = () => {
				socket?.close();
				socket = undefined;
				end(err({ type: 'unreachable', message: 'The relay does not answer.' }));
			};
			let timer = setTimeout(onsilence, isLong ? signs : patience);
			hear = (reply) => {
				if (!reply) return end(err(broken));
				if (isLong) {
					clearTimeout(timer);
					timer = setTimeout(onsilence, signs);
				}
				// To the question about nothing: that it was answered is all.
				const isSign = isAsked && (reply.type === 'known' || reply.type === 'refused');
				isAsked = false;
				if (isSign) return;
				const taken = take(reply);
				if (taken) end(taken);
			};
		});
	}

	async function hello(): Promise<Result<MailOffer, AskFailure>> {
		const opened = socket ? ok(socket) : await open();
		if (!opened.ok) return opened;
		const known = await token();
		if (!known.ok) return known;
		say({ type: 'hello', token: known.value });
		return until((reply) =>
			reply.type === 'ready'
				? ok(reply.offer)
				: reply.type === 'refused'
					? err(reply.error)
					: undefined
		);
	}

	/** As who we are; again where the token ran out meanwhile. */
	async function asMember<T>(
		work: () => Promise<Result<T, AskFailure>>
	): Promise<Result<T, AskFailure>> {
		if (socket) {
			const answer = await work();
			if (answer.ok || answer.error.type !== 'unauthorised') return answer;
		}
		const greeted = await hello();
		return greeted.ok ? work() : greeted;
	}

	return {
		offer: hello,
		ask: (ids) =>
			asMember(async () => {
				const answers: MailAnswer[] = [];
				for (let from = 0; from < ids.length; from += mailLimits.ids) {
					say({ type: 'ask', ids: ids.slice(from, from + mailLimits.ids) });
					const known = await until((reply) =>
						reply.type === 'known'
							? ok(reply.answers)
							: reply.type === 'refused'
								? err(reply.error)
								: undefined
					);
					if (!known.ok) return known;
					answers.push(...known.value);
				}
				return ok(answers);
			}),
		send: (messages, onanswer) =>
			asMember(async () => {
				say({ type: 'send', messages: [...messages] });
				return until<void>(
					(reply) => {
						if (reply.type === 'answer') onanswer(reply.answer);
						if (reply.type === 'end') return ok(undefined);
						return reply.type === 'refused' ? err(reply.error) : undefined;
					},
					{ isLong: true }
				);
			}),
		stop: () => say({ type: 'stop' }),
		close() {
			const closing = socket;
			socket = undefined;
			closing?.close();
			hear?.(undefined);
		}
	};
}
