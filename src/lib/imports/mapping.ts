import * as z from 'zod/mini';
import { EventProperty } from '$lib/events/event-type';
import { Field, type FieldType } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { Style } from './values/style';
import { ConsentReading, ConsentState } from './values/consent';

/** What an import must know of the workspace. */
export type ImportDefinitions = Pick<Definitions, 'fields' | 'eventTypes' | 'tags' | 'lists'>;

const Id = z.string().check(z.minLength(1), z.maxLength(64));

/** What one column of a file becomes. */
export const ColumnTarget = z.discriminatedUnion('target', [
	z.object({ target: z.literal('ignore') }),
	z.object({ target: z.literal('email') }),
	/** The id of the person in the product the file comes from. */
	z.object({ target: z.literal('externalId') }),
	/** First and last name in one cell. */
	z.object({ target: z.literal('fullName') }),
	/** A field there is: standard, or of the workspace's own. */
	z.object({ target: z.literal('field'), field: Id }),
	z.object({ target: z.literal('newField'), field: Field }),
	z.object({
		target: z.literal('consent'),
		channel: z.enum(['email', 'sms']),
		/** By the text key of the cell. */
		says: z.record(z.string(), ConsentReading),
		/** What every other value says. Null: the row is rejected, for nobody has decided. */
		otherwise: z.nullable(ConsentReading)
	}),
	z.object({ target: z.literal('tags') }),
	z.object({ target: z.literal('lists') }),
	// Of events
	z.object({ target: z.literal('eventId') }),
	z.object({ target: z.literal('time') }),
	z.object({ target: z.literal('eventType') }),
	/** The main reference: a campaign, an order, a page. */
	z.object({ target: z.literal('reference'), name: z.string() }),
	/** The main number: a total, an amount. */
	z.object({ target: z.literal('value'), name: z.string() }),
	z.object({ target: z.literal('property'), property: EventProperty })
]);
export type ColumnTarget = z.infer<typeof ColumnTarget>;
export type TargetName = ColumnTarget['target'];

export const Column = z.object({ name: z.string(), target: ColumnTarget, style: Style });
export type Column = z.infer<typeof Column>;

/** What the columns of a file are, one for each, in their order. */
export const Mapping = z.object({
	kind: z.enum(['contacts', 'events']),
	columns: z.array(Column),
	/** How a row finds its contact. */
	match: z.enum(['email', 'id']),
	/** What every row says about consent to e-mail where the file does not: some products say it in the file's name. */
	consent: z.nullable(ConsentState),
	/** The type of all events; null where a column tells it. */
	eventType: z.nullable(z.object({ id: Id, name: z.string() }))
});
export type Mapping = z.infer<typeof Mapping>;

/** What happens where the workspace already knows something. */
export const Merging = z.object({
	/** For values of contacts there are: put where there is none, put everywhere, or leave these contacts alone. */
	policy: z.enum(['fill', 'overwrite', 'skip']),
	/** Lets a consent in the file win over a refusal that is on record. */
	upgradeConsent: z.boolean(),
	/** Events of people nobody knows. */
	unknownPeople: z.enum(['create', 'reject']),
	/** Names of tags and lists that all contacts of the file get. */
	tags: z.array(z.string()),
	lists: z.array(z.string())
});
export type Merging = z.infer<typeof Merging>;

export const carefulMerging: Merging = {
	policy: 'fill',
	upgradeConsent: false,
	unknownPeople: 'create',
	tags: [],
	lists: []
};

/** The type whose values a target takes, where it takes typed ones. */
export function typeOfTarget(
	target: ColumnTarget,
	{ fields }: Pick<ImportDefinitions, 'fields'>
): FieldType | undefined {
	switch (target.target) {
		case 'field':
			return fields.get(target.field)?.type;
		case 'newField':
			return target.field.type;
		case 'property':
			return target.property.type;
		case 'value':
			return 'number';
		case 'time':
			return 'datetime';
		default:
			return;
	}
}

/** Why a mapping cannot be imported as it is. */
export type MappingIssue =
	/** No column says who a row is about. `wanted` is how rows are to be matched. */
	| { readonly type: 'NoIdentity'; readonly wanted: 'email' | 'id' }
	| { readonly type: 'Twice'; readonly columns: readonly [string, string] }
	| { readonly type: 'NoTime' }
	| { readonly type: 'NoEventType' }
	| { readonly type: 'DateOrder'; readonly column: string }
	| { readonly type: 'GoneField'; readonly column: string };

export function mappingIssues(mapping: Mapping, definitions: ImportDefinitions): MappingIssue[] {
	const { columns, match, kind } = mapping;
	const has = (name: TargetName) => columns.some(({ target }) => target.target === name);
	const issues: MappingIssue[] = [];
	if (!has(match === 'id' ? 'externalId' : 'email'))
		issues.push({ type: 'NoIdentity', wanted: match });
	if (kind === 'events' && !has('time')) issues.push({ type: 'NoTime' });
	if (kind === 'events' && !mapping.eventType && !has('eventType'))
		issues.push({ type: 'NoEventType' });

	const taken = new Map<string, string>();
	for (const { name, target, style } of columns) {
		const key = exclusiveKey(target);
		const first = key === undefined ? undefined : taken.get(key);
		if (first !== undefined) issues.push({ type: 'Twice', columns: [first, name] });
		else if (key !== undefined) taken.set(key, name);
		if (target.target === 'field' && !definitions.fields.has(target.field))
			issues.push({ type: 'GoneField', column: name });
		const type = typeOfTarget(target, definitions);
		if ((type === 'date' || type === 'datetime') && style.order === null && style.ask)
			issues.push({ type: 'DateOrder', column: name });
	}
	return issues;
}

/** Two columns with the same key cannot both be imported: which one would win? */
function exclusiveKey(target: ColumnTarget): string | undefined {
	switch (target.target) {
		case 'ignore':
		case 'tags':
		case 'lists':
		case 'consent': // the most careful one counts
			return;
		case 'field':
			return `field ${target.field}`;
		case 'newField':
			return `field ${target.field.id}`;
		case 'property':
			return `property ${target.property.id}`;
		default:
			return target.target;
	}
}

export function describeMappingIssue(issue: MappingIssue): string {
	switch (issue.type) {
		case 'NoIdentity':
			return issue.wanted === 'id'
				? 'Choose the column with the id of each person.'
				: 'No column has e-mail addresses. Choose the one that has them, or match people by an id column.';
		case 'Twice':
			return `“${issue.columns[0]}” and “${issue.columns[1]}” go to the same place. Ignore one of them.`;
		case 'NoTime':
			return 'Choose the column with the time of each event.';
		case 'NoEventType':
			return 'Say what these events are, or choose the column that says it.';
		case 'DateOrder':
			return `Does the day or the month come first in “${issue.column}”?`;
		case 'GoneField':
			return `The field of “${issue.column}” is not there any more. Choose another one.`;
	}
}
