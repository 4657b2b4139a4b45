import * as z from 'zod/mini';
import { FieldType } from '$lib/fields/field';

/**
 * A property that events of a type may have. `column` says that it is kept in the event itself (its one main number, its
 * one main reference), which is faster to ask; every other property is kept as JSON.
 */
export const EventProperty = z.object({
	id: z.string().check(z.minLength(1), z.maxLength(64)),
	name: z.string().check(z.minLength(1)),
	type: FieldType,
	column: z.optional(z.enum(['value', 'ref']))
});
export type EventProperty = z.infer<typeof EventProperty>;

export const EventType = z.object({
	id: z.string().check(z.minLength(1), z.maxLength(64)),
	/** As a thing done: "Placed order". */
	name: z.string().check(z.minLength(1)),
	properties: z.readonly(z.array(EventProperty))
});
export type EventType = z.infer<typeof EventType>;

export type EventTypes = ReadonlyMap<string, EventType>;

/**
 * What a type's events have: what Winnow knows, and what a workspace adds. Where both call something the same it is the
 * workspace's, whose events are kept so since before Winnow knew it; only what has a column is always Winnow's.
 */
export function allProperties(
	known: readonly EventProperty[],
	own: readonly EventProperty[]
): readonly EventProperty[] {
	const ids = new Set(known.map(({ id }) => id));
	return [
		...known.map((one) => (one.column ? one : (own.find(({ id }) => id === one.id) ?? one))),
		...own.filter(({ id }) => !ids.has(id))
	];
}

const text = (id: string, name: string): EventProperty => ({ id, name, type: 'text' });
const ref = (id: string, name: string): EventProperty => ({
	id,
	name,
	type: 'text',
	column: 'ref'
});
const total: EventProperty = { id: 'total', name: 'Total', type: 'number', column: 'value' };
/** What was bought: a list of `{ sku, name, category, quantity, price }`. */
const items: EventProperty = { id: 'items', name: 'Items', type: 'json' };
const campaign = ref('campaign', 'Campaign');
const message = [campaign, text('channel', 'Channel'), text('message', 'Message')];
const machine: EventProperty = { id: 'machine', name: 'By a machine', type: 'boolean' };

const builtIn = [
	{ id: 'email_sent', name: 'Email sent', properties: message },
	{ id: 'email_delivered', name: 'Email delivered', properties: message },
	{ id: 'email_opened', name: 'Opened email', properties: [campaign, machine] },
	{
		id: 'email_clicked',
		name: 'Clicked email',
		properties: [campaign, machine, text('link', 'Link')]
	},
	{
		id: 'email_bounced',
		name: 'Email bounced',
		properties: [campaign, text('bounce', 'Bounce'), text('diagnostic', 'Diagnostic')]
	},
	{ id: 'email_complained', name: 'Complained about email', properties: message },
	{ id: 'email_unsubscribed', name: 'Unsubscribed from email', properties: message },
	{ id: 'email_replied', name: 'Replied to email', properties: message },
	{
		id: 'order_placed',
		name: 'Placed order',
		properties: [ref('order', 'Order'), total, text('currency', 'Currency'), items]
	},
	{
		id: 'cart_added',
		name: 'Added to cart',
		properties: [ref('cart', 'Cart'), total, text('currency', 'Currency'), items]
	},
	{
		id: 'page_viewed',
		name: 'Viewed page',
		properties: [ref('url', 'Address'), text('title', 'Title'), text('referrer', 'Referrer')]
	},
	{ id: 'signed_up', name: 'Signed up', properties: [ref('source', 'Source')] }
] as const satisfies readonly EventType[];

export type BuiltInEventTypeId = (typeof builtIn)[number]['id'];

/** What Winnow knows without being told. A workspace adds its own types, and properties to these. */
export const builtInEventTypes: readonly EventType[] = builtIn;
