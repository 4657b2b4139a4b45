import { unreachable } from '$lib/result';
import { name, type Phrase } from '../../phrase';
import type { ItemFilter, JsonTest } from '../json';
import type { Say } from '../operator';
import { boolean } from './boolean';
import { sayCount } from './count';
import { sayMissing } from './missing';
import { multiselect } from './multiselect';
import { number } from './number';
import type { GermanOperators } from './operators';
import { dependent } from './predicate';
import { presenceInfo, presenceWords, sayAs } from './presence';
import { text } from './text';
import { date, datetime } from './time';

export const json: GermanOperators<JsonTest> = {
	info: {
		anyItem: {
			label: 'hat einen Eintrag, bei dem',
			definition: 'Mindestens ein Eintrag der Liste ist so.'
		},
		allItems: {
			label: 'hat nur Einträge, bei denen',
			definition: 'Jeder Eintrag der Liste ist so, und es gibt mindestens einen.'
		},
		noItem: {
			label: 'hat keinen Eintrag, bei dem',
			definition: 'Kein Eintrag der Liste ist so, oder es gibt keine Liste.'
		},
		itemCount: {
			label: 'Anzahl der Einträge ist',
			definition: 'Wie viele Einträge der Liste so sind. Ohne Liste sind es 0.'
		},
		...presenceInfo
	},

	explain(test, say) {
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return presenceWords[test.operator];
			case 'anyItem':
				return { verb: 'hat', rest: ['einen Eintrag'], after: such(', bei dem ', test.where, say) };
			case 'noItem':
				return {
					verb: 'hat',
					rest: ['keinen Eintrag'],
					after: such(', bei dem ', test.where, say)
				};
			case 'allItems':
				return {
					verb: 'hat',
					rest: ['nur Einträge'],
					after: such(', bei denen ', test.where, say)
				};
			case 'itemCount': {
				const { count, where = [] } = test;
				const isOne = ('n' in count ? count.n : count.to) === 1;
				const after = such(isOne ? ', bei dem ' : ', bei denen ', where, say);
				return { verb: 'hat', rest: [sayCount(count, 'Eintrag', 'Einträge')], after };
			}
			default:
				return unreachable(test);
		}
	}
};

/** ", bei dem sku A ist und price über 50 liegt" */
const such = (begin: string, where: readonly ItemFilter[], say: Say): Phrase =>
	where.flatMap((filter, i): Phrase => [
		i === 0 ? begin : ' und ',
		filter.path === undefined ? 'der Wert' : name(filter.path),
		...sayAs(filter),
		' ',
		...dependent(operatorsOf(filter).explain(filter.test, say)),
		...sayMissing(filter)
	]);

/** What items, and parts of them, are compared as. */
const itemFamilies: {
	readonly [F in ItemFilter['of']]: GermanOperators<Extract<ItemFilter, { of: F }>['test']>;
} = { text, number, boolean, date, datetime, multiselect };

/** TypeScript cannot tie a looked-up family to its own test. */
const operatorsOf = ({ of }: ItemFilter): GermanOperators<ItemFilter['test']> =>
	itemFamilies[of] as unknown as GermanOperators<ItemFilter['test']>;
