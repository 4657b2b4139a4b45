import { SvelteMap } from 'svelte/reactivity';
import { keepError } from '$lib/errors';
import { pause } from '$lib/pause';
import type { MailOffer } from '$lib/sync/mail-offer';
import type { MailLine } from '$lib/sync/mail';
import { mailLimits, type MailAnswer, type MailMessage } from '$lib/sync/mail-protocol';
import { noMessage, type OutgoingMessage } from '../hand-over/outgoing';
import type { RecipientStatus } from '../run/run';
import { checked, packed } from './batches';
import { senderRefusal } from './describe';
import { settledBy, settledLeft, troubleIn, type Trouble } from './outcome';
import { Pace } from './pace';
import type { SendingApi } from './queries';
import type { DueRecipient, SendingCounts, Settled, UnsureRecipient } from './recipient';
import { withOneClick } from './unsubscribe';

export interface SendingParts {
	/** The id of the frozen audience. */
	readonly run: string;
	/** What the campaign's events call it. */
	readonly ref: string;
	/** The address that messages are from. */
	readonly sender: string;
	readonly worker: Omit<SendingApi, 'dueMessages'>;
	/** Makes the messages of a batch. Those who are left out can be sent none. */
	readonly render: (due: readonly DueRecipient[]) => Promise<readonly OutgoingMessage[]>;
	readonly line: () => MailLine;
	/** Runs work while no other tab of this browser does the same; false where one does. */
	readonly alone?: (work: () => Promise<void>) => Promise<boolean>;
	readonly now?: () => number;
	/** Milliseconds before it goes on by itself after something was in the way, each time; the last one from then on. */
	readonly pauses?: readonly number[];
}

export type SendingState =
	/** Nothing is under way. */
	| { readonly status: 'resting' }
	/** What became of those who were on their way is found out. */
	| { readonly status: 'checking' }
	| { readonly status: 'sending' }
	/** What is begun is waited for. */
	| { readonly status: 'stopping' }
	/** Something is in the way that may pass: it goes on by itself at `until`, in epoch milliseconds. */
	| { readonly status: 'waiting'; readonly trouble: Trouble; readonly until: number }
	/** Something is in the way that does not pass by itself. */
	| { readonly status: 'held'; readonly trouble: Trouble }
	/** Another tab of this browser sends. */
	| { readonly status: 'elsewhere' }
	/** Everybody was come to. Some may be left whom the mail server would not take for now. */
	| { readonly status: 'done' };

/** What came of one batch. */
interface Step {
	/** The place up to which everybody was come to. */
	readonly after?: number | undefined;
	readonly trouble?: Trouble | undefined;
	readonly isDone?: boolean | undefined;
}

const none: SendingCounts = { frozen: 0, sending: 0, sent: 0, refused: 0, unsure: 0, withheld: 0 };

/** Milliseconds: between writings down while a batch is sent, and between questions about what is under way. */
const [writeEvery, askEvery] = [2_000, 1_000];

/** Sends a frozen audience its messages, each once. What is written down is what counts: it may be dropped at any time. */
export class Sending {
	readonly #parts: SendingParts;
	readonly #now: () => number;
	readonly #pace = new Pace();
	#state = $state.raw<SendingState>({ status: 'resting' });
	#counts = $state.raw<SendingCounts>(none);
	#perSecond = $state.raw<number | undefined>(undefined);
	#unsure = $state.raw<readonly UnsureRecipient[]>([]);
	/** By place, why somebody was not taken for now. */
	readonly #later = new SvelteMap<number, string>();
	#going: Promise<void> | undefined;
	#stopping = new AbortController();
	#line: MailLine | undefined;

	constructor(parts: SendingParts) {
		this.#parts = parts;
		this.#now = parts.now ?? Date.now;
	}

	get state(): SendingState {
		return this.#state;
	}

	get counts(): SendingCounts {
		return this.#counts;
	}

