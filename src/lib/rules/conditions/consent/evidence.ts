import type { Evident } from '../../why/evidence';
import type { ConsentCondition } from './consent';

export const consentEvidence: Evident<ConsentCondition> = ({ channel }, { fields }) => ({
	type: 'values',
	values: [`${channel}_consent`, `${channel}_consent_at`]
		.filter((field, i) => i === 0 || fields[field] !== undefined)
		.map((field) => ({ field, value: fields[field] }))
});
