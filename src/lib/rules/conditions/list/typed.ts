import { windowTest } from '../../typed/events';
import { either, entry, fixed, list, named, row, words } from '../../typed/form';

const lists = entry('lists', list(named(({ lists }) => lists)));
const operator = (operator: string, ...ways: [string, ...string[]]) =>
	fixed({ operator }, words(...ways));

/** "in list Newsletter, Shop", "joined list Newsletter in the last 7 days" */
export const typedList = fixed(
	{ kind: 'list' },
	entry(
		'test',
		either(
			operator('inNoList', 'in no list', 'is in no list'),
			row(operator('inAll', 'in all lists', 'is in all lists'), lists),
			row(operator('inNone', 'not in list', 'is not in list'), lists),
			row(operator('inAny', 'in list', 'in any list', 'is in list'), lists),
			row(operator('joined', 'joined list'), lists, entry('window', windowTest))
		)
	)
);
