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
	}
];
