import { maySend } from '$lib/sync/mail-offer';
import type { Trouble } from './outcome';

/** Why a relay that sends from `senders` sends nothing from an address; nothing where it does. */
export function senderRefusal(address: string, senders: readonly string[]): string | undefined {
	if (maySend(address, senders)) return;
	return `The relay may not send from ${address}, only from ${senders.join(', ')}.`;
}

/** "About 2 hours", "About 5 minutes", "Less than a minute": `seconds` from now. */
export function describeTimeLeft(seconds: number): string {
	if (seconds < 60) return 'Less than a minute';
	const minutes = Math.round(seconds / 60);
	if (minutes < 90) return `About ${minutes} minute${minutes === 1 ? '' : 's'}`;
	return `About ${Math.round(minutes / 60)} hours`;
}

/** What is in the way, and what to do about it. */
export function describeTrouble({ of, text }: Trouble): { title: string; what: string } {
	switch (of) {
		case 'sender':
			return {
				title: 'The sender is not accepted',
				what: `${text} Ask who runs the relay to allow it.`
			};
		case 'server':
			return {
				title: 'The mail server takes no messages',
				what: `${text} If it stays so, ask who runs the relay.`
			};
		case 'relay':
			return { title: 'The relay does not send now', what: text };
		case 'deferrals':
			return {
				title: 'The mail server puts off one message after the other',
				what: `It says: ${text}`
			};
		case 'refusals':
			return {
				title: 'The mail server refuses one message after the other',
				what: `It says: ${text} Look into that before you go on: those refused are not tried again.`
			};
		case 'rendering':
			return { title: 'A message cannot be made', what: text };
		case 'device':
			return { title: 'Nothing can be written down', what: `${text} Go on in a moment.` };
	}
}
