import { familyOf, standardFields } from '$lib/fields/field';
import { fieldSql } from '$lib/rules/stored';
import { join, sql, type Sql } from '$lib/sql';

/** What changes with every edit is no change. */
const logged = standardFields.filter(({ id }) => id !== 'updated_at');
const ids = logged.map(({ id }) => id);
const instants = logged.flatMap(({ id, type }) => (familyOf(type) === 'datetime' ? [id] : []));

/** What the standard fields of a row `contact` are compared by, as texts; instants as epoch milliseconds. */
const textsSql: Sql = sql`array[${join(
	logged.map(({ id, type }) => {
		const key = fieldSql(id, familyOf(type));
		return familyOf(type) === 'datetime'
			? sql`(extract(epoch from ${key}) * 1000)::int8::text`
			: key;
	}),
	sql`, `
)}]::text[]`;

/**
 * Queries for a `with` before the statement that writes the contact rows of `given`: they log what it changes of those
 * there are. In one statement with it, and not by a trigger, since triggers are off while an import is written. A row
 * that goes back in time is an import being undone, and one of the same instant was made a moment ago by the same import:
 * neither is a change.
 */
export const notedChanges: Sql = sql`
	was as materialized (
		select given.cno, known.* from given, lateral (
			select updated_at as at, ${textsSql} as texts, keys from contact where contact.cno = given.cno offset 0
		) as known
	),
	becomes as materialized (select cno, updated_at as at, ${textsSql} as texts, keys from given as contact),
	noted as (
		insert into field_change(field, cno, at, before, after)
		select change.field, was.cno, becomes.at, change.before, change.after
		from was join becomes on becomes.cno = was.cno,
			lateral (
				select field, ${valueSql(sql`one`)} as before, ${valueSql(sql`other`)} as after
				from unnest(${ids}::text[], was.texts, becomes.texts) as standard(field, one, other)
				where one is distinct from other
				union all
				select field, was.keys -> field, becomes.keys -> field
				from jsonb_object_keys(was.keys || becomes.keys) as field
				where (was.keys -> field) is distinct from (becomes.keys -> field)
			) as change
		where becomes.at > was.at and (was.texts <> becomes.texts or was.keys <> becomes.keys)
	)`;

function valueSql(text: Sql): Sql {
	return sql`case when field = any(${instants}::text[]) then to_jsonb(${text}::int8) else to_jsonb(${text}) end`;
}
