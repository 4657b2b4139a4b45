import * as z from 'zod/mini';
import { comparable } from '$lib/fields/value';
import { join, sql } from '$lib/sql';
import { listed } from '../../phrase';
import { event, type EventCondition } from '../event/event';
import { defineKind, type Compiled } from '../kind';

const Reason = z.enum(['hardBounce', 'complaint', 'unsubscribed', 'manual']);
type Reason = z.infer<typeof Reason>;

export const suppressionReasons: Reason[] = Reason.options;

export const SuppressedCondition = z.object({
	kind: z.literal('suppressed'),
	is: z.boolean(),
	/** Any of them. */
	reasons: z.array(Reason).check(z.minLength(1, { error: 'Choose at least one reason.' }))
});
export type SuppressedCondition = z.infer<typeof SuppressedCondition>;

export const reasonNames: Record<Reason, string> = {
	hardBounce: 'a hard bounce',
	complaint: 'a complaint',
	unsubscribed: 'an unsubscribe',
	manual: 'a decision by hand'
};

/**
 * Email that may not be sent, since the address bounced for good, its owner complained, unsubscribed and was erased, or
 * somebody said so. It is on the list of suppressed addresses, which outlives contacts, or follows from the contact's own events: an imported bounce
 * counts at once, and no longer when its import is undone.
 */
export const suppressed = defineKind<SuppressedCondition, Compiled<SuppressedCondition>>({
	kind: 'suppressed',
	definition:
		'Nothing may be sent to the address: a hard bounce, a complaint, an unsubscribe of who was erased, or by hand.',
	sign: () => 'consent',
	schema: SuppressedCondition,
	reads: ['contact', 'event', 'suppression'],
	references: () => [{ type: 'field', id: 'email' }],
	problems: () => [],

	compile({ is, reasons }, moment) {
		const listed = sql`select contact.cno from suppression join contact on contact.email_key = suppression.address where channel = 'email' and reason = any(${reasons}::text[]) and at <= ${new Date(moment.now)}`;
		const events = eventsOf(reasons).map((condition) => event.compile(condition, moment).select);
		return { select: join([listed, ...events], sql` union all `), negated: !is };
	},

	holds({ is, reasons }, person, moment) {
		const listed =
			comparable(person.fields.email, 'email') !== undefined &&
			person.suppressions.some(
				({ reason, at }) => reasons.some((one) => one === reason) && at <= moment.now
			);
		return (
			(listed || eventsOf(reasons).some((condition) => event.holds(condition, person, moment))) ===
			is
		);
	},

	explain: ({ is, reasons }) => [
		is ? 'is suppressed for ' : 'is not suppressed for ',
		...listed(
			reasons.map((reason) => reasonNames[reason]),
			'or'
		)
	],

	choices: () => [
		{
			label: 'Suppressed',
			group: 'Consent and status',
			aliases: ['blacklisted', 'blocked', 'do not contact', 'cleaned'],
			condition: { kind: 'suppressed', is: true, reasons: suppressionReasons }
		},
		{
			label: 'Suppressed for a hard bounce',
			group: 'Consent and status',
			aliases: ['bounced', 'invalid address'],
			condition: { kind: 'suppressed', is: true, reasons: ['hardBounce'] }
		},
		{
			label: 'Suppressed for a complaint',
			group: 'Consent and status',
			aliases: ['spam', 'abuse'],
			condition: { kind: 'suppressed', is: true, reasons: ['complaint'] }
		},
		{
			label: 'Suppressed for an unsubscribe',
			group: 'Consent and status',
			aliases: ['erased'],
			condition: { kind: 'suppressed', is: true, reasons: ['unsubscribed'] }
		},
		{
			label: 'Suppressed by hand',
			group: 'Consent and status',
			aliases: ['manual'],
			condition: { kind: 'suppressed', is: true, reasons: ['manual'] }
		}
	],

	opposite: (condition) => ({ ...condition, is: !condition.is })
});

/** The events that suppress by themselves. */
export const suppressingEvents: Readonly<Partial<Record<Reason, EventCondition>>> = {
	hardBounce: {
		kind: 'event',
		types: ['email_bounced'],
		did: true,
		where: [{ property: 'bounce', of: 'text', test: { operator: 'is', value: 'hard' } }]
	},
	complaint: { kind: 'event', types: ['email_complained'], did: true }
};

export const eventsOf = (reasons: readonly Reason[]): readonly EventCondition[] =>
	reasons.flatMap((reason) => suppressingEvents[reason] ?? []);
