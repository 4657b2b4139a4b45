import type { Known } from './known';

const happened =
	(...types: readonly string[]) =>
	({ events }: Known): boolean =>
		types.some((type) => events.includes(type));

/** What a template may need, as it is said after "needs", and whether a workspace has it. */
export const needs = {
	emails: { what: 'emails that were sent', met: happened('email_sent', 'email_delivered') },
	opens: { what: 'opened emails', met: happened('email_opened') },
	clicks: { what: 'clicked emails', met: happened('email_clicked') },
	reactions: {
		what: 'opened or clicked emails',
		met: happened('email_opened', 'email_clicked')
	},
	campaign: {
		what: 'emails of a campaign',
		met: ({ campaign }: Known) => campaign !== undefined
	},
	link: { what: 'clicks with their link', met: ({ link }: Known) => link !== undefined },
	consent: {
		what: 'consent to email',
		met: ({ filled }: Known) => filled.includes('email_consent')
	},
	orders: { what: 'orders', met: happened('order_placed') },
	totals: {
		what: 'orders with a total',
		met: ({ highOrder }: Known) => highOrder !== undefined
	},
	carts: { what: 'carts', met: happened('cart_added') },
	products: {
		what: 'orders that say what was bought',
		met: ({ bought, bestSelling }: Known) => bought !== undefined && bestSelling.length > 0
	},
	birthday: {
		what: 'a birthday field',
		met: ({ birthday }: Known) => birthday !== undefined
	},
	coordinates: {
		what: 'fields of latitude and longitude',
		met: ({ coordinates }: Known) => coordinates !== undefined
	}
} as const;

export type Need = keyof typeof needs;
