import { randomId } from '$lib/workspace/random-id';
import { pause } from '$lib/pause';
import type { MailAnswer, MailMessage } from '$lib/sync/mail-protocol';
import { sql } from '$lib/sql';
import type { Database } from '../database';
import type { Metrics } from '../metrics';
import { say, whyOf } from '../say';
import type { Delivery, MailServer } from './server';
import { Turns } from './turns';

/** Milliseconds before a message is tried again that could not be handed over. */
const pauses = [500, 2_000];

/** Milliseconds after which a relay that said nothing of what it began is gone, and between its saying so. */
const [goneAfter, touchEvery] = [30_000, 10_000];

interface Row {
	readonly id: string;
	readonly state: 'begun' | 'sent' | 'refused' | 'unsure';
	readonly process: string;
	readonly code: number | null;
	readonly text: string | null;
	readonly refused: 'recipient' | 'content' | null;
	readonly at: Date;
	readonly age: number;
}

/** A message on its way, and who wants it: one that came again is wanted by both. */
interface UnderWay {
	readonly answer: Promise<MailAnswer>;
	readonly wanting: (() => boolean)[];
}

/** What came of trying once, and whether it may help to try again. */
interface Tried {
	readonly answer: MailAnswer;
	readonly isPassing: boolean;
}

const over = (answer: MailAnswer): Tried => ({ answer, isPassing: false });

interface OutboxParts {
	readonly database: Database;
	readonly server: MailServer;
	readonly metrics: Metrics;
	readonly perSecond: number;
	readonly connections: number;
	/** Whether other relays may be at the same database. */
	readonly isShared: boolean;
}

/**
 * Hands messages to the mail server, each at most once: that it begins is on disk before the server hears of it, and what
 * was begun is never begun again, unless the server is known not to have taken it.
 */
export class Outbox {
	readonly #parts: OutboxParts;
	readonly #turns: Turns;
	/** This start of this relay. */
	readonly #process = randomId(22);
	/** By workspace and id, what is under way here. */
	readonly #underWay = new Map<string, UnderWay>();
	/** Those of it that are begun. */
	readonly #begun = new Set<string>();
	/** Those whose end could not be noted. */
	readonly #lost = new Set<string>();
	readonly #touching: ReturnType<typeof setInterval>;
	#isStopping = false;

	constructor(parts: OutboxParts) {
		this.#parts = parts;
		this.#turns = new Turns(parts.connections, parts.perSecond);
		this.#touching = setInterval(() => void this.#touch(), touchEvery);
		parts.metrics.gauge('mail_under_way', () => this.#underWay.size);
	}

	/**
	 * Sends a message and says what came of it; of one that was sent before, what came of that. It is not begun once
	 * nobody wants it any more.
	 */
	send(workspace: string, message: MailMessage, isWanted: () => boolean): Promise<MailAnswer> {
		const key = keyOf(workspace, message.id);
		const found = this.#underWay.get(key);
		if (found) {
			found.wanting.push(isWanted);
			return found.answer;
		}
		const wanting = [isWanted];
		const answer = this.#send(workspace, message, wanting).finally(() =>
			this.#underWay.delete(key)
		);
		this.#underWay.set(key, { answer, wanting });
		return answer;
	}

	/** What is known of messages. */
	async known(workspace: string, ids: readonly string[]): Promise<MailAnswer[]> {
		const isUnderWay = (id: string) => this.#underWay.has(keyOf(workspace, id));
		// Also what was when it was asked, and is done before the database answers.
		const before = new Set(ids.filter(isUnderWay));
		const answers = await this.#stored(workspace, ids);
		return ids.map((id): MailAnswer => {
			if (before.has(id) || isUnderWay(id)) return { state: 'pending', id };
			return answers.get(id) ?? { state: 'unknown', id };
		});
	}

