import { testOf } from '../../typed/comparison';
import { byPeople, window } from '../../typed/events';
import { choice, either, entry, fixed, list, maybe, row, words } from '../../typed/form';
import { number } from '../../typed/values';

const rate = row(
	either(
		fixed({ measure: 'openRate' }, words('open rate')),
		fixed({ measure: 'clickRate' }, words('click rate'))
	),
	...[words('over the last'), entry('sends', number), words('sends', 'send'), byPeople],
	entry('test', testOf('number', { type: 'number' }))
);

const quintiles = (score: string) => maybe(row(words(score), entry(score, list(number))));
const groups = row(
	either(
		fixed({ is: true }, words('in buyer group', 'buyer group')),
		fixed({ is: false }, words('not in buyer group', 'not buyer group'))
	),
	...[quintiles('recency'), quintiles('frequency'), quintiles('monetary')]
);

const top = row(
	either(fixed({ is: true }, words('in the top')), fixed({ is: false }, words('not in the top'))),
	...[entry('percent', number), words('% of buyers by', '% by')],
	entry('of', choice({ spend: 'spend', orders: 'orders' })),
	window
);

/** "in the top 10 % of buyers by spend", "open rate over the last 10 sends ≥ 20", "in buyer group recency 4, 5 monetary 5" */
export const typedEngagement = fixed(
	{ kind: 'engagement' },
	either(rate, fixed({ measure: 'rfm' }, groups), fixed({ measure: 'top' }, top))
);
