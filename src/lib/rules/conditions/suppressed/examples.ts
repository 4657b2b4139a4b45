import type { Example } from '../example';
import type { SuppressedCondition } from './suppressed';

const suppressed = (...reasons: SuppressedCondition['reasons']): SuppressedCondition => ({
	kind: 'suppressed',
	is: true,
	reasons
});

export const examples: Example<SuppressedCondition>[] = [
	{
		// bo by an event, cy by the list; a soft bounce is none.
		condition: suppressed('hardBounce'),
		explains: 'is suppressed for a hard bounce',
		members: ['bo', 'cy']
	},
	{
		// cy complains in a millisecond.
		condition: suppressed('complaint'),
		explains: 'is suppressed for a complaint',
		members: ['dee']
	},
	{
		condition: suppressed('manual'),
		explains: 'is suppressed for a decision by hand',
		members: ['ada']
	},
	{
		condition: suppressed('hardBounce', 'complaint', 'manual'),
		explains: 'is suppressed for a hard bounce, a complaint or a decision by hand',
		members: ['ada', 'bo', 'cy', 'dee']
	},
	{
		condition: { ...suppressed('hardBounce', 'complaint'), is: false },
		explains: 'is not suppressed for a hard bounce or a complaint',
		members: ['ada', 'eve']
	}
];
