import type { Evident } from '../../why/evidence';
import { place, type PlaceCondition } from './place';

export const placeEvidence: Evident<PlaceCondition> = (condition, { fields }) => ({
	type: 'values',
	values: place.references(condition).map(({ id: field }) => ({ field, value: fields[field] }))
});
