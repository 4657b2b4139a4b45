import type { Field, FieldType } from '$lib/fields/field';
import { textKey } from '$lib/text-key';
import type { ColumnTarget } from '../mapping';
import { consentOf, looksLikeConsent, type Polarity } from '../values/consent';
import { isRowNumber, type Candidate, type SampledColumn } from './candidate';
import { usualFields } from './roles';
import type { Shape } from './shape';
import type { SuggestAsk } from './suggest';

/** What a column of people becomes. */
export function contactTarget(
	column: SampledColumn,
	role: Candidate['role'],
	shape: Shape,
	ask: SuggestAsk
): ColumnTarget {
	const { values } = column;
	const consent = (channel: 'email' | 'sms', polarity: Polarity) =>
		consentTarget(channel, polarity, values);
	switch (role) {
		case 'ignore':
		case 'ip':
		case 'updated_at':
			return { target: 'ignore' };
		case 'email':
			return { target: 'email' };
		case 'full_name':
			return { target: 'fullName' };
		case 'external_id':
			return isRowNumber(column) ? { target: 'ignore' } : { target: 'externalId' };
		case 'tags':
		case 'lists':
			return { target: role };
		case 'consent_email':
			return consent('email', 'yes');
		case 'consent_sms':
			return consent('sms', 'yes');
		case 'suppressed_email':
			return consent('email', 'no');
		case 'suppressed_sms':
			return consent('sms', 'no');
		case 'unsubscribed_at':
			return consent('email', 'whenNo');
		case 'status':
			// Elsewhere a status is that of a deal, a payment or a membership.
			return looksLikeConsent(values) &&
				values.some((value) => /subscri|opt|confirm|bounce|clean/i.test(value))
				? consent('email', 'yes')
				: newField(column, role, shape.type, ask);
		case 'consent_at':
			return { target: 'field', field: 'email_consent_at' };
		case 'first_name':
		case 'last_name':
		case 'phone':
		case 'company':
		case 'city':
		case 'region':
		case 'postcode':
		case 'country':
		case 'language':
		case 'time_zone':
		case 'created_at':
			return { target: 'field', field: role };
		default:
			return newField(column, role, shape.type, ask);
	}
}

/** A column of consent, with what its values most likely say. */
export function consentTarget(
	channel: 'email' | 'sms',
	polarity: Polarity,
	values: readonly string[]
): ColumnTarget {
	if (polarity === 'whenNo')
		return { target: 'consent', channel, says: {}, otherwise: 'unsubscribed' };
	const says = Object.fromEntries(
		[...new Set(values.map(textKey))].slice(0, 40).map((key) => [key, consentOf(key, polarity)])
	);
	return { target: 'consent', channel, says, otherwise: null, polarity };
}

/** A field of the workspace with this name, else a new one. Columns without any value are left out. */
function newField(
	{ name, values }: SampledColumn,
	role: Candidate['role'],
	type: FieldType,
	{ vendor, definitions, newId }: SuggestAsk
): ColumnTarget {
	const usual = role && role !== 'ignore' && role !== 'field' ? usualFields[role] : undefined;
	if (values.length === 0) return { target: 'ignore' };
	if (!usual && role !== 'field' && vendor?.rest === 'ignore') return { target: 'ignore' };
	const title = usual?.name ?? name;
	const known = [...definitions.fields.values()].find(
		(field) => sameName(field, title) || sameName(field, name)
	);
	if (known) return { target: 'field', field: known.id };
	return {
		target: 'newField',
		field: { id: newId(), name: title, type: usual && canBe(type, usual.type) ? usual.type : type }
	};
}

const sameName = (field: Field, name: string): boolean => textKey(field.name) === textKey(name);

/** What the cells look like must allow the type a field of this name usually has. */
const canBe = (found: FieldType, usual: FieldType): boolean =>
	found === usual ||
	usual === 'text' ||
	(usual === 'datetime' && found === 'date') ||
	(usual === 'date' && found === 'datetime');
