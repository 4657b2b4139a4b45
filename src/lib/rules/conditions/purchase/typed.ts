import { testOf } from '../../typed/comparison';
import { countOf } from '../../typed/count';
import { filters, window } from '../../typed/events';
import {
	either,
	entry,
	fixed,
	row,
	words,
	type Following,
	type Form,
	type Part
} from '../../typed/form';
import type { Vocabulary } from '../../typed/names';
import { order } from './purchase';

/** Filters are on orders, whatever was said before. */
const of =
	(key: string, word: string) =>
	(_: Part, names: Vocabulary): Form<Part> =>
		filters(key, word)({ types: [order] }, names);
const where = of('where', 'where');

const number = entry('test', testOf('number', { type: 'number' }));
const about = (about: string, ...forms: (Form<Part> | Following)[]) =>
	fixed({ about }, row(...forms));

/** "ordered at least 2 times in the last 90 days where Total > 50", "spent ≥ 100" */
export const typedPurchase = fixed(
	{ kind: 'purchase' },
	either(
		about('orders', words('ordered'), entry('test', countOf('time')), window, where),
		about('ordered', fixed({ did: true }, words('ordered')), window, where),
		about('ordered', fixed({ did: false }, words('not ordered', 'never ordered')), window, where),
		about('carted', words('abandoned a cart', 'abandoned cart'), window),
		about('spend', words('spent', 'total spend'), number, window, where),
		about('average', words('average order'), number, window, where),
		about('first', words('first order'), window, of('has', 'with'), where),
		about('last', words('last order'), window, of('has', 'with'), where)
	)
);
