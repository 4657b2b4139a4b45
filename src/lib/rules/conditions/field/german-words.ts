import type { Field, Fields } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import type { Say } from '../../operators/operator';

export const deletedField = 'ein gelöschtes Feld';

/** Values of a field, and what other fields are called. */
export const sayOf = (field: Field | undefined, fields: Fields): Say => ({
	value: (value) => sayValue(value, field, 'de'),
	field: (id) => fields.get(id)?.name ?? deletedField
});

/** Numbers that are of no field. */
export const sayAmount: Say = { value: (n) => sayValue(n, undefined, 'de'), field: String };
