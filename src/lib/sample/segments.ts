import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { SampleList, SampleTag } from './definitions';

export interface SampleSegment {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly rule: DraftGroup;
}

type Condition = { readonly kind: string } & Readonly<Record<string, unknown>>;

const monthNames = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/**
 * Segments of the sample, ready to look at. Those that others refer to come first. `now` is in epoch milliseconds: one
 * of them is about its month.
 */
export function sampleSegments(now: number): readonly SampleSegment[] {
	const month = new Date(now).getUTCMonth() + 1;
	return [
		{
			id: 'sample-contacted',
			name: 'Contacted this week',
			description: 'Was sent an email in the last 7 days.',
			rule: all(did('email_sent', { window: inLast(7) }))
		},
		{
			id: 'sample-dach',
			name: 'DACH repeat buyers, warm',
			description: 'Buys again and again, shows interest, and was left alone this week.',
			rule: all(
				isSubscribed,
				field('country', 'text', { operator: 'isAnyOf', values: ['CH', 'DE', 'AT'] }),
				did('order_placed', {
					count: { operator: 'atLeast', n: 2 },
					window: inLast(180),
					where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 50 } }]
				}),
				group('any', 'warm', [tagged('vip'), did('email_clicked', { window: inLast(90) })]),
				group('none', 'not', [{ kind: 'segment', segment: 'sample-contacted', in: true }])
			)
		},
		{
			id: 'sample-vip',
			name: 'VIP',
			description: 'Tagged by hand, or among those who bought the most.',
			rule: any(tagged('vip'), field('points', 'number', { operator: 'atLeast', value: 500 }))
		},
		{
			id: 'sample-new',
			name: 'New in the last 30 days',
			description: '',
			rule: all(field('created_at', 'datetime', inLast(30)))
		},
		{
			id: 'sample-lapsed',
			name: 'Lapsed buyers',
			description: 'Has ordered before, but not in the last 6 months.',
			rule: all(
				did('order_placed'),
				didNot('order_placed', { window: { operator: 'inLast', n: 6, unit: 'month' } })
			)
		},
		{
			id: 'sample-cart',
			name: 'Left a cart this week',
			description: 'Put something into a cart and did not order.',
			rule: all(
				did('cart_added', { window: inLast(7) }),
				didNot('order_placed', { window: inLast(7) })
			)
		},
		{
			id: 'sample-readers',
			name: 'Readers who never bought',
			description: 'On the newsletter and opening it, without an order so far.',
			rule: all(
				onList('newsletter'),
				did('email_opened', {
					count: { operator: 'atLeast', n: 3 },
					window: inLast(120),
					where: [{ property: 'machine', of: 'boolean', test: { operator: 'isFalse' } }]
				}),
				didNot('order_placed')
			)
		},
		{
			id: 'sample-birthday',
			name: `Birthday in ${monthNames.format(now)}`,
			description: 'Subscribed, and may be congratulated.',
			rule: all(isSubscribed, field('birthday', 'date', { operator: 'monthIs', months: [month] }))
		},
		{
			id: 'sample-workshop',
			name: 'Would come to a workshop',
			description: 'Interested in workshops, or was at one.',
			rule: any(
				field('topics', 'multiselect', {
					operator: 'includesAny',
					values: ['workshops', 'letter writing']
				}),
				onList('workshops')
			)
		}
	];
}

const inLast = (n: number) => ({ operator: 'inLast', n, unit: 'day' });

const field = (field: string, of: string, test: object): Condition => ({
	kind: 'field',
	field,
	of,
	test
});

const did = (type: string, more: object = {}): Condition => ({
	kind: 'event',
	types: [type],
	did: true,
	...more
});

const didNot = (type: string, more: object = {}): Condition => ({
	kind: 'event',
	types: [type],
	did: false,
	...more
});

const tagged = (tag: SampleTag): Condition => ({
	kind: 'tag',
	test: { operator: 'anyOf', tags: [tag] }
});

const onList = (list: SampleList): Condition => ({
	kind: 'list',
	test: { operator: 'inAny', lists: [list] }
});

const isSubscribed = field('email_consent', 'select', { operator: 'is', value: 'subscribed' });

const leaf = (condition: Condition, id: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition
});

const group = (match: string, id: string, conditions: readonly Condition[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children: conditions.map((condition, i) => leaf(condition, `${id}${i + 1}`))
});

const root = (match: string, parts: readonly (Condition | DraftGroup)[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match,
	children: parts.map((part, i) => ('kind' in part ? leaf(part, `s${i + 1}`) : part))
});

const all = (...parts: readonly (Condition | DraftGroup)[]) => root('all', parts);
const any = (...parts: readonly Condition[]) => root('any', parts);
