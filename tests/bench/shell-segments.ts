import type { Condition } from '../../src/lib/rules/conditions/registry';
import type { PortableRule } from '../../src/lib/portable/rule';
import type { PortableSegment } from '../../src/lib/portable/workspace';
import type { Window } from '../../src/lib/rules/operators/window';

const is = (condition: Condition): PortableRule => ({ ...condition });
const all = (...children: PortableRule[]): PortableRule => ({ match: 'all', children });
const any = (...children: PortableRule[]): PortableRule => ({ match: 'any', children });
const none = (...children: PortableRule[]): PortableRule => ({ match: 'none', children });

const inLast = (n: number): Window => ({ operator: 'inLast', n, unit: 'day' });
const opened = { kind: 'message', activity: 'opened' } as const;
const clicked = { kind: 'message', activity: 'clicked' } as const;
const anyEmail = { which: 'any' } as const;
const campaign = (n: number) => ({ which: 'campaigns' as const, campaigns: [`Campaign ${n}`] });

const subscribed = is({ kind: 'consent', channel: 'email', is: true, state: 'subscribed' });
const livesIn = (...values: string[]) =>
	is({ kind: 'field', field: 'country', of: 'text', test: { operator: 'isAnyOf', values } });

/** What a shop asks: twenty segments of many kinds, some of them the dearest there are. */
const rules: Readonly<Record<string, PortableRule>> = {
	'Subscribed around here': all(subscribed, livesIn('CH', 'DE', 'AT')),
	'VIP by tag or spend': any(
		is({ kind: 'tag', test: { operator: 'anyOf', tags: ['vip'] } }),
		is({ kind: 'purchase', about: 'spend', test: { operator: 'moreThan', value: 150 } })
	),
	'Engaged 30 days': all(
		subscribed,
		any(
			is({ ...opened, did: true, emails: anyEmail, window: inLast(30), excludeMachines: true }),
			is({ ...clicked, did: true, emails: anyEmail, window: inLast(30) })
		)
	),
	'Unengaged 180 days': all(
		is({ kind: 'message', activity: 'sent', did: true, emails: anyEmail, window: inLast(180) }),
		none(
			is({ ...opened, did: true, emails: anyEmail, window: inLast(180) }),
			is({ ...clicked, did: true, emails: anyEmail, window: inLast(180) })
		)
	),
	'Never opened': all(
		is({
			...{ kind: 'message', activity: 'sent', did: true, emails: anyEmail },
			count: { operator: 'atLeast', n: 5 }
		}),
		is({ ...opened, did: false, emails: anyEmail })
	),
	'Opened, not clicked': all(
		is({ ...opened, did: true, emails: campaign(39) }),
		is({ ...clicked, did: false, emails: campaign(39) })
	),
	'Opened two of the last five': is({
		...opened,
		did: true,
		emails: { which: 'lastSends', n: 5 },
		count: { operator: 'atLeast', n: 2 }
	}),
	'Open rate of half': is({
		kind: 'engagement',
		measure: 'openRate',
		sends: 20,
		test: { operator: 'atLeast', value: 50 }
	}),
	'Click rate under a tenth, by people': is({
		kind: 'engagement',
		measure: 'clickRate',
		sends: 50,
		excludeMachines: true,
		test: { operator: 'lessThan', value: 10 }
	}),
	'Best buyers': is({
		kind: 'engagement',
		measure: 'rfm',
		is: true,
		...{ recency: [4, 5], frequency: [4, 5], monetary: [4, 5] }
	}),
	'Repeat buyers': is({
		kind: 'purchase',
		about: 'orders',
		test: { operator: 'atLeast', n: 2 }
	}),
	'High average order in francs': is({
		kind: 'purchase',
		about: 'average',
		test: { operator: 'moreThan', value: 80 },
		where: [{ property: 'currency', of: 'text', test: { operator: 'is', value: 'CHF' } }]
	}),
	'Lapsed buyers': is({ kind: 'inactive', types: ['order_placed'], window: inLast(180) }),
	'Carted, not ordered': is({ kind: 'purchase', about: 'carted', window: inLast(7) }),
	'Opened, clicked, bought': is({
		kind: 'sequence',
		steps: [
			{ types: ['email_opened'] },
			{ types: ['email_clicked'], within: { n: 7, unit: 'day' } },
			{ types: ['order_placed'], within: { n: 14, unit: 'day' } }
		]
	}),
	'Carted twice and bought nothing in between': is({
		kind: 'sequence',
		steps: [
			{ types: ['cart_added'] },
			{ types: ['cart_added'], without: { types: ['order_placed'] } }
		],
		window: inLast(180)
	}),
	'Looks around every month': all(
		is({
			kind: 'regularly',
			types: ['page_viewed', 'email_clicked'],
			...{ times: 1, period: { n: 1, unit: 'month' }, of: 4, active: 3 }
		}),
		subscribed
	),
	'First order lately, not a small one': is({
		kind: 'first',
		types: ['order_placed'],
		window: inLast(30),
		has: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 50 } }]
	}),
	'Birthday within a week': all(
		is({
			kind: 'anniversary',
			field: 'birthday',
			of: 'date',
			test: { operator: 'inNext', days: 7 }
		}),
		is({ kind: 'list', test: { operator: 'inAny', lists: ['List 1', 'List 2'] } }),
		subscribed
	),
	'Hold-out of those with many points': all(
		is({ kind: 'sample', in: true, seed: 'hold-out', from: 0, to: 10 }),
		is({ kind: 'field', field: 'points', of: 'number', test: { operator: 'atLeast', value: 500 } }),
		is({ kind: 'segment', segment: 'segment-2', in: false })
	)
};

export const shellSegments: readonly PortableSegment[] = Object.entries(rules).map(
	([name, rule], i) => ({ id: `segment-${i + 1}`, name, rule })
);
