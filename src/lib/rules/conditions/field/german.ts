import { predicateOf, sayMissing } from '../../operators/german/families';
import { main } from '../../operators/german/predicate';
import { name } from '../../phrase';
import type { InGerman } from '../german-kind';
import type { FieldCondition } from './field';
import { deletedField, sayOf } from './german-words';

/** "Land ist Schweiz oder Deutschland" */
export const field: InGerman<FieldCondition> = (condition, { fields }) => {
	const field = fields.get(condition.field);
	return [
		name(field?.name ?? deletedField),
		' ',
		...main(predicateOf(condition, sayOf(field, fields))),
		...sayMissing(condition)
	];
};
