import type { Choice } from '../kind';
import type { Score } from './buyers';

/** What the picker offers: both rates, the best buyers, and groups of buyers to start from. */
export const engagementChoices = (): readonly Choice[] => [
	...(['openRate', 'clickRate'] as const).map((measure): Choice => ({
		label: measure === 'openRate' ? 'Open rate' : 'Click rate',
		group: 'Emails',
		aliases: ['engagement', 'engaged', 'unengaged', 'percent'],
		condition: { kind: 'engagement', measure, sends: 10, test: { operator: 'atLeast' } }
	})),
	...(['spend', 'orders'] as const).map((of): Choice => ({
		label: of === 'spend' ? 'Top buyers by spend' : 'Top buyers by number of orders',
		group: 'Orders',
		aliases: ['vip', 'best', 'percent', 'tenth', 'decile', 'big spenders'],
		condition: { kind: 'engagement', measure: 'top', is: true, of, percent: 10 }
	})),
	...groups.map(([label, aliases, quintiles]): Choice => ({
		label: `Buyer group: ${label}`,
		group: 'Orders',
		aliases: ['rfm', 'recency', 'frequency', 'monetary', ...aliases],
		condition: { kind: 'engagement', measure: 'rfm', is: true, ...quintiles }
	}))
];

type Group = readonly [string, readonly string[], Partial<Record<Score, number[]>>];

/** Where people start from, to change what they like. */
const groups: readonly Group[] = [
	['best', ['champions', 'vip'], { recency: [4, 5], frequency: [4, 5], monetary: [4, 5] }],
	['loyal', ['frequent'], { recency: [3, 4, 5], frequency: [4, 5] }],
	['new', ['recent'], { recency: [4, 5], frequency: [1] }],
	['big spenders', ['whales'], { monetary: [5] }],
	['at risk', ['slipping'], { recency: [1, 2], frequency: [4, 5] }],
	['lost', ['hibernating', 'churned'], { recency: [1], frequency: [1, 2] }]
];
