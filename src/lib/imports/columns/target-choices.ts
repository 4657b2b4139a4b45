import { builtInEventTypes } from '$lib/events/event-type';
import { isStandard, type Field, type FieldType } from '$lib/fields/field';
import { inSentence, typeOptions } from '$lib/fields/type-names';
import {
	typeOfTarget,
	type Column,
	type ColumnTarget,
	type ImportDefinitions,
	type Mapping
} from '../mapping';
import { consentTarget } from './contact-target';
import { eventTypeTarget } from './event-target';
import { newProperty } from './new-property';

/** What a person can choose for a column: `value` stands for a target in a list of choices. */
export interface TargetChoice {
	readonly value: string;
	readonly label: string;
	readonly group: string;
}

/** Fields that a file does not set: Winnow does, or another target does with more care. */
const notOffered: ReadonlySet<string> = new Set([
	'email',
	'email_consent',
	'sms_consent',
	'updated_at'
]);

export function targetChoices(
	kind: Mapping['kind'],
	{ fields }: ImportDefinitions
): TargetChoice[] {
	const who = [
		{ value: 'email', label: 'Email (who it is)', group: 'Person' },
		{ value: 'externalId', label: 'ID in your shop or CRM', group: 'Person' }
	];
	const none = { value: 'ignore', label: 'Ignore', group: 'Nothing' };
	if (kind === 'events')
		return [
			none,
			...who,
			{ value: 'time', label: 'Time of the event', group: 'Event' },
			{ value: 'eventType', label: 'What happened', group: 'Event' },
			{ value: 'eventId', label: 'ID of the event', group: 'Event' },
			{ value: 'reference', label: 'Reference (order, campaign, page)', group: 'Event' },
			{ value: 'value', label: 'Main number (total, amount)', group: 'Event' },
			...propertyTypes.map((type) => ({
				value: `property ${type}`,
				label: `Property: ${inSentence(type)}`,
				group: 'Property'
			}))
		];
	const offered = [...fields.values()].filter(({ id }) => !notOffered.has(id));
	const choice = (field: Field) => ({
		value: `field ${field.id}`,
		label: field.name,
		group: isStandard(field.id) ? 'Fields' : 'Your fields'
	});
	return [
		none,
		...who,
		{ value: 'fullName', label: 'Full name', group: 'Person' },
		{ value: 'consent email', label: 'Email consent', group: 'Consent' },
		{ value: 'consent sms', label: 'SMS consent', group: 'Consent' },
		{ value: 'tags', label: 'Tags', group: 'Tags and lists' },
		{ value: 'lists', label: 'Lists', group: 'Tags and lists' },
		...offered.map(choice),
		...typeOptions.map(({ value }) => ({
			value: `new ${value}`,
			label: `+ New field: ${inSentence(value)}`,
			group: 'New field'
		}))
	];
}

const propertyTypes: readonly FieldType[] = [
	'text',
	'number',
	'boolean',
	'date',
	'datetime',
	'url',
	'json'
];

/** The choice that stands for a target. */
export function choiceOf(target: ColumnTarget): string {
	switch (target.target) {
		case 'field':
			return `field ${target.field}`;
		case 'newField':
			return `new ${target.field.type}`;
		case 'consent':
			return `consent ${target.channel}`;
		case 'property':
			return `property ${target.property.type}`;
		default:
			return target.target;
	}
}

/** The target that a choice stands for, with what the column's values propose. */
export function targetOf(
	choice: string,
	column: Pick<Column, 'name' | 'target'>,
	values: readonly string[],
	newId: () => string,
	definitions: Pick<ImportDefinitions, 'eventTypes'>
): ColumnTarget {
	const [target, rest = ''] = choice.split(' ') as [string, string | undefined];
	const { name } = column;
	switch (target) {
		case 'field':
			return { target, field: rest };
		case 'new': {
			const before = column.target.target === 'newField' ? column.target.field : undefined;
			const type = rest as FieldType; // the choices are made of field types
			return {
				target: 'newField',
				field: { id: before?.id ?? newId(), name: before?.name ?? name, type }
			};
		}
		case 'consent':
			return consentTarget(rest === 'sms' ? 'sms' : 'email', 'yes', values);
		case 'property': {
			const before = column.target.target === 'property' ? column.target.property : undefined;
			const type = rest as FieldType;
			return { target, property: newProperty(before?.name ?? name, type, definitions) };
		}
		case 'reference':
		case 'value':
			return { target, name };
		case 'email':
		case 'externalId':
		case 'fullName':
		case 'tags':
		case 'lists':
		case 'eventId':
		case 'time':
			return { target };
		case 'eventType':
			return eventTypeTarget(values);
		default:
			return { target: 'ignore' };
	}
}

/** What a person must look at before a column is imported, or may set. */
export interface ColumnCare {
	/** What values mean for consent is never decided by itself. */
	readonly consent: boolean;
	/** A name is split in two. */
	readonly name: boolean;
	readonly order: boolean;
	readonly decimal: boolean;
	readonly separator: boolean;
}

export function careOf({ target, style }: Column, definitions: ImportDefinitions): ColumnCare {
	const type = typeOfTarget(target, definitions);
	return {
		consent: target.target === 'consent',
		name: target.target === 'fullName',
		order: (type === 'date' || type === 'datetime') && (style.ask || style.order !== null),
		decimal: type === 'number',
		separator: target.target === 'tags' || target.target === 'lists' || type === 'multiselect'
	};
}

/** Types of events a file can be said to be about. */
export const offeredEventTypes = ({
	eventTypes
}: ImportDefinitions): { id: string; name: string }[] => {
	const builtIn = new Set(builtInEventTypes.map(({ id }) => id));
	return [...eventTypes.values()]
		.map(({ id, name }) => ({ id, name }))
		.sort((a, b) => Number(builtIn.has(b.id)) - Number(builtIn.has(a.id)));
};
