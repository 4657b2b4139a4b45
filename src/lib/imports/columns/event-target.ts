import type { FieldType } from '$lib/fields/field';
import { textKey } from '$lib/text-key';
import type { ColumnTarget } from '../mapping';
import { areEmailEvents, emailEventOf } from '../values/email-event';
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
	ask: SuggestAsk & { readonly ofEmails: boolean }
): ColumnTarget {
	const { values } = column;
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
			return eventTypeTarget(values);
		case 'event_id':
			return { target: 'eventId' };
		case 'campaign':
			return ask.ofEmails ? { target: 'reference', name: 'Campaign' } : other(column, shape, ask);
		case 'link':
			return ask.ofEmails && values.length > 0
				? property('Link', 'text', ask)
				: other(column, shape, ask);
		case 'bounce':
			return values.length > 0 ? property('Bounce', 'text', ask) : { target: 'ignore' };
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
			return role === 'field' || ask.vendor?.rest !== 'ignore'
				? other(column, shape, ask)
				: { target: 'ignore' };
	}
}

/** A column that tells what happened. Where that is about emails, it becomes the types Winnow knows. */
export function eventTypeTarget(values: readonly string[]): ColumnTarget {
	if (!areEmailEvents(values)) return { target: 'eventType' };
	const keys = [...new Set(values.map(textKey))].slice(0, 40);
	return {
		target: 'eventType',
		says: Object.fromEntries(keys.map((key) => [key, emailEventOf(key) ?? null]))
	};
}

/** A property of its own. Columns without any value are left out. */
const other = ({ name, values }: SampledColumn, { type }: Shape, ask: SuggestAsk): ColumnTarget =>
	values.length === 0 ? { target: 'ignore' } : property(name, type, ask);

const property = (name: string, type: FieldType, { definitions }: SuggestAsk): ColumnTarget => ({
	target: 'property',
	property: newProperty(name, type, definitions)
});
