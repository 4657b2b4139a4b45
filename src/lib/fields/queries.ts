import type { Database, Queryable } from '$lib/db/db';
import { fieldSql, writtenSql } from '$lib/rules/stored';
import { sql, type Sql } from '$lib/sql';
import { familyOf, isStandard, type Field, type FieldType } from './field';
import { comparable, type Comparable, type FieldValue } from './value';

/** How a field is filled, of contacts that are not archived. */
export interface FieldUse {
	/** Contacts with a value that reads as the field's type. */
	readonly filled: number;
	readonly distinct: number;
	/** Contacts with a value that does not read as the type, and so counts as missing. */
	readonly unreadable: number;
	/** The most frequent values, as mostly spelt. */
	readonly top: readonly { readonly value: FieldValue; readonly count: number }[];
	/** Of numbers, days and instants (epoch milliseconds). */
	readonly least: string | number | undefined;
	readonly greatest: string | number | undefined;
}

/** What a change of type would come to, archived contacts too. */
export interface TypeChange {
	/** Contacts with any value. */
	readonly values: number;
	/** Those of them whose value does not read as the new type. */
	readonly lost: number;
	/** A few that do not. */
	readonly examples: readonly FieldValue[];
}

const shownTop = 5;

/** What the worker answers about fields. Their names and types are in the workspace. */
export function fieldsApi(database: Database) {
	return {
		/** How a field is filled. About half a second for half a million contacts: ask for one after the other. */
		async fieldUse(field: Field): Promise<FieldUse> {
			const [row] = await database.rows<FieldUse & { least: unknown; greatest: unknown }>(
				useSql(field)
			);
			const { least, greatest, ...use } = row!;
			return { ...use, least: bound(least), greatest: bound(greatest) };
		},

		/** What would be lost if the values of a custom field were read as another type. Changes nothing. */
		async tryType(id: string, type: FieldType): Promise<TypeChange> {
			const given = await distinctValues(database, id);
			const lost = given.filter(
				([value]) => comparable(writtenAs(value, type), type) === undefined
			);
			const sum = (values: typeof given) => values.reduce((n, [, count]) => n + count, 0);
			return {
				values: sum(given),
				lost: sum(lost),
				examples: lost.slice(0, shownTop).map(([value]) => value)
			};
		},

		/**
		 * Reads all values of a custom field as its type anew, for after the type was changed. What was entered stays as
		 * it is, but for a number or a truth that becomes text, or is one again; what it is compared by is written, and is
		 * missing where it does not read. Doing it twice changes nothing. Gives how many contacts changed.
		 */
		async rekeyField(field: Field): Promise<number> {
			const { id, type } = field;
			return database.bulk(async (tx) => {
				const values = (await distinctValues(tx, id)).map(([value]): Rekeyed => {
					const written = writtenAs(value, type);
					return { value, written, key: comparable(written, type) };
				});
				return tx.run(sql`
					update contact
					set fields = jsonb_set(fields, array[${id}]::text[], given.written),
						keys = case when given.key is null then keys - ${id} else jsonb_set(keys, array[${id}]::text[], given.key) end
					from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as given(value jsonb, written jsonb, key jsonb)
					where fields -> ${id} = given.value
						and (given.written <> given.value or keys -> ${id} is distinct from given.key)`);
			});
		},

		/** Takes the values of a custom field from everybody, for ever. Gives how many had one. */
		async eraseField(id: string): Promise<number> {
			return database.bulk(async (tx) => {
				await tx.run(sql`delete from field_change where field = ${id}`);
				return tx.run(
					sql`update contact set fields = fields - ${id}, keys = keys - ${id} where fields ? ${id} or keys ? ${id}`
				);
			});
		}
	};
}

interface Rekeyed {
	readonly value: FieldValue;
	readonly written: FieldValue;
	readonly key: Comparable | undefined;
}

/**
 * A value as a field of another type has it. Every number and truth reads as text; text that is written just as one of
 * them would be is one again, so that a change of type and its way back lose nothing.
 */
function writtenAs(value: FieldValue, type: FieldType): FieldValue {
	const family = familyOf(type);
	if (family === 'text' || family === 'select')
		return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
	if (family !== 'number' && family !== 'boolean') return value;
	const read = comparable(value, type) as number | boolean | undefined; // of these two families
	return read !== undefined && String(read) === value ? read : value;
}

/** Every value a custom field has, with how many contacts have it. */
async function distinctValues(
	database: Queryable,
	id: string
): Promise<readonly (readonly [value: FieldValue, count: number])[]> {
	const [row] = await database.rows<{ given: string }>(sql`
		select coalesce(json_agg(json_build_array(value, n) order by n desc), '[]')::text as given
		from (select fields -> ${id} as value, count(*) as n from contact where fields ? ${id} group by 1) as value`);
	return JSON.parse(row!.given);
}

function useSql({ id, type }: Field): Sql {
	const family = familyOf(type);
	const key = fieldSql(id, family);
	const ordered = family === 'number' || family === 'date' || family === 'datetime';
	const instant = family === 'datetime';
	const ends = instant
		? sql`extract(epoch from min(key)) * 1000 as least, extract(epoch from max(key)) * 1000 as greatest`
		: ordered
			? sql`min(key) as least, max(key) as greatest`
			: sql`null as least, null as greatest`;
	const unreadable = isStandard(id)
		? sql`0`
		: sql`(select count(*)::int from contact where archived_at is null and fields ? ${id} and ${key} is null)`;
	return sql`
		with used as materialized (
			select key, min(shown::text) as shown, count(*) as n
			from (select ${key} as key, ${writtenSql(id)} as shown from contact where archived_at is null) as given
			where key is not null group by key
		)
		select coalesce(sum(n), 0)::int as filled, count(*)::int as distinct, ${unreadable} as unreadable, ${ends},
			coalesce((
				select jsonb_agg(jsonb_build_object('value', ${isStandard(id) ? sql`shown` : sql`shown::jsonb`}, 'count', n) order by n desc, key)
				from (select * from used order by n desc, key limit ${shownTop}::int) as most
			), '[]') as top
		from used`;
}

/** Numbers of Postgres may come as text. */
const bound = (value: unknown): string | number | undefined =>
	value === null || value === undefined
		? undefined
		: typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
			? Number(value)
			: (value as string | number);
