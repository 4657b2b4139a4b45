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
		german: 'ist wegen eines Hard Bounce gesperrt',
		members: ['bo', 'cy']
	},
	{
		// cy complains in a millisecond.
		condition: suppressed('complaint'),
		explains: 'is suppressed for a complaint',
		german: 'ist wegen einer Beschwerde gesperrt',
		members: ['dee']
	},
	{
		condition: suppressed('unsubscribed'),
		explains: 'is suppressed for an unsubscribe',
		german: 'ist wegen einer Abmeldung gesperrt',
		members: ['cy']
	},
	{
		condition: suppressed('manual'),
		explains: 'is suppressed for a decision by hand',
		german: 'ist wegen einer Entscheidung von Hand gesperrt',
		members: ['ada']
	},
	{
		condition: suppressed('hardBounce', 'complaint', 'unsubscribed', 'manual'),
		explains: 'is suppressed for a hard bounce, a complaint, an unsubscribe or a decision by hand',
		german:
			'ist wegen eines Hard Bounce, einer Beschwerde, einer Abmeldung oder einer Entscheidung von Hand gesperrt',
		members: ['ada', 'bo', 'cy', 'dee']
	},
	{
		condition: { ...suppressed('hardBounce', 'complaint'), is: false },
		explains: 'is not suppressed for a hard bounce or a complaint',
		german: 'ist nicht wegen eines Hard Bounce oder einer Beschwerde gesperrt',
		members: ['ada', 'eve']
	}
];