	/** How many were not taken for now, and why the last one was not. They can be tried again. */
	get later(): { readonly count: number; readonly why: string } {
		return { count: this.#later.size, why: [...this.#later.values()].at(-1) ?? '' };
	}

	/** Some of those of whom nobody knows whether they were sent to. */
	get unsure(): readonly UnsureRecipient[] {
		return this.#unsure;
	}

	/** Messages a second, lately; nothing while that is not known. */
	get perSecond(): number | undefined {
		return this.#perSecond;
	}

	/** Seconds. */
	get timeLeft(): number | undefined {
		const rate = this.#perSecond;
		const left = this.#counts.frozen + this.#counts.sending - this.#later.size;
		return rate ? Math.max(0, left) / rate : undefined;
	}

	/** Looks how it stands, without sending anything. */
	async look(): Promise<void> {
		const { worker, run } = this.#parts;
		this.#counts = await worker.sendingCounts(run);
		this.#unsure = await worker.unsureRecipients(run, 200);
	}

	/** Sends, or goes on; resolves when nothing is under way any more. */
	go(): Promise<void> {
		return (this.#going ??= this.#go().finally(() => (this.#going = undefined)));
	}

	/** Stops after what is begun. The others stay, and can be sent to later. Resolves when nothing is under way. */
	async stop(): Promise<void> {
		if (!this.#going) return;
		this.#state = { status: 'stopping' };
		this.#stopping.abort();
		this.#line?.stop();
		await this.#going;
	}

	/** Has messages sent again of which nobody knows, with the next `go`. */
	async sendAgain(places: readonly number[]): Promise<void> {
		await this.#parts.worker.sendUnsureAgain(crypto.randomUUID(), this.#parts.run, places);
		await this.look();
	}

	/** Leaves it at not knowing. */
	async leave(places: readonly number[]): Promise<void> {
		await this.#parts.worker.leaveUnsure(crypto.randomUUID(), this.#parts.run, places);
		await this.look();
	}

	async #go(): Promise<void> {
		const { run, line, alone = (work) => locked(run, work) } = this.#parts;
		this.#stopping = new AbortController();
		this.#later.clear();
		const opened = (this.#line = line());
		try {
			const isAlone = await alone(() => this.#sendAll(opened));
			if (!isAlone) this.#state = { status: 'elsewhere' };
			await this.look();
		} catch (error) {
			keepError('write', error);
			const text = 'This device’s database did not answer.';
			this.#state = { status: 'held', trouble: { of: 'device', text, isPassing: false } };
		} finally {
			opened.close();
		}
	}

	async #sendAll(line: MailLine): Promise<void> {
		await this.look();
		let after = -1;
		let offer: MailOffer | undefined;
		let troubles = 0;
		while (!this.#stopping.signal.aborted) {
			const begun = offer ? { offer } : await this.#begin(line);
			offer = begun.offer;
			const step: Step = offer ? await this.#sendNext(line, offer, after) : begun;
			if (step.after !== undefined) after = step.after;
			if (this.#stopping.signal.aborted) break;
			if (step.isDone) return this.#end({ status: 'done' });
			const { trouble } = step;
			if (!trouble) {
				troubles = 0;
				continue;
			}
			if (!trouble.isPassing) return this.#end({ status: 'held', trouble });
			await this.#wait(trouble, troubles++);
			offer = undefined;
			if (trouble.of === 'deferrals') continue;
			// Who was not taken since the server was away may be now.
			after = -1;
			this.#later.clear();
		}
		this.#end({ status: 'resting' });
	}

	async #wait(trouble: Trouble, before: number): Promise<void> {
		const { pauses = [5_000, 15_000, 60_000, 300_000] } = this.#parts;
		const wait = pauses[Math.min(before, pauses.length - 1)] ?? 0;
		this.#state = { status: 'waiting', trouble, until: this.#now() + wait };
		await pause(wait, this.#stopping.signal).catch(() => undefined);
	}

	#end(state: SendingState): void {
		this.#state = state;
	}

	/** Asks the relay whether it sends for this sender, and what became of those who were left on their way. */
	async #begin(line: MailLine): Promise<{ offer?: MailOffer; trouble?: Trouble }> {
		const sender = this.#parts.sender.trim();
		this.#say('checking');
		const offer = await line.offer();
		if (!offer.ok) return { trouble: troubleOf(offer.error) };
		const text = senderRefusal(sender, offer.value.senders);
		if (text !== undefined) return { trouble: { of: 'sender', text, isPassing: false } };
		return { offer: offer.value };
	}

	/** One batch, after what was left on its way is settled. Gives how far it came, or what is in the way. */
	async #sendNext(line: MailLine, offer: MailOffer, after: number): Promise<Step> {
		const { run, worker } = this.#parts;
		const unsettled = await this.#settleLeft(line, offer);
		if (unsettled) return { trouble: unsettled };
		if (this.#stopping.signal.aborted) return {};

		this.#say('sending');
		const due = await worker.claimRecipients(crypto.randomUUID(), {
			...{ run, after, limit: mailLimits.batch, store: offer.store, now: this.#now() }
		});
		if (due.last === null) return { isDone: true };
		this.#move('frozen', 'withheld', due.withheld);
		this.#move('frozen', 'sending', due.recipients.length);
		const trouble = await this.#handOver(line, due.recipients);
		return { after: due.last, trouble };
	}

	/** Asks the relay about those who are on their way by what is written down, until nobody is. */
	async #settleLeft(line: MailLine, offer: MailOffer): Promise<Trouble | undefined> {
		const { run, worker } = this.#parts;
		for (;;) {
			const left = await worker.leftRecipients(run, mailLimits.ids);
			if (left.length === 0) return;
			this.#say('checking');
			const own = left.filter(({ store }) => store === offer.store);
			const answers = await line.ask(own.map(({ messageId }) => messageId));
			if (!answers.ok) return troubleOf(answers.error);
			const byId = new Map(answers.value.map((answer) => [answer.id, answer]));
			const settled = left.flatMap(
				(one) => settledLeft(one, byId.get(one.messageId), offer.store, this.#now()) ?? []
			);
			await this.#write(settled);
			if (this.#stopping.signal.aborted) return;
			// The relay is still at some of them.
			if (settled.length === 0) await pause(askEvery);
		}
	}

	/** Hands over those that are claimed, and writes down what becomes of them. */
	async #handOver(line: MailLine, due: readonly DueRecipient[]): Promise<Trouble | undefined> {
		let messages: readonly MailMessage[];
		try {
			messages = await this.#messagesOf(due);
		} catch (error) {
			await this.#write(due.map(({ place }) => ({ place, state: 'frozen', at: this.#now() })));
			const text = error instanceof Error ? error.message : String(error);
			return { of: 'rendering', text, isPassing: false };
		}
		const places = new Map(due.map(({ place, messageId }) => [messageId, place]));
		const made = new Set(messages.map(({ id }) => id));
		const notMade = due.filter(({ messageId }) => !made.has(messageId));
		let unwritten: Settled[] = notMade.map(({ place }) => ({
			...{ place, state: 'withheld', at: this.#now() },
			diagnostic: noMessage
		}));
		let writing = Promise.resolve();
		let written = this.#now();
		const write = () => {
			const batch = unwritten;
			unwritten = [];
			written = this.#now();
			writing = writing.then(() => this.#write(batch));
		};
		const heard: MailAnswer[] = [];
		const hear = (answer: MailAnswer) => {
			const place = places.get(answer.id);
			const settled = place === undefined ? undefined : settledBy(answer, place, this.#now());
			if (!settled) return;
			heard.push(answer);
			unwritten.push(settled);
			if (answer.state === 'failed') this.#later.set(settled.place, answer.text);
			if (settled.state !== 'frozen') this.#paced();
			if (this.#now() - written > writeEvery) write();
		};
		const { fitting, unfit } = checked(messages);
		for (const answer of unfit) hear(answer);
		for (const some of packed(fitting)) {
			if (this.#stopping.signal.aborted) {
				for (const { id } of some) hear({ state: 'stopped', id });
				continue;
			}
			const sent = await line.send(some, hear);
			if (sent.ok) continue;
			// What was not heard of stays on its way, and is asked for when the relay is back.
			write();
			await writing;
			return troubleOf(sent.error);
		}
		write();
		await writing;
		return troubleIn(heard);
	}

	async #messagesOf(due: readonly DueRecipient[]): Promise<readonly MailMessage[]> {
		const made = new Map((await this.#parts.render(due)).map((one) => [one.place, one]));
		return due.flatMap(({ place, messageId: id }) => {
			const one = made.get(place);
			if (!one) return [];
			const { place: _, headers, ...message } = one;
			// Sent again on purpose it is known by another id, and stays the same message.
			return { ...message, id, messageId: id.split('-')[0], headers: withOneClick(headers) };
		});
	}

	async #write(settled: readonly Settled[]): Promise<void> {
		if (settled.length === 0) return;
		const { worker, run, ref } = this.#parts;
		await worker.settleRecipients(crypto.randomUUID(), { run, ref, settled });
		for (const { state } of settled) this.#move('sending', state, 1);
		if (settled.some(({ state }) => state === 'unsure'))
			this.#unsure = await worker.unsureRecipients(run, 200);
	}

	#move(from: RecipientStatus, to: RecipientStatus, count: number): void {
		if (from === to) return;
		const counts = this.#counts;
		this.#counts = { ...counts, [from]: counts[from] - count, [to]: counts[to] + count };
	}

	#paced(): void {
		const at = performance.now();
		this.#pace.add(1, at);
		this.#perSecond = this.#pace.perSecond(at);
	}

	#say(status: 'checking' | 'sending'): void {
		if (this.#state.status !== 'stopping') this.#state = { status };
	}
}

/** Of what the relay itself answered, or did not. */
function troubleOf({ type, message }: { type: string; message: string }): Trouble {
	const isPassing = /^(unreachable|unavailable|tooMany)$/.test(type);
	return { of: 'relay', text: message, isPassing };
}

/** Under a lock that one tab of this browser has at a time. */
async function locked(run: string, work: () => Promise<void>): Promise<boolean> {
	return navigator.locks.request(`winnow:sending:${run}`, { ifAvailable: true }, async (lock) => {
		if (!lock) return false;
		await work();
		return true;
	});
}
