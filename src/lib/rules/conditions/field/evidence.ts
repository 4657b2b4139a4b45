import { otherFieldOf } from '../../operators/operand';
import type { Evident } from '../../why/evidence';
import type { FieldCondition } from './field';

export const fieldEvidence: Evident<FieldCondition> = ({ field, path, test }, { fields }) => {
	const other = otherFieldOf(test);
	const own = { field, path, value: fields[field] };
	return {
		type: 'values',
		values: other === undefined ? [own] : [own, { field: other, value: fields[other] }]
	};
};
