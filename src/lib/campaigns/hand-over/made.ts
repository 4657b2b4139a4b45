import { compileMessage } from '$lib/campaigns/content/compile';
import { describeContentIssue } from '$lib/campaigns/content/describe-issue';
import { isBlocking, type RenderedMessage } from '$lib/campaigns/content/message';
import { guarded } from '$lib/csv-guard';
import { defaultFormat, type Cell, type ExportFormat } from '$lib/exports/format';
import type { TableColumn } from '$lib/exports/table';
import { contextOf, type HandOverAsk, type HandOverRecipient } from './ask';
import { guardedSaid } from './guard-said';
import {
	isMailAddress,
	mailboxName,
	messageIdOf,
	unsubscribeHeaders,
	type OutgoingMessage
} from './outgoing';

/** Makes what each recipient gets, once what is said is compiled. */
export interface MessageMaker {
	/** The ids of the fields whose values it takes, in this order. */
	readonly fields: readonly string[];
	/** The cells of `audienceColumns`; `isGuarded`: nothing of a contact can be run as a formula. */
	row(recipient: HandOverRecipient, values: readonly unknown[], isGuarded: boolean): Cell[];
	/** Nothing where the address is none that a message can be sent to. */
	message(
		run: string,
		recipient: HandOverRecipient,
		values: readonly unknown[]
	): OutgoingMessage | undefined;
	rendered(variants: readonly number[], values: readonly unknown[]): RenderedMessage;
}

/** Of an audience file. */
export const audienceColumns: readonly TableColumn[] = [
	'Email',
	'First name',
	'Last name',
	'Subject',
	'Preview',
	'HTML',
	'Text'
].map((header) => ({ header, type: 'text' }));

/** Without a mark in front, which a mail tool reads as a part of “Email”. */
export const audienceFormat: ExportFormat = { ...defaultFormat, bom: false };

const nameFields = ['first_name', 'last_name'];

/** Throws what is to be put right first: a review before has said so. */
export function messageMaker(ask: HandOverAsk): MessageMaker {
	const { content, sender } = ask;
	const compiled = compileMessage(content, contextOf(ask));
	if (!compiled.ok)
		throw new Error(compiled.error.filter(isBlocking).map(describeContentIssue).join(' '));
	const message = compiled.value;
	const own = message.fields.length;
	const namesOf = (values: readonly unknown[]): [first: string, last: string] => [
		mailboxName(String(values[own] ?? '')),
		mailboxName(String(values[own + 1] ?? ''))
	];
	return {
		fields: [...message.fields.map(({ id }) => id), ...nameFields],
		rendered: (variants, values) => message.render(values, variants),
		row({ address, variants }, values, isGuarded) {
			const render = (values: readonly unknown[]) => message.render(values, variants);
			const said = render(values);
			const who = [address ?? '', ...namesOf(values)];
			const { subject, preview, html, text } = isGuarded ? guardedSaid(said, values, render) : said;
			return [...(isGuarded ? who.map(guarded) : who), subject, preview, html, text];
		},
		message(run, recipient, values) {
			const address = recipient.address ?? '';
			if (!isMailAddress(address)) return;
			const { subject, html, text } = message.render(values, recipient.variants);
			return {
				place: recipient.place,
				messageId: messageIdOf(run, recipient.place),
				to: { name: mailboxName(namesOf(values).join(' ')), address },
				from: { name: mailboxName(sender.name), address: sender.address.trim() },
				replyTo: sender.replyTo?.trim() || undefined,
				subject,
				html,
				text,
				headers: unsubscribeHeaders(message.unsubscribeUrl(values))
			};
		}
	};
}

/** Something about who a message is from, and which of the two addresses it is about. */
export interface SenderFault {
	readonly text: string;
	readonly aim: { readonly part: 'from' | 'replyTo' };
}

/** What is odd about it, though it can be sent. */
export function senderDoubt({ address, replyTo }: HandOverAsk['sender']): SenderFault | undefined {
	const ending = 'its domain has no ending such as .com.';
	if (!isInNet(address.trim()))
		return {
			text: `“${address}” does not look like an address that mail can come from: ${ending}`,
			aim: { part: 'from' }
		};
	if (replyTo?.trim() && !isInNet(replyTo.trim()))
		return {
			text: `“${replyTo}” does not look like an address that can be answered to: ${ending}`,
			aim: { part: 'replyTo' }
		};
	return;
}

/** Whether other mail servers can find its domain; this machine finds itself. */
const isInNet = (address: string): boolean => /(@localhost|\.[^.@\d][^.@]+)$/i.test(address);

/** What is wrong with it first; nothing if it can be sent. */
export function senderProblem(sender: HandOverAsk['sender']): SenderFault | undefined {
	if (sender.address.trim() === '')
		return {
			text: 'It is not said who the message is from. Give an address.',
			aim: { part: 'from' }
		};
	return senderFaults(sender)[0];
}

/** What is wrong with what is written of it; what is still empty is not. */
export function senderFaults({ address, replyTo }: HandOverAsk['sender']): SenderFault[] {
	const isNone = (text: string | undefined) => text?.trim() && !isMailAddress(text.trim());
	const faults: SenderFault[] = [];
	if (isNone(address))
		faults.push({
			text: `“${address}” is no address that a message can come from.`,
			aim: { part: 'from' }
		});
	if (isNone(replyTo))
		faults.push({ text: `“${replyTo}” is no address to answer to.`, aim: { part: 'replyTo' } });
	return faults;
}
