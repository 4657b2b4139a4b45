import type { Example } from '../example';
import type { PlaceCondition } from './place';

const lives = (test: PlaceCondition['test']): PlaceCondition => ({ kind: 'place', in: true, test });
const zurich = { latitude: 47.3769, longitude: 8.5417 };
const fields = { latitude: 'lat', longitude: 'lon' };

/** ada has the coordinates of Zurich, bo those of Munich, cy of Bern; dee's latitude of 91° is nowhere. */
export const examples: Example<PlaceCondition>[] = [
	{
		condition: lives({ operator: 'country', values: ['CH', 'at'] }),
		explains: 'lives in Switzerland or Austria',
		german: 'wohnt in der Schweiz oder in Österreich',
		members: ['ada', 'cy']
	},
	{
		condition: { ...lives({ operator: 'country', values: ['CH'] }), in: false },
		explains: 'does not live in Switzerland',
		german: 'wohnt nicht in der Schweiz',
		members: ['bo', 'dee', 'eve']
	},
	{
		condition: lives({ operator: 'region', values: [' zh'] }),
		explains: 'lives in  zh',
		german: 'wohnt in der Region  zh',
		members: ['ada']
	},
	{
		// Accents matter.
		condition: lives({ operator: 'city', values: ['Zurich'] }),
		explains: 'lives in Zurich',
		german: 'wohnt in Zurich',
		members: ['bo']
	},
	{
		condition: lives({ operator: 'postcode', values: ['80', 'D-80'] }),
		explains: 'lives where the postcode starts with 80 or D-80',
		german: 'wohnt unter einer Postleitzahl, die mit 80 oder D-80 beginnt',
		members: ['ada', 'bo']
	},
	{
		// A percent sign is a percent sign.
		condition: lives({ operator: 'postcode', values: ['%'] }),
		explains: 'lives where the postcode starts with %',
		german: 'wohnt unter einer Postleitzahl, die mit % beginnt',
		members: []
	},
	{
		condition: lives({ operator: 'eu' }),
		explains: 'lives in the European Union',
		german: 'wohnt in der Europäischen Union',
		members: ['bo']
	},
	{
		// Whoever's country is not known does not count as living there.
		condition: { ...lives({ operator: 'eu' }), in: false },
		explains: 'does not live in the European Union',
		german: 'wohnt nicht in der Europäischen Union',
		members: ['ada', 'cy', 'dee', 'eve']
	},
	{
		condition: lives({ operator: 'within', km: 0.001, of: zurich, fields }),
		explains: 'lives within 0.001 km of 47.3769, 8.5417 by Latitude and Longitude',
		german: 'wohnt im Umkreis von 0,001 km um 47.3769, 8.5417 (nach Latitude und Longitude)',
		members: ['ada']
	},
	{
		// It is 95.5 km to Bern.
		condition: lives({ operator: 'within', km: 96, of: zurich, fields }),
		explains: 'lives within 96 km of 47.3769, 8.5417 by Latitude and Longitude',
		german: 'wohnt im Umkreis von 96 km um 47.3769, 8.5417 (nach Latitude und Longitude)',
		members: ['ada', 'cy']
	},
	{
		condition: lives({ operator: 'within', km: 95, of: zurich, fields }),
		explains: 'lives within 95 km of 47.3769, 8.5417 by Latitude and Longitude',
		german: 'wohnt im Umkreis von 95 km um 47.3769, 8.5417 (nach Latitude und Longitude)',
		members: ['ada']
	},
	{
		condition: { ...lives({ operator: 'within', km: 250, of: zurich, fields }), in: false },
		explains: 'does not live within 250 km of 47.3769, 8.5417 by Latitude and Longitude',
		german: 'wohnt nicht im Umkreis von 250 km um 47.3769, 8.5417 (nach Latitude und Longitude)',
		members: ['dee', 'eve']
	},
	{
		// Half round the globe, over the date line: everybody who is anywhere.
		condition: lives({
			operator: 'within',
			km: 20_040,
			of: { latitude: -47, longitude: -171 },
			fields
		}),
		explains: 'lives within 20,040 km of -47, -171 by Latitude and Longitude',
		german: 'wohnt im Umkreis von 20.040 km um -47, -171 (nach Latitude und Longitude)',
		members: ['ada', 'bo', 'cy']
	}
];
