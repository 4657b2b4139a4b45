import { predicateOf } from '../../operators/german/families';
import { sayMissing } from '../../operators/german/missing';
import { main } from '../../operators/german/predicate';
import { sayAs } from '../../operators/german/presence';
import { name, pathName } from '../../phrase';
import type { InGerman } from '../german-kind';
import type { FieldCondition } from './field';
import { deletedField, sayOf } from './german-words';

/** "Land ist Schweiz oder Deutschland" */
export const field: InGerman<FieldCondition> = (condition, { fields }) => {
	const field = fields.get(condition.field);
	return [
		name(pathName(field?.name ?? deletedField, condition.path)),
		...(condition.path === undefined ? [] : sayAs(condition)),
		' ',
		...main(predicateOf(condition, sayOf(field, fields))),
		...sayMissing(condition)
	];
};
