import * as z from 'zod/mini';
import { EventProperty } from '$lib/events/event-type';
import { Field, type FieldType } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { Style } from './values/style';
import { ConsentReading, ConsentState, Polarity } from './values/consent';

/** What an import must know of the workspace. */
export type ImportDefinitions = Pick<Definitions, 'fields' | 'eventTypes' | 'tags' | 'lists'>;

const Id = z.string().check(z.minLength(1), z.maxLength(64));

/** What one column of a file becomes. */
export const ColumnTarget = z.discriminatedUnion('target', [
	z.object({ target: z.literal('ignore') }),
	z.object({ target: z.literal('email') }),
	/** The id of the person in the product the file comes from. */
	z.object({ target: z.literal('externalId') }),
	/** First and last name in one cell. */
	z.object({ target: z.literal('fullName') }),
	/** A field there is: standard, or of the workspace's own. */
	z.object({ target: z.literal('field'), field: Id }),
	z.object({ target: z.literal('newField'), field: Field }),
	z.object({
		target: z.literal('consent'),
		channel: z.enum(['email', 'sms']),
		/** By the text key of the cell. */
		says: z.record(z.string(), ConsentReading),
		/** What every other value says. Null: the row is rejected, for nobody has decided. */
		otherwise: z.nullable(ConsentReading),
		/** By it further values are proposed. */
		polarity: z.optional(Polarity)
	}),
	z.object({ target: z.literal('tags') }),
	z.object({ target: z.literal('lists') }),
	// Of events
	z.object({ target: z.literal('eventId') }),
	z.object({ target: z.literal('time') }),
	z.object({
		target: z.literal('eventType'),
		/** The id of the type by the text key of the cell. Null, or none: a type of the name that the cell says. */
		says: z.optional(z.record(z.string(), z.nullable(Id)))
	}),
	/** The main reference: a campaign, an order, a page. */
	z.object({ target: z.literal('reference'), name: z.string() }),
	/** The main number: a total, an amount. */
	z.object({ target: z.literal('value'), name: z.string() }),
	z.object({ target: z.literal('property'), property: EventProperty })
]);
export type ColumnTarget = z.infer<typeof ColumnTarget>;
export type TargetName = ColumnTarget['target'];

export const Column = z.object({ name: z.string(), target: ColumnTarget, style: Style });
export type Column = z.infer<typeof Column>;

/** What the columns of a file are, one for each, in their order. */
export const Mapping = z.object({
	kind: z.enum(['contacts', 'events']),
	columns: z.array(Column),
	/** How a row finds its contact. */
	match: z.enum(['email', 'id']),
	/** What every row says about consent to e-mail where the file does not: some products say it in the file's name. */
	consent: z.nullable(ConsentState),
	/** The type of all events; null where a column tells it. */
	eventType: z.nullable(z.object({ id: Id, name: z.string() })),
	/** What happens where a value cannot be read. See `leavesOut` for what is usual. */
	unreadable: z.optional(z.enum(['leaveOut', 'rejectRow']))
});
export type Mapping = z.infer<typeof Mapping>;

/**
 * Whether a value that cannot be read is left out rather than its row rejected. So it usually is for people; an event is
 * told from others by all it says, and would come in twice once its row is repaired.
 */
export const leavesOut = ({ kind, unreadable }: Pick<Mapping, 'kind' | 'unreadable'>): boolean =>
	(unreadable ?? (kind === 'contacts' ? 'leaveOut' : 'rejectRow')) === 'leaveOut';

/** Whether a row can do without the value of such a column. Not without what says who or what it is about, or a consent. */
export function canDoWithout({ target }: ColumnTarget, { match }: Pick<Mapping, 'match'>): boolean {
	switch (target) {
		case 'email':
			return match === 'id';
		case 'externalId':
			return match === 'email';
		case 'consent': // it may be a refusal
		case 'eventId':
		case 'eventType':
		case 'time':
			return false;
		default:
			return true;
	}
}

/** Whether a file of contacts says of anybody what they agreed to by e-mail. */
export const saysEmailConsent = ({ consent, columns }: Pick<Mapping, 'consent' | 'columns'>) =>
	consent !== null ||
	columns.some(({ target }) => target.target === 'consent' && target.channel === 'email');

/** What happens where the workspace already knows something. */
export const Merging = z.object({
	/**
	 * For values of contacts there are: put where there is none, put everywhere, or leave these contacts alone but for
	 * what they refuse.
	 */
	policy: z.enum(['fill', 'overwrite', 'skip']),
	/** Lets a consent in the file win over a refusal that is on record. */
	upgradeConsent: z.boolean(),
	/** Lets it win where somebody was asked and has not confirmed yet. */
	confirmPending: z.boolean(),
	/** Events of people nobody knows. */
	unknownPeople: z.enum(['create', 'reject']),
	/** Names of tags and lists that all contacts of the file get. */
	tags: z.array(z.string()),
	lists: z.array(z.string())
});
export type Merging = z.infer<typeof Merging>;

export const carefulMerging: Merging = {
	policy: 'fill',
	upgradeConsent: false,
	confirmPending: false,
	unknownPeople: 'create',
	tags: [],
	lists: []
};

/** The type whose values a target takes, where it takes typed ones. */
export function typeOfTarget(
	target: ColumnTarget,
	{ fields }: Pick<ImportDefinitions, 'fields'>
): FieldType | undefined {
	switch (target.target) {
		case 'field':
			return fields.get(target.field)?.type;
		case 'newField':
			return target.field.type;
		case 'property':
			return target.property.type;
		case 'value':
			return 'number';
		case 'time':
			return 'datetime';
		default:
			return;
	}
}