	/** Begins nothing more; resolves when what is begun is answered and noted. */
	async stop(): Promise<void> {
		this.#isStopping = true;
		clearInterval(this.#touching);
		await Promise.allSettled([...this.#underWay.values()].map(({ answer }) => answer));
		this.#parts.server.close();
	}

	async #send(
		workspace: string,
		message: MailMessage,
		wanting: readonly (() => boolean)[]
	): Promise<MailAnswer> {
		const { id } = message;
		for (let tries = 0; ; tries++) {
			const { answer, isPassing } = await this.#turns.take(async () =>
				this.#isStopping || !wanting.some((isWanted) => isWanted())
					? over({ state: 'stopped', id })
					: this.#once(workspace, message)
			);
			if (!isPassing || tries >= pauses.length) {
				this.#parts.metrics.add('mail', 1, `state="${answer.state}"`);
				return answer;
			}
			await pause(pauses[tries]!);
		}
	}

	async #once(workspace: string, message: MailMessage): Promise<Tried> {
		const { id } = message;
		const isOurs = await this.#begin(workspace, id).catch((error: unknown) => {
			// It may be written down all the same.
			this.#lost.add(keyOf(workspace, id));
			say('error', 'mail not begun', { workspace, why: whyOf(error) });
			return undefined;
		});
		if (isOurs === undefined) {
			const text = 'The relay cannot write down what it sends, and so sends nothing.';
			return over({ state: 'failed', id, of: 'relay', code: 0, text });
		}
		if (!isOurs) {
			const answers = await this.#stored(workspace, [id]);
			return over(answers.get(id) ?? { state: 'pending', id });
		}
		this.#begun.add(id);
		const delivery = await this.#parts.server.deliver(message);
		const at = Date.now();
		await this.#note(workspace, id, delivery, new Date(at)).catch((error: unknown) => {
			this.#lost.add(keyOf(workspace, id));
			say('error', 'mail not noted', { workspace, state: delivery.state, why: whyOf(error) });
		});
		this.#begun.delete(id);
		switch (delivery.state) {
			case 'sent':
			case 'refused':
				return over({ ...delivery, id, at });
			case 'unsure':
				return over({ state: 'unsure', id });
			case 'failed': {
				const { of, code, text, isPassing } = delivery;
				return { answer: { state: 'failed', id, of, code, text }, isPassing };
			}
		}
	}

	/** Whether it is ours to send. On disk when it resolves. */
	async #begin(workspace: string, id: string): Promise<boolean> {
		const made = await this.#parts.database.run(sql`
			insert into mail(workspace, id, state, process) values (${workspace}, ${id}, 'begun', ${this.#process})
			on conflict do nothing`);
		return made > 0;
	}

	async #note(workspace: string, id: string, delivery: Delivery, at: Date): Promise<void> {
		const { database } = this.#parts;
		const which = sql`workspace = ${workspace} and id = ${id} and state = 'begun'`;
		// Not taken: it may be handed over again, by whomever.
		if (delivery.state === 'failed') await database.run(sql`delete from mail where ${which}`);
		else if (delivery.state === 'unsure')
			await database.run(
				sql`update mail set state = 'unsure', at = ${at}::timestamptz where ${which}`
			);
		else
			await database.run(sql`
				update mail set state = ${delivery.state}, code = ${delivery.code}::int, text = ${delivery.text},
					refused = ${delivery.state === 'refused' ? delivery.of : null}, at = ${at}::timestamptz
				where ${which}`);
	}

	async #stored(workspace: string, ids: readonly string[]): Promise<Map<string, MailAnswer>> {
		const rows = await this.#parts.database.rows<Row>(sql`
			select id, state, process, code, text, refused, at,
				(extract(epoch from now() - at) * 1000)::float8 as age
			from mail where workspace = ${workspace} and id = any(${ids}::text[])`);
		return new Map(rows.map((row) => [row.id, this.#answerOf(workspace, row)]));
	}

	#answerOf(workspace: string, row: Row): MailAnswer {
		const { id, state, process, code, text, refused, at, age } = row;
		const said = { id, at: at.getTime(), code: code ?? 0, text: text ?? '' };
		switch (state) {
			case 'sent':
				return { state, ...said };
			case 'refused':
				return { state, ...said, of: refused ?? 'content' };
			case 'unsure':
				return { state, id };
			case 'begun': {
				const isOwn = process === this.#process;
				const mayLive = isOwn
					? !this.#lost.has(keyOf(workspace, id))
					: this.#parts.isShared && age < goneAfter;
				return mayLive ? { state: 'pending', id } : { state: 'unsure', id };
			}
		}
	}

	/** For other relays to see that what is begun here is not left behind. */
	async #touch(): Promise<void> {
		if (!this.#parts.isShared || this.#begun.size === 0) return;
		await this.#parts.database
			.run(
				sql`update mail set at = now()
				where process = ${this.#process} and state = 'begun' and id = any(${[...this.#begun]}::text[])`
			)
			.catch((error: unknown) => say('warn', 'mail not touched', { why: whyOf(error) }));
	}
}

const keyOf = (workspace: string, id: string) => `${workspace}/${id}`;
