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
	/** How much of the room that is left it takes, beside the others. */
	readonly grow: number;
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
		{ ...made('name', 'Name', 190, 1.3), sort: { by: 'name' } },
		made('tags', 'Tags', 150, 1.2),
		made('lists', 'Lists', 150, 1.2),
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

const made = (id: string, label: string, width: number, grow = 1): Column => ({
	...{ id, label, width, grow },
	field: undefined,
	sort: undefined,
	align: 'start'
});

function columnOf(field: Field): Column {
	const family = familyOf(field.type);
	return {
		...made(field.id, field.name, widths[field.type] ?? 120, shares[field.type]),
		field,
		sort: family === 'multiselect' || family === 'json' ? undefined : { by: field.id, family },
		align: family === 'number' ? 'end' : 'start'
	};
}

const widths: Partial<Record<Field['type'], number>> = {
	email: 210,
	url: 180,
	number: 90,
	boolean: 80,
	multiselect: 160,
	json: 180
};

/** Addresses are long and cannot be broken; dates, numbers and choices are as short in a wide table. */
const shares: Partial<Record<Field['type'], number>> = {
	email: 2.4,
	url: 2,
	date: 0.6,
	datetime: 0.6,
	select: 0.6,
	number: 0.5,
	boolean: 0.4
};
