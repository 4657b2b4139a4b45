import { familyOf, isStandard, standardFields, type Field, type Fields } from '$lib/fields/field';
import { comparable, instantOf, type Comparable, type FieldValue } from '$lib/fields/value';

/** A person we may write to. `cno` is its dense number in this database; everything that lasts refers to `uid`. */
export interface Contact {
	readonly cno: number;
	readonly uid: string;
	/** Its id in the product it came from. */
	readonly externalId: string | undefined;
	/** By field id, standard and custom alike; a field without a value is absent. */
	readonly values: Readonly<Record<string, FieldValue>>;
	/** ISO 8601, in UTC. */
	readonly archivedAt: string | undefined;
}

/**
 * The row of the table `contact` as JSON: what `to_jsonb(contact)` gives and `jsonb_populate_record` takes. Standard
 * fields are columns, text with its key beside it; custom ones are in `fields` as shown and in `keys` as compared.
 */
export type ContactRow = Readonly<Record<string, unknown>> & {
	readonly cno: number;
	readonly uid: string;
	readonly fields: Readonly<Record<string, FieldValue>>;
	readonly keys: Readonly<Record<string, Comparable>>;
};

/** The row that stores a contact. Values of the wrong type are kept as they are and count as missing in rules. */
export function rowOf(contact: Contact, fields: Fields): ContactRow {
	const { cno, uid, externalId, values, archivedAt } = contact;
	const row: Record<string, unknown> = {
		cno,
		uid,
		external_id: externalId ?? null,
		archived_at: archivedAt ?? null
	};
	for (const field of standardFields) Object.assign(row, columnsOf(field, values[field.id]));

	// Entries, since a field may be called as what every object has.
	const custom = Object.entries(values).filter(([id]) => !isStandard(id));
	const keys = custom.flatMap(([id, value]): [string, Comparable][] => {
		const key = comparable(value, fields.get(id)?.type ?? 'text');
		return key === undefined ? [] : [[id, key]];
	});
	return { ...row, cno, uid, fields: Object.fromEntries(custom), keys: Object.fromEntries(keys) };
}

/** Keyed columns of a standard field; a value that is missing, or not of its type, is null. */
function columnsOf({ id, type }: Field, value: FieldValue | undefined): Record<string, unknown> {
	const key = comparable(value, type);
	if (key === undefined)
		return familyOf(type) === 'text' ? { [id]: null, [`${id}_key`]: null } : { [id]: null };
	if (type === 'datetime') return { [id]: new Date(key as number).toISOString() };
	if (type === 'select') return { [id]: key };
	return { [id]: String(value).trim(), [`${id}_key`]: key };
}

/** A field's new value; null empties it. */
export interface ValueChange {
	readonly field: Field;
	readonly value: FieldValue | null;
}

/**
 * The row with some of its values changed at an instant, in epoch milliseconds, and the changes that take it back.
 * Values of the wrong type are not for standard fields: they are stored as no value.
 */
export function changeRow(
	row: ContactRow,
	changes: readonly ValueChange[],
	at: number
): { readonly row: ContactRow; readonly before: readonly ValueChange[] } {
	const { values } = contactOf(row);
	let changed: ContactRow = { ...row, updated_at: new Date(at).toISOString() };
	for (const { field, value } of changes) {
		if (isStandard(field.id)) changed = { ...changed, ...columnsOf(field, value ?? undefined) };
		else {
			const { [field.id]: _value, ...fields } = changed.fields;
			const { [field.id]: _key, ...keys } = changed.keys;
			const key = comparable(value, field.type);
			changed = {
				...changed,
				fields: value === null ? fields : { ...fields, [field.id]: value },
				keys: key === undefined ? keys : { ...keys, [field.id]: key }
			};
		}
	}
	const before = changes.map(({ field }) => ({ field, value: values[field.id] ?? null }));
	return { row: changed, before };
}

/** The contact that a row stores. */
export function contactOf(row: ContactRow): Contact {
	const values: Record<string, FieldValue> = { ...row.fields };
	for (const { id, type } of standardFields) {
		const value = row[id];
		if (value === null || value === undefined) continue;
		values[id] = type === 'datetime' ? isoOf(value) : String(value);
	}
	return {
		cno: row.cno,
		uid: row.uid,
		externalId: textOrNothing(row.external_id),
		values,
		archivedAt: row.archived_at ? isoOf(row.archived_at) : undefined
	};
}

const textOrNothing = (value: unknown): string | undefined =>
	value === null || value === undefined ? undefined : String(value);

/** Postgres writes instants with an offset; we keep them in UTC. */
const isoOf = (value: unknown): string => {
	const text = String(value);
	return new Date(instantOf(text) ?? text).toISOString();
};

/** The name to show: first and last, else the address, else something to click on. */
export function displayName({ values }: Pick<Contact, 'values'>): string {
	const name = [values.first_name, values.last_name].filter(Boolean).join(' ');
	return name || String(values.email ?? values.company ?? 'No name');
}
