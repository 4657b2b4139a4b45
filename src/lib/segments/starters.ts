import { NodeId, rootId, type DraftGroup } from '$lib/rules/rule';

/** A segment to begin with, whose rule asks only for what every workspace has. */
export interface Starter {
	readonly name: string;
	readonly rule: DraftGroup;
}

type Condition = { readonly kind: string } & Readonly<Record<string, unknown>>;

const all = (...conditions: readonly Condition[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match: 'all',
	children: conditions.map((condition, i) => ({
		type: 'condition',
		id: NodeId.parse(`s${i + 1}`),
		condition
	}))
});

const inLast = (n: number, unit: 'day' | 'month') => ({ operator: 'inLast', n, unit });
const ordered = { kind: 'event', types: ['order_placed'], did: true };

export const starters: readonly Starter[] = [
	{
		name: 'Subscribed',
		rule: all({
			kind: 'field',
			field: 'email_consent',
			of: 'select',
			test: { operator: 'is', value: 'subscribed' }
		})
	},
	{
		name: 'Engaged in 30 days',
		rule: all({
			kind: 'event',
			types: ['email_opened', 'email_clicked', 'order_placed'],
			did: true,
			window: inLast(30, 'day')
		})
	},
	{ name: 'Repeat buyers', rule: all({ ...ordered, count: { operator: 'atLeast', n: 2 } }) },
	{
		name: 'New in 14 days',
		rule: all({ kind: 'field', field: 'created_at', of: 'datetime', test: inLast(14, 'day') })
	},
	{
		name: 'Lapsed buyers',
		rule: all(ordered, { ...ordered, did: false, window: inLast(6, 'month') })
	}
];
