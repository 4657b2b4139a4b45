import type { Queryable } from '$lib/db/db';
import { standardFields } from '$lib/fields/field';
import { fieldSql, writtenSql } from '$lib/rules/stored';
import { join, sql, type Sql } from '$lib/sql';
import type { ExportColumn } from './columns';
import { isPhoneForm } from './form';

/**
 * The values of these contacts (ascending numbers), one array each, in the order of the columns. They come as one JSON
 * text: rows one by one would take three times as long.
 */
export async function valuesOf(
	database: Queryable,
	cnos: readonly number[],
	columns: readonly ExportColumn[]
): Promise<unknown[][]> {
	if (cnos.length === 0) return [];
	// The ends keep it to a part of the table where the numbers are sparse.
	const among = sql`cno between ${cnos[0]!}::int and ${cnos.at(-1)!}::int and cno = any(${cnos}::int[])`;
	const given = columns.some(({ source }) => source === 'tags')
		? sql`left join (select cno, json_agg(tag) as ids from contact_tag where ${among} group by cno) as tags using (cno)`
		: sql``;
	const more = columns.some(({ source }) => source === 'lists')
		? sql`left join (select cno, json_agg(list) as ids from list_member where ${among} group by cno) as lists using (cno)`
		: sql``;
	const [row] = await database.rows<{ all: string }>(sql`
		select coalesce(json_agg(json_build_array(${join(columns.map(valueSql), sql`, `)}) order by cno), '[]')::text as all
		from (select * from contact where ${among}) as contact ${given} ${more}`);
	return JSON.parse(row!.all) as unknown[][];
}

/** How many of the contacts in a set (a select of `cno`) have nothing in each of the columns; 0 where it is made here. */
export async function blanksOf(
	database: Queryable,
	members: Sql,
	columns: readonly ExportColumn[]
): Promise<number[]> {
	const counts = columns.map((column) =>
		column.source === 'field'
			? sql`count(*) filter (where ${writtenSql(column.field)} is null)`
			: sql`0`
	);
	const [row] = await database.rows<{ all: string }>(
		sql`select json_build_array(${join([sql`0`, ...counts], sql`, `)})::text as all from contact where cno in (${members})`
	);
	return (JSON.parse(row!.all) as number[]).slice(1);
}

/** A column's value in a row `contact` joined with its `tags` and `lists`. */
function valueSql(column: ExportColumn): Sql {
	switch (column.source) {
		case 'tags':
			return sql`tags.ids`;
		case 'lists':
			return sql`lists.ids`;
		case 'constant':
			return sql`null`;
		case 'combined': {
			const values = column.parts.map((part) =>
				typeof part === 'string' ? sql`null` : readSql(part.field)
			);
			return sql`json_build_array(${join([sql`null`, ...values], sql`, `)})`;
		}
	}
	const { field, as, form } = column;
	if (isPhoneForm(form)) return sql`json_build_array(${readSql(field)}, ${writtenSql('country')})`;
	if (form || as === 'text') return readSql(field);
	// The key is the normalised address; the database only hashes it.
	if (as === 'md5') return sql`md5(${fieldSql(field, 'text')})`;
	return sql`encode(sha256(convert_to(${fieldSql(field, 'text')}, 'UTF8')), 'hex')`;
}

function readSql(field: string): Sql {
	const written = writtenSql(field);
	return instants.has(field) ? sql`floor(extract(epoch from ${written}) * 1000)::float8` : written;
}

/** Standard fields that are told in epoch milliseconds. */
const instants: ReadonlySet<string> = new Set(
	standardFields.flatMap(({ id, type }) => (type === 'datetime' ? [id] : []))
);
