import * as z from 'zod/mini';

export const FieldType = z.enum([
	'text',
	'email',
	'url',
	'phone',
	'number',
	'boolean',
	'date',
	'datetime',
	'select',
	'multiselect',
	/** Objects and lists. Only custom fields and properties of events are of this type. */
	'json'
]);
export type FieldType = z.infer<typeof FieldType>;

/** How values of a type are compared: text, email, URL and phone alike. Operators belong to a family. */
export type Family = Exclude<FieldType, 'email' | 'url' | 'phone'>;

export const familyOf = (type: FieldType): Family =>
	type === 'email' || type === 'url' || type === 'phone' ? 'text' : type;

export const FieldOption = z.object({ id: z.string(), name: z.string() });
export type FieldOption = z.infer<typeof FieldOption>;

/** A property of a contact. Its id is what rules and stored values refer to; its name is only shown. */
export const Field = z.object({
	id: z.string().check(z.minLength(1), z.maxLength(64)),
	name: z.string().check(z.minLength(1)),
	type: FieldType,
	/** The choices of a select or multi-select. An option's id is the text key it was made from. */
	options: z.optional(z.array(FieldOption)),
	/** Codes that are shown by name: ISO 3166 countries, ISO 639 languages. */
	format: z.optional(z.enum(['country', 'language']))
});
export type Field = z.infer<typeof Field>;

export type Fields = ReadonlyMap<string, Field>;

export const channels = [
	{ id: 'email', name: 'Email' },
	{ id: 'sms', name: 'SMS' }
] as const;

const consentStates: FieldOption[] = [
	{ id: 'subscribed', name: 'Subscribed' },
	{ id: 'unsubscribed', name: 'Unsubscribed' },
	{ id: 'pending', name: 'Pending' }
];

/**
 * The fields every contact has. Their ids are the names of the columns of the table `contact`; text has its key in
 * `<id>_key`. Consent without a state means: never asked.
 */
export const standardFields = [
	{ id: 'email', name: 'Email', type: 'email' },
	{ id: 'first_name', name: 'First name', type: 'text' },
	{ id: 'last_name', name: 'Last name', type: 'text' },
	{ id: 'phone', name: 'Phone', type: 'phone' },
	{ id: 'company', name: 'Company', type: 'text' },
	{ id: 'country', name: 'Country', type: 'text', format: 'country' },
	{ id: 'region', name: 'Region', type: 'text' },
	{ id: 'city', name: 'City', type: 'text' },
	{ id: 'postcode', name: 'Postcode', type: 'text' },
	{ id: 'language', name: 'Language', type: 'text', format: 'language' },
	{ id: 'time_zone', name: 'Time zone', type: 'text' },
	{ id: 'email_consent', name: 'Email consent', type: 'select', options: consentStates },
	{ id: 'email_consent_at', name: 'Email consent date', type: 'datetime' },
	{ id: 'email_consent_source', name: 'Email consent source', type: 'text' },
	{ id: 'sms_consent', name: 'SMS consent', type: 'select', options: consentStates },
	{ id: 'sms_consent_at', name: 'SMS consent date', type: 'datetime' },
	{ id: 'sms_consent_source', name: 'SMS consent source', type: 'text' },
	{ id: 'created_at', name: 'Created', type: 'datetime' },
	{ id: 'updated_at', name: 'Updated', type: 'datetime' }
] as const satisfies readonly Field[];

export type StandardFieldId = (typeof standardFields)[number]['id'];

const standardIds: ReadonlySet<string> = new Set(standardFields.map((field) => field.id));

export const isStandard = (id: string): id is StandardFieldId => standardIds.has(id);

/** Whether a field says what contacts agreed to, when or how. */
export const isConsent = (id: string): boolean => isStandard(id) && /_consent(_|$)/.test(id);
