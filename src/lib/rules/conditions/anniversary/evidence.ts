import type { Evident } from '../../why/evidence';
import type { AnniversaryCondition } from './anniversary';

export const anniversaryEvidence: Evident<AnniversaryCondition> = ({ field }, { fields }) => ({
	type: 'values',
	values: [{ field, value: fields[field] }]
});
