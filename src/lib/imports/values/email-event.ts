import type { BuiltInEventTypeId } from '$lib/events/event-type';
import type { Comparable } from '$lib/fields/value';
import { textKey } from '$lib/text-key';
import { headerKey } from '../columns/header-key';

/** A type of events that are about an email. */
export type EmailEvent = Extract<BuiltInEventTypeId, `email_${string}`>;

/** What products call it. Case, blanks and marks do not matter: `Hard Bounce`, `hard_bounce` and `hardBounce` are the same. */
const names = {
	email_sent:
		'email sent, sent, send, sends, sent email, processed, message sent, gesendet, versendet, versandt, verschickt, envoyé',
	email_delivered:
		'email delivered, delivered, delivery, deliver, delivers, delivered email, received email, zugestellt, zustellung, ausgeliefert, délivré',
	email_opened:
		'email opened, opened email, open, opened, opens, opening, email open, unique open, unique opened, first open, first opening, message open, message opened, geöffnet, öffnung, e-mail geöffnet, ouvert, ouverture',
	email_clicked:
		'email clicked, clicked email, click, clicked, clicks, email click, unique click, unique clicked, link clicked, link click, message click, message clicked, geklickt, angeklickt, klick, cliqué, clic',
	email_bounced:
		'email bounced, bounced email, bounce, bounced, bounces, email bounce, hard bounce, hard bounced, hard bounces, soft bounce, soft bounced, soft bounces, permanent bounce, transient bounce, permanent failure, temporary failure, unzustellbar, harter bounce, weicher bounce',
	email_complained:
		'email complained, complained about email, spam, complaint, complained, complain, complaints, spam report, spam reports, spam complaint, spam reported, reported spam, reported as spam, marked as spam, marked email as spam, abuse, abuse report, beschwerde, spam-beschwerde, spam-meldung, plainte',
	email_unsubscribed:
		'email unsubscribed, unsubscribed from email, unsubscribe, unsubscribed, unsubscribes, unsub, unsubs, email unsubscribe, group unsubscribe, list unsubscribe, unsubscribed from email marketing, opt out, opted out, abgemeldet, abmeldung, abbestellt, désabonné, désabonnement, désinscrit',
	email_replied:
		'email replied, replied to email, reply, replied, replies, email reply, beantwortet, geantwortet, antwort, répondu'
} as const satisfies Record<EmailEvent, string>;

const types: ReadonlyMap<string, EmailEvent> = new Map(
	(Object.keys(names) as EmailEvent[]) // a record's keys are its own
		.flatMap((type) => names[type].split(', ').map((name) => [headerKey(name), type] as const))
);

/** The type of what happened to an email, if it is a usual name of one. */
export const emailEventOf = (text: string): EmailEvent | undefined => types.get(headerKey(text));

/** Whether most of these say what happened to an email. */
export const areEmailEvents = (values: readonly string[]): boolean =>
	values.filter((value) => emailEventOf(value) !== undefined).length > values.length / 2;

/**
 * How the type of a value is found that `says` gives: as somebody decided, `null` being its own name. Where some are about
 * emails, rarer names of what happens to emails are as well.
 */
export function typeSaid(
	says: Readonly<Record<string, string | null>> = {}
): (text: string) => string | null | undefined {
	const ofEmails = Object.values(says).some((id) => id !== null && emailEventOf(id) !== undefined);
	return (text) => {
		const said = says[textKey(text)];
		return said === undefined && ofEmails ? emailEventOf(text) : said;
	};
}

interface SaidEvent {
	readonly type: string;
	/** Of its properties, as they are compared. */
	readonly keys?: Readonly<Record<string, Comparable>>;
}

/** Whether an event is about an address, whoever has it: nothing more may be sent there. */
export const isAboutAddress = ({ type, keys }: SaidEvent): boolean =>
	type === 'email_complained' ||
	type === 'email_unsubscribed' ||
	(type === 'email_bounced' && keys?.bounce === 'hard');

/** Whether an address that bounced will ever take an email, as a type of event or of bounce says it. */
export function bounceOf(text: string): 'hard' | 'soft' | undefined {
	const key = headerKey(text);
	if (/^(hard|harter?|permanent)(bounce[sd]?|failure)?$/.test(key)) return 'hard';
	if (/^(soft|weich|weicher|transient|temporary)(bounce[sd]?|failure)?$/.test(key)) return 'soft';
	return;
}
