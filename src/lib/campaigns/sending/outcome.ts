import type { MailAnswer } from '$lib/sync/mail-protocol';
import { bounceOf } from './bounce';
import type { LeftRecipient, Settled } from './recipient';

/** What is in the way of all messages, not of one. */
export interface Trouble {
	/**
	 * `deferrals`: the mail server puts off one after the other. `refusals`: the mail server refuses one after the other. `rendering`: messages cannot be made. `device`: nothing can
	 * be written down.
	 */
	readonly of: 'sender' | 'server' | 'relay' | 'deferrals' | 'refusals' | 'rendering' | 'device';
	readonly text: string;
	/** It may pass by itself. */
	readonly isPassing: boolean;
}

/** Days that a relay remembers what it sent; one less than it does, for clocks that differ. */
const keptFor = 29 * 86_400_000;

/** What an answer of the relay means for its recipient; nothing where it must be asked again. `now`: epoch milliseconds. */
export function settledBy(answer: MailAnswer, place: number, now: number): Settled | undefined {
	switch (answer.state) {
		case 'sent':
			// Its clock may be ahead of ours.
			return { place, state: 'sent', at: Math.min(answer.at, now) };
		case 'refused': {
			const { at, code, text } = answer;
			const diagnostic = text || String(code);
			return {
				...{ place, state: 'refused', at: Math.min(at, now), diagnostic },
				bounce: bounceOf(answer)
			};
		}
		case 'unsure':
			return { place, state: 'unsure', at: now };
		case 'failed':
			return { place, state: 'frozen', at: now, diagnostic: answer.text };
		case 'invalid':
			return { place, state: 'refused', at: now, diagnostic: answer.text };
		case 'stopped':
		case 'unknown':
			return { place, state: 'frozen', at: now };
		case 'pending':
			return;
	}
}

/** The same for one that was left on its way, asked about by its id, of a relay with this memory. */
export function settledLeft(
	left: LeftRecipient,
	answer: MailAnswer | undefined,
	store: string,
	now: number
): Settled | undefined {
	const { place } = left;
	const unsure = { place, state: 'unsure', at: now } as const;
	// Another relay knows nothing of it, and after so long neither does the same one.
	if (left.store !== store || !answer) return unsure;
	if (answer.state === 'unknown' && now - left.since > keptFor) return unsure;
	return settledBy(answer, place, now);
}

/** What is in the way of the others too, by the answers to a batch. */
export function troubleIn(answers: readonly MailAnswer[]): Trouble | undefined {
	for (const answer of answers)
		if (
			answer.state === 'failed' &&
			(answer.of === 'sender' || answer.of === 'server' || answer.of === 'relay')
		) {
			const { of, code, text } = answer;
			return { of, text, isPassing: code < 500 && (of !== 'sender' || code > 0) };
		}
	if (answers.length < many) return;
	const { state, text } = answers.at(-1) as { state: string; text?: string };
	if (answers.some((answer) => answer.state !== state)) return;
	if (state === 'refused') return { of: 'refusals', text: text ?? '', isPassing: false };
	if (state === 'failed') return { of: 'deferrals', text: text ?? '', isPassing: true };
}

/** So many of one batch, and all of it, are no chance. */
const many = 20;
