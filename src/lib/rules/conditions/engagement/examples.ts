import type { Example } from '../example';
import type { EngagementCondition } from './engagement';

const kind = 'engagement';

export const examples: Example<EngagementCondition>[] = [
	{
		// Nothing was ever sent to anybody here, so nobody has a rate.
		condition: { kind, measure: 'openRate', sends: 10, test: { operator: 'atMost', value: 100 } },
		explains: 'open rate of the last 10 emails sent ≤ 100 %',
		german: 'Öffnungsrate der letzten 10 gesendeten E-Mails beträgt höchstens 100 %',
		members: []
	},
	{
		condition: {
			kind,
			measure: 'clickRate',
			sends: 1,
			excludeMachines: true,
			test: { operator: 'hasNoValue' }
		},
		explains: 'click rate of the last email sent, not counting machines, has no value',
		german: 'Klickrate der letzten gesendeten E-Mail (Maschinen nicht mitgezählt) hat keinen Wert',
		members: ['ada', 'bo', 'cy', 'dee', 'eve']
	},
	{
		// Of the two who ordered, ada did last and spent most: half are below, so it is the third fifth.
		condition: { kind, measure: 'rfm', is: true, recency: [3], monetary: [3, 4, 5] },
		explains: 'is in the buyer group of recency 3 and monetary 3–5',
		german: 'ist in der Käufergruppe mit Aktualität 3 und Umsatz 3–5',
		members: ['ada']
	},
	{
		// They ordered equally often.
		condition: { kind, measure: 'rfm', is: true, frequency: [1] },
		explains: 'is in the buyer group of frequency 1',
		german: 'ist in der Käufergruppe mit Häufigkeit 1',
		members: ['ada', 'cy']
	},
	{
		// Who never ordered is in no group.
		condition: { kind, measure: 'rfm', is: false, recency: [1, 3] },
		explains: 'is not in the buyer group of recency 1 or 3',
		german: 'ist nicht in der Käufergruppe mit Aktualität 1 oder 3',
		members: ['bo', 'dee', 'eve']
	},
	{
		// Nobody spent more than ada. Half of the buyers spent more than cy, which is not fewer than half.
		condition: { kind, measure: 'top', is: true, of: 'spend', percent: 50 },
		explains: 'is in the top 50 % of buyers by spend',
		german: 'gehört zu den besten 50 % der Käufer nach Umsatz',
		members: ['ada']
	},
	{
		condition: { kind, measure: 'top', is: true, of: 'spend', percent: 51 },
		explains: 'is in the top 51 % of buyers by spend',
		german: 'gehört zu den besten 51 % der Käufer nach Umsatz',
		members: ['ada', 'cy']
	},
	{
		// They ordered equally often, so both are the top.
		condition: { kind, measure: 'top', is: false, of: 'orders', percent: 1 },
		explains: 'is not in the top 1 % of buyers by number of orders',
		german: 'gehört nicht zu den besten 1 % der Käufer nach Anzahl Bestellungen',
		members: ['bo', 'dee', 'eve']
	},
	{
		// In March only ada ordered.
		condition: {
			kind,
			measure: 'top',
			is: true,
			of: 'spend',
			percent: 99,
			window: { operator: 'before', value: '2024-04-01' }
		},
		explains: 'is in the top 99 % of buyers by spend before 1 Apr 2024',
		german: 'gehört zu den besten 99 % der Käufer nach Umsatz (Bestellungen vor dem 1. Apr. 2024)',
		members: ['ada']
	}
];
