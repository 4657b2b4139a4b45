import { sayTimes } from '../../operators/german/count';
import { predicateOf } from '../../operators/german/families';
import { main } from '../../operators/german/predicate';
import { sayWindow } from '../../operators/german/window';
import { amongWhich, ofChosen, sayThen, sayWhere } from '../event/german-words';
import { sayAmount } from '../field/german-words';
import type { InGerman } from '../german-kind';
import type { PurchaseCondition } from './purchase';

const order = ['order_placed'];

/** "hat in den letzten 7 Tagen bestellt", "Gesamtumsatz liegt zwischen 0 und 100" */
export const purchase: InGerman<PurchaseCondition> = (condition, definitions) => {
	const { about } = condition;
	const then = sayThen(condition.window);
	if (about === 'carted')
		return ['hat ', ...then, 'etwas in den Warenkorb gelegt, aber nichts bestellt'];
	const where = sayWhere(condition.where, order, definitions);
	switch (about) {
		case 'ordered':
			return ['hat ', ...then, condition.did ? 'bestellt' : 'nicht bestellt', ...where];
		case 'orders':
			return ['hat ', ...then, sayTimes(condition.test), ' bestellt', ...where];
		case 'spend':
		case 'average': {
			const predicate = predicateOf({ of: 'number', test: condition.test }, sayAmount);
			return [`${sums[about]} `, ...main(predicate, then), ...where];
		}
		case 'first':
		case 'last':
			return [
				`${about === 'first' ? 'erste' : 'letzte'} Bestellung war`,
				...(condition.window ? [' ', ...sayWindow(condition.window)] : []),
				...sayWhere(condition.has, order, definitions, condition.window ? ofChosen : such),
				...sayWhere(condition.where, order, definitions, amongWhich)
			];
	}
};

const sums = { spend: 'Gesamtumsatz', average: 'durchschnittlicher Bestellwert' } as const;
/** Of the chosen one, where nothing is said about when it was. */
const such = [' mit ', ' so, dass '] as const;
