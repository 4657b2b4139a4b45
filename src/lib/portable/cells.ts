import type { Field, Fields, FieldType } from '$lib/fields/field';
import { sameJson } from '$lib/json';
import { contactOf, type PortableContact } from './people';
import { BadSource } from './source';

/**
 * Contacts as rows of a table, whose columns are `uid`, `email`, `external_id`, `archived_at`, fields by their id and
 * `fields`: that has, as JSON, the values that as plain text would be read as something else.
 */
const own: ReadonlySet<string> = new Set([
	...['uid', 'external_id', 'archived_at', 'fields', '__proto__']
]);

export const contactColumns = (fields: Fields): string[] => [
	...['uid', 'external_id', 'archived_at'],
	...[...fields.keys()].filter((id) => !own.has(id)),
	'fields'
];

/** The cells of a contact by the names of their columns. */
export function contactCells(contact: PortableContact, fields: Fields): Record<string, string> {
	const { uid, externalId, values, archivedAt } = contactOf(contact, 0);
	const cells: Record<string, string> = {
		...{ uid, external_id: externalId ?? '', archived_at: archivedAt ?? '' }
	};
	const rest: Record<string, unknown> = {};
	for (const [id, value] of Object.entries(values)) {
		const cell = own.has(id) ? undefined : cellOf(value, fields.get(id));
		if (cell === undefined) rest[id] = value;
		else cells[id] = cell;
	}
	if (Object.keys(rest).length > 0) cells.fields = JSON.stringify(rest);
	return cells;
}

/** A row as the contact it is, not yet checked. Blank cells are no values; a list stands as JSON, and so does what is in a field of JSON. */
export function contactIn(
	row: Readonly<Record<string, string>>,
	fields: Fields,
	at: string
): object {
	const { uid = '', external_id, archived_at, fields: rest, ...cells } = row;
	const values: Record<string, unknown> = {};
	for (const [id, cell] of Object.entries(cells))
		if (cell !== '') values[id] = valueIn(cell, fields.get(id)?.type);
	return {
		...{ uid, externalId: external_id || null, archivedAt: archived_at || null },
		fields: { ...values, ...jsonIn(rest, at) }
	};
}

/** An object in a cell. */
export function jsonIn(cell: string | undefined, at: string): object {
	if (!cell) return {};
	const value = asJson(cell);
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new BadSource(`${at}: this is no JSON object: ${cell}`);
}

/** Any JSON in a cell; nothing is null. */
export function valueOf(cell: string | undefined, at: string): unknown {
	const value = cell ? asJson(cell) : null;
	if (value === undefined) throw new BadSource(`${at}: this is no JSON: ${cell}`);
	return value;
}

/** The text of a value, if it reads as that value again. */
function cellOf(value: unknown, field: Field | undefined): string | undefined {
	const cell = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const same = cell !== '' && field && sameJson(valueIn(cell, field.type), value);
	return same ? cell : undefined;
}

function valueIn(cell: string, type: FieldType | undefined): unknown {
	if (cell.startsWith('[') || type === 'json' || type === 'number' || type === 'boolean') {
		const value = asJson(cell);
		const isObject = type === 'json' && typeof value === 'object' && value !== null;
		if (Array.isArray(value) || isObject || typeof value === type) return value;
	}
	return cell;
}

function asJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
