import type { Field } from '$lib/fields/field';
import { knownCountry } from '$lib/fields/place-names';
import { isChoices } from '$lib/fields/say';
import type { Definitions } from '$lib/rules/definitions';
import { hexOf, sha256 } from '$lib/sha256';
import type { ExportColumn } from './columns';
import { inForm, isPhoneForm, type PhoneForm } from './form';
import { textOf, type Cell } from './format';
import type { CellType } from './table';

/** What cells are written with: the names of options, tags and lists. */
export type ExportNames = Pick<Definitions, 'fields' | 'tags' | 'lists'>;

/** What only some columns need, and is loaded for them. */
export interface CellTools {
	readonly md5?: (text: string) => string;
	/** A number as E.164 has it, or nothing where it cannot be told. */
	readonly phoneNumber?: (text: string, country: string | undefined) => string | undefined;
	/** Where numbers without a country code are from, if the contact's country does not say. */
	readonly phoneCountry?: string | undefined;
	/** Told of every phone number that could not be read, by the id of its column. */
	readonly onunread?: (column: string) => void;
}

/**
 * Gives a function that turns the values of one contact, one a column as the database has them in JSON, into its cells:
 * options, tags and lists by their names, instants in UTC, null for what is missing.
 */
export function cellReader(
	columns: readonly ExportColumn[],
	names: ExportNames,
	tools: CellTools = {}
): (values: readonly unknown[]) => Cell[] {
	const readers = columns.map((column) => readerOf(column, names, tools));
	return (values) => readers.map((read, i) => read(values[i]));
}

/** What the cells of a column are. */
export function cellType(column: ExportColumn, { fields }: Pick<ExportNames, 'fields'>): CellType {
	if (column.source === 'tags' || column.source === 'lists')
		return column.between === undefined ? 'list' : 'text';
	if (column.source !== 'field' || column.as !== 'text' || column.form) return 'text';
	const type = fields.get(column.field)?.type;
	switch (type) {
		case 'number':
		case 'boolean':
		case 'date':
		case 'json':
			return type;
		case 'datetime':
			return 'instant';
		case 'multiselect':
			return 'list';
		default:
			return 'text';
	}
}

type Reader = (value: unknown) => Cell;

function readerOf(column: ExportColumn, names: ExportNames, tools: CellTools): Reader {
	switch (column.source) {
		case 'tags':
		case 'lists':
			return namesReader(column, names);
		case 'constant':
			return () => column.text || null;
		case 'combined':
			return combinedReader(column, names);
		case 'field': {
			const { field, as, form } = column;
			if (!form) return as === 'text' ? fieldReader(field, names) : plain;
			const written = as === 'text' ? (text: string) => text : hasher(as, tools);
			if (isPhoneForm(form)) return phoneReader(column.id, form, written, tools);
			return (value) => {
				const text = value === null ? '' : inForm(textOf(plain(value)), form);
				return text === '' ? null : written(text);
			};
		}
	}
}

const encoder = new TextEncoder();

function hasher(as: 'md5' | 'sha256', { md5 }: CellTools): (text: string) => string {
	if (as === 'sha256') return (text) => hexOf(sha256(encoder.encode(text)));
	if (!md5) throw new Error('MD5 was not loaded.');
	return md5;
}

function phoneReader(
	id: string,
	form: PhoneForm,
	written: (text: string) => string,
	{ phoneNumber, phoneCountry, onunread }: CellTools
): Reader {
	if (!phoneNumber) throw new Error('Phone numbers were not loaded.');
	return (value) => {
		const [phone, country] = value as [unknown, unknown];
		const text = textOf(plain(phone));
		if (text.trim() === '') return null;
		const from = (typeof country === 'string' && knownCountry(country)) || phoneCountry;
		const number = phoneNumber(text, from);
		if (number === undefined) onunread?.(id);
		return number === undefined ? null : written(form === 'digits' ? number.slice(1) : number);
	};
}

function namesReader(
	{ source, between }: Extract<ExportColumn, { source: 'tags' | 'lists' }>,
	names: ExportNames
): Reader {
	const nameById = names[source];
	const all: Reader = (ids) => named(ids, (id) => nameById.get(id));
	if (between === undefined) return all;
	return (ids) => {
		const cell = all(ids);
		return typeof cell === 'object' && cell !== null ? cell.join(between) || null : cell;
	};
}

/** Text only if one of its fields has something, and none at its ends where a field is missing. */
function combinedReader(
	{ parts }: Extract<ExportColumn, { source: 'combined' }>,
	names: ExportNames
): Reader {
	const readers = parts.map((part) =>
		typeof part === 'string' ? () => part : fieldReader(part.field, names)
	);
	const isField = parts.map((part) => typeof part !== 'string');
	return (values) => {
		// The first of them only keeps the list from being empty.
		const texts = readers.map((read, i) => textOf(read((values as unknown[])[i + 1] ?? null)));
		const says = texts.some((text, i) => isField[i] && text !== '');
		return says ? texts.join('').trim() || null : null;
	};
}

function fieldReader(id: string, names: ExportNames): Reader {
	const field = names.fields.get(id);
	if (field?.type === 'datetime') return instant;
	if (field?.type === 'json') return jsonText;
	if (!field?.options) return plain;
	const nameById = optionNames(field);
	return (value) =>
		isChoices(value)
			? named(value, (id) => nameById.get(id) ?? id)
			: (nameById.get(value as string) ?? plain(value));
}

const optionNames = ({ options = [] }: Field): ReadonlyMap<string, string> =>
	new Map(options.map(({ id, name }) => [id, name]));

function named(ids: unknown, nameOf: (id: string) => string | undefined): Cell {
	if (!Array.isArray(ids)) return null;
	// Those of deleted tags and lists have no name.
	return ids.flatMap((id: string) => nameOf(id) ?? []).sort();
}

/** What the database has for a value: text, numbers, yes and no, lists of text; all other JSON as its text. */
function plain(value: unknown): Cell {
	if (typeof value !== 'object' || value === null) return (value as Cell | undefined) ?? null;
	return isChoices(value) ? value : JSON.stringify(value);
}

const jsonText = (value: unknown): Cell =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : plain(value);

/** Standard fields come in epoch milliseconds, custom ones as they were written. */
const instant = (value: unknown): Cell =>
	typeof value === 'number' ? new Date(value).toISOString() : plain(value);
