import type { FieldType } from '$lib/fields/field';
import type { ColumnTarget } from '../mapping';
import { isRowNumber, type Candidate, type SampledColumn } from './candidate';
import { newProperty } from './new-property';
import { usualFields } from './roles';
import type { Shape } from './shape';
import type { SuggestAsk } from './suggest';

/** What a column of events becomes. */
export function eventTarget(
	column: SampledColumn,
	role: Candidate['role'],
	shape: Shape,
	ask: SuggestAsk
): ColumnTarget {
	const { name, values } = column;
	switch (role) {
		case 'ignore':
		case 'ip':
			return { target: 'ignore' };
		case 'email':
			return { target: 'email' };
		case 'external_id':
			return isRowNumber(column) ? { target: 'ignore' } : { target: 'externalId' };
		case 'event_at':
			return { target: 'time' };
		case 'event_type':
			return { target: 'eventType' };
		case 'event_id':
			return { target: 'eventId' };
		case 'order_id':
			return { target: 'reference', name: 'Order' };
		case 'order_total':
			return { target: 'value', name: 'Total' };
		case 'currency':
		case 'order_status':
			return property(usualFields[role]!.name, 'text', ask);
		case 'first_name':
		case 'last_name':
		case 'full_name':
		case 'phone':
		case 'city':
		case 'postcode':
		case 'street':
			return { target: 'ignore' };
		default:
			if (values.length === 0 || (role !== 'field' && ask.vendor?.rest === 'ignore'))
				return { target: 'ignore' };
			return property(name, shape.type, ask);
	}
}

const property = (name: string, type: FieldType, { definitions }: SuggestAsk): ColumnTarget => ({
	target: 'property',
	property: newProperty(name, type, definitions)
});
