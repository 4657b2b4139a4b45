import { standardFields, type Field, type FieldOption, type StandardFieldId } from './field';

/** Standard fields in German. */
const germanFieldNames: Readonly<Record<StandardFieldId, string>> = {
	email: 'E-Mail',
	first_name: 'Vorname',
	last_name: 'Nachname',
	phone: 'Telefon',
	company: 'Firma',
	country: 'Land',
	region: 'Region',
	city: 'Ort',
	postcode: 'Postleitzahl',
	language: 'Sprache',
	time_zone: 'Zeitzone',
	email_consent: 'E-Mail-Einwilligung',
	email_consent_at: 'Datum der E-Mail-Einwilligung',
	email_consent_source: 'Quelle der E-Mail-Einwilligung',
	sms_consent: 'SMS-Einwilligung',
	sms_consent_at: 'Datum der SMS-Einwilligung',
	sms_consent_source: 'Quelle der SMS-Einwilligung',
	created_at: 'Erstellungsdatum',
	updated_at: 'Änderungsdatum'
};

const optionNames: Readonly<Record<string, string>> = {
	subscribed: 'angemeldet',
	unsubscribed: 'abgemeldet',
	pending: 'ausstehend'
};

/** A field with its German name, where it still has the one that Winnow gave it. */
export function germanField(field: Field): Field {
	const standard: (Field & { readonly id: StandardFieldId }) | undefined = standardFields.find(
		({ id }) => id === field.id
	);
	if (!standard) return field;
	const name = field.name === standard.name ? germanFieldNames[standard.id] : field.name;
	if (!field.options) return { ...field, name };
	return { ...field, name, options: field.options.map((option) => germanOption(option, standard)) };
}

function germanOption(option: FieldOption, { options }: Field): FieldOption {
	const isDefault = options?.some(({ id, name }) => id === option.id && name === option.name);
	const name = isDefault ? optionNames[option.id] : undefined;
	return name === undefined ? option : { ...option, name };
}
