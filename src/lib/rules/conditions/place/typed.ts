import { either, entry, fixed, list, named, row, words, type Form } from '../../typed/form';
import { country, number, text } from '../../typed/values';

const within = (operator: string, value: Form<string>, ...ways: [string, ...string[]]) =>
	row(fixed({ operator }, words(...ways)), entry('values', list(value)));
const field = (key: string) =>
	entry(
		key,
		named(({ fields }) => fields)
	);

const test = entry(
	'test',
	either(
		within('country', country, 'in country', 'in countries'),
		within('region', text, 'in region', 'in regions'),
		within('city', text, 'in city', 'in cities'),
		within('postcode', text, 'in postcode area', 'in postcode', 'in postcodes'),
		fixed({ operator: 'eu' }, words('in the EU', 'in the european union')),
		row(
			...[fixed({ operator: 'within' }, words('within')), entry('km', number), words('km of')],
			entry('of', row(entry('latitude', number), words(','), entry('longitude', number))),
			words('by'),
			entry('fields', row(field('latitude'), words(','), field('longitude')))
		)
	)
);

/** "lives in country CH, AT", "lives within 20 km of 47.37 , 8.54 by Latitude , Longitude" */
export const typedPlace = fixed(
	{ kind: 'place' },
	row(
		either(
			fixed({ in: true }, words('lives')),
			fixed({ in: false }, words('does not live', 'lives not'))
		),
		test
	)
);
