import * as z from 'zod/mini';
import { takesMissing } from '../../operators/compare';
import { CountTest } from '../../operators/count';
import { families } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { Window } from '../../operators/window';
import { group, leaf, type Rule } from '../../rule';
import { eventReferences, filterProblems, Where } from '../event/matching';
import type { Lowered } from '../kind';
import { purchaseChoices } from './choices';
import { explainPurchase } from './words';

export const order = 'order_placed';
export const cart = 'cart_added';
const total = 'total';

const asked = { kind: z.literal('purchase'), window: z.optional(Window) };
/** Of orders, `where` filters hold for each that is looked at: a product or a category is one of their properties. */
const orders = { ...asked, where: z.optional(Where) };
const chosen = { ...orders, has: z.optional(Where) };
const nothingAsked = { error: 'Say when it was, or what it was like.' };

export const PurchaseCondition = z
	.discriminatedUnion('about', [
		z.object({ ...orders, about: z.literal('ordered'), did: z.boolean() }),
		z.object({ ...asked, about: z.literal('carted') }),
		z.object({ ...orders, about: z.literal('orders'), test: CountTest }),
		z.object({
			...orders,
			about: z.enum(['spend', 'average']),
			test: families.number.schema
		}),
		z.object({ ...chosen, about: z.enum(['first', 'last']) })
	])
	.check(
		z.refine(
			(condition) =>
				(condition.about !== 'first' && condition.about !== 'last') ||
				condition.window !== undefined ||
				(condition.has ?? []).length > 0,
			nothingAsked
		)
	);
export type PurchaseCondition = z.infer<typeof PurchaseCondition>;

// Its type is stated: what it is lowered to is a condition, and what those are is found out from the kinds.
/** Orders and carts: conditions on their events. */
export const purchase: Lowered<PurchaseCondition> = {
	kind: 'purchase',
	definition:
		'Orders and carts: ordered or not, how many, how much, on average, the first, the last.',
	sign: () => 'event',
	schema: PurchaseCondition,
	references: ({ about }) => eventReferences(about === 'carted' ? [cart, order] : [order]),

	problems(condition, definitions) {
		const { about } = condition;
		if (about === 'carted') return [];
		const isSum = about === 'spend' || about === 'average';
		return [
			...filterProblems([order], condition.where, definitions),
			...(about === 'first' || about === 'last'
				? filterProblems([order], condition.has, definitions)
				: []),
			...(isSum && otherFieldOf(condition.test) !== undefined
				? ['What somebody spent is compared with a number, not with a field.']
				: []),
			...(about === 'spend' && !takesMissing(condition.test.operator)
				? ['What somebody spent always has a value: it is 0 without an order.']
				: [])
		];
	},

	lower: (condition) => lowered(condition),
	explain: (condition, definitions) => explainPurchase(condition, definitions),
	choices: ({ eventTypes }) => purchaseChoices(eventTypes.get(order)),

	opposite: (condition) =>
		condition.about === 'ordered' ? { ...condition, did: !condition.did } : undefined
};

function lowered(condition: PurchaseCondition): Rule {
	const { window } = condition;
	const then = window ? { window } : {};
	if (condition.about === 'carted')
		return group('all', [
			leaf({ kind: 'event', types: [cart], did: true, ...then }),
			leaf({ kind: 'event', types: [order], did: false, ...then })
		]);

	const { where } = condition;
	const asked = { types: [order], ...then, ...(where ? { where } : {}) };
	switch (condition.about) {
		case 'ordered':
			return leaf({ kind: 'event', ...asked, did: condition.did });
		case 'orders':
			return leaf({ kind: 'event', ...asked, did: true, count: condition.test });
		case 'spend':
		case 'average': {
			const of = condition.about === 'spend' ? 'sum' : 'average';
			const { test } = condition;
			return leaf({
				kind: 'aggregate',
				...asked,
				function: of,
				property: total,
				of: 'number',
				test
			});
		}
		case 'first':
		case 'last': {
			const has = condition.has ? { has: condition.has } : {};
			return leaf({ kind: condition.about, ...asked, ...has });
		}
	}
}
