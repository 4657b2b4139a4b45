import type { EventProperty, EventType } from '$lib/events/event-type';
import { firstFilter } from '../event/filters';
import type { Choice } from '../kind';

const month = { operator: 'inLast', n: 30, unit: 'day' };

/** What people call the things that are bought; a workspace names the property as its shop does. */
const things = /product|category|item|sku|article|collection|brand/i;

/** Whether a property of orders is called like a thing that is bought. */
export const isBought = ({ id, name }: EventProperty): boolean =>
	things.test(id) || things.test(name);

/** What the picker offers about orders, by the properties they have here. */
export function purchaseChoices(orders: EventType | undefined): readonly Choice[] {
	const choice = (
		label: string,
		aliases: readonly string[],
		more: Readonly<Record<string, unknown>>
	): Choice => ({
		label,
		group: 'Orders',
		aliases: ['purchase', 'order', ...aliases],
		condition: { kind: 'purchase', ...more }
	});
	const properties = orders?.properties ?? [];
	return [
		choice('Ordered', ['bought', 'customer', 'buyer'], { about: 'ordered', did: true }),
		choice('Carted, not ordered', ['abandoned cart', 'checkout'], {
			about: 'carted',
			window: { operator: 'inLast', n: 7, unit: 'day' }
		}),
		choice('Total spend', ['revenue', 'lifetime value', 'sum'], {
			about: 'spend',
			test: { operator: 'atLeast' }
		}),
		choice('Number of orders', ['repeat buyers', 'count'], {
			about: 'orders',
			test: { operator: 'atLeast', n: 2 }
		}),
		choice('Average order', ['average order value', 'aov', 'basket'], {
			about: 'average',
			test: { operator: 'atLeast' }
		}),
		choice('First order', ['new buyers', 'new customers'], { about: 'first', window: month }),
		choice('Last order', ['lapsed buyers', 'recency'], { about: 'last', window: month }),
		...properties.filter(isBought).map(({ id, name }) =>
			choice(`Ordered, by ${name}`, ['bought', 'product', 'category'], {
				about: 'ordered',
				did: true,
				where: [firstFilter(properties, id)]
			})
		)
	];
}
