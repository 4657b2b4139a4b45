import { testOf } from '../../typed/comparison';
import { countOf } from '../../typed/count';
import { propertiesOf, types, where, window } from '../../typed/events';
import { either, entry, fixed, named, row, words, type Form, type Part } from '../../typed/form';
import type { Vocabulary } from '../../typed/names';
import { familyOf } from '$lib/fields/field';

const property = ({ types }: Part, names: Vocabulary): Form<Part> =>
	row(
		words('of'),
		entry(
			'property',
			named(() => propertiesOf(types, names))
		)
	);

/** What the property comes to: a value of its own type, or how many different ones there are. */
function asked({ types, property, function: of }: Part, names: Vocabulary): Form<Part> {
	const subject = propertiesOf(types, names).get(String(property)) ?? { type: 'number' as const };
	const family = familyOf(subject.type);
	const test = of === 'distinct' ? countOf('value') : testOf(family, subject);
	return fixed({ of: family }, entry('test', test));
}

const functions = either(
	fixed({ function: 'sum' }, words('sum over', 'total over')),
	fixed({ function: 'average' }, words('average over')),
	fixed({ function: 'min' }, words('lowest over', 'earliest over', 'minimum over')),
	fixed({ function: 'max' }, words('highest over', 'latest over', 'maximum over')),
	fixed({ function: 'distinct' }, words('different values over'))
);

/** "sum over Placed order of Total > 100 in the last 30 days" */
export const typedAggregate = fixed(
	{ kind: 'aggregate' },
	row(functions, types, property, asked, window, where)
);
