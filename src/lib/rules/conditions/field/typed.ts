import { comparisonOf } from '../../typed/comparison';
import { entry, fixed, named, row, unsayable } from '../../typed/form';

/** "Country is any of CH, DE" */
export const typedField = fixed(
	{ kind: 'field' },
	row(
		entry(
			'field',
			named(({ fields }) => fields)
		),
		({ field }, { definitions }) => {
			const subject = definitions.fields.get(String(field));
			return subject ? comparisonOf(subject) : unsayable;
		}
	)
);
