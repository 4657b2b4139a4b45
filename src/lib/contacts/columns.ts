import { familyOf, type Field, type Fields } from '$lib/fields/field';
import type { ContactSort } from './pick';

/** A column of the table of contacts. */
export interface Column {
	/** `name`, `tags`, `lists` or a field's id. */
	readonly id: string;
	readonly label: string;
	/** What it shows, unless it is made of several. */
	readonly field: Field | undefined;
	/** What the rows can be ordered by. */
	readonly sort: Omit<ContactSort, 'descending'> | undefined;
	/** In pixels, at least. */
	readonly width: number;
	readonly align: 'start' | 'end';
}

export const defaultColumns: readonly string[] = [
	'email',
	'country',
	'email_consent',
	'tags',
	'created_at'
];

/** Every column there can be, the name first. */
export function allColumns(fields: Fields): readonly Column[] {
	return [
		{ ...made('name', 'Name', 190), sort: { by: 'name' } },
		made('tags', 'Tags', 150),
		made('lists', 'Lists', 150),
		...[...fields.values()].map(columnOf)
	];
}

/** The columns chosen, in the order all have; the name is always one. Fields that are gone are left out. */
export function chosenColumns(chosen: readonly string[], fields: Fields): readonly Column[] {
	const all = new Map(allColumns(fields).map((column) => [column.id, column]));
	return ['name', ...chosen.filter((id) => id !== 'name')].flatMap((id) => all.get(id) ?? []);
}

/** The column added or taken away. */
export const toggled = (chosen: readonly string[], id: string): readonly string[] =>
	chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id];

const made = (id: string, label: string, width: number): Column => ({
	...{ id, label, width },
	field: undefined,
	sort: undefined,
	align: 'start'
});

function columnOf(field: Field): Column {
	const family = familyOf(field.type);
	return {
		...made(field.id, field.name, widths[field.type] ?? 120),
		field,
		sort: family === 'multiselect' ? undefined : { by: field.id, family },
		align: family === 'number' ? 'end' : 'start'
	};
}

const widths: Partial<Record<Field['type'], number>> = {
	email: 210,
	url: 180,
	number: 90,
	boolean: 80,
	multiselect: 160
};
