import { explainComparison } from '../../operators/compare';
import { explainCount } from '../../operators/count';
import type { Definitions } from '../../definitions';
import type { Phrase } from '../../phrase';
import { sayValue } from '$lib/fields/say';
import { explainWhere, explainWindow } from '../event/words';
import type { PurchaseCondition } from './purchase';

/** What a purchase condition can be about, as it stands in a sentence. */
export const subjects: Record<PurchaseCondition['about'], string> = {
	ordered: 'has ordered',
	carted: 'has put something in a cart, and ordered nothing',
	orders: 'number of orders',
	spend: 'total spend',
	average: 'average order',
	first: 'first order',
	last: 'last order'
};

export function explainPurchase(condition: PurchaseCondition, definitions: Definitions): Phrase {
	const { about } = condition;
	const when = explainWindow(condition.window);
	if (about === 'carted') return [subjects.carted, ...when];
	const where = explainWhere(condition.where, ['order_placed'], definitions);
	switch (about) {
		case 'ordered':
			return [condition.did ? subjects.ordered : 'has not ordered', ...when, ...where];
		case 'orders':
			return ['has ordered ', ...explainCount(condition.test, 'time'), ...when, ...where];
		case 'spend':
		case 'average': {
			const say = { value: (n: string | number) => sayValue(n, undefined), field: String };
			const test = explainComparison({ of: 'number', test: condition.test }, say);
			return [`${subjects[about]} `, ...test, ...when, ...where];
		}
		case 'first':
		case 'last': {
			const has = explainWhere(condition.has, ['order_placed'], definitions, ' with ');
			return [`${subjects[about]} was`, ...when, ...has, ...where];
		}
	}
}
