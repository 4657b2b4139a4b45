import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';

/** Rows of a table: how many, and the sum of their hashes. */
export interface Counted {
	readonly index: string;
	/** Whether the database really went by the index. */
	readonly used: boolean;
	readonly byTable: string;
	readonly byIndex: string;
}

/** What a sound database has in common with every other one of its version, and what contradicts itself in it. */
export interface Soundness {
	readonly versions: readonly number[];
	/** Tables, columns, indexes, triggers and functions, one a line. */
	readonly catalogue: string;
	readonly indexes: readonly Counted[];
	/** Rows that refer to nothing, by what they are. */
	readonly orphans: readonly { readonly what: string; readonly rows: number }[];
}

export function soundnessApi(database: Database) {
	return {
		/** Reads every row of every table, as it stands there and by each of its indexes. */
		async soundness(): Promise<Soundness> {
			await database.script(countedByIndex);
			const versions = await database.rows<{ version: number }>(
				sql`select version from schema_version order by version`
			);
			const indexes = await database.rows<Counted>(
				sql`select index, used, by_table as "byTable", by_index as "byIndex" from pg_temp.counted_by_index()`
			);
			const [described] = await database.rows<{ catalogue: string }>(catalogue);
			return {
				versions: versions.map(({ version }) => version),
				catalogue: described!.catalogue,
				indexes,
				orphans: await database.rows(orphans)
			};
		}
	};
}

/** What amcheck would do is not there. So each index must lead to the very rows that are there without it. */
const countedByIndex = `
	create or replace function pg_temp.counted_by_index()
	returns table(index text, used boolean, by_table text, by_index text) language plpgsql as $$
	declare one record; query text; plan json;
	begin
		for one in
			select i.relname as index, c.relname as relation,
				(select string_agg(pg_get_indexdef(i.oid, k, true), ', ' order by k) from generate_series(1, x.indnkeyatts) as k) as keys,
				coalesce(pg_get_expr(x.indpred, x.indrelid), 'true') as predicate
			from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
			where c.relnamespace = 'public'::regnamespace order by 2, 1
		loop
			query := format(
				'select count(*) || '' rows '' || coalesce(sum(hashtextextended(row, 0)), 0) from (select t::text as row from %I as t where %s order by %s) as found',
				one.relation, one.predicate, one.keys);
			perform set_config('enable_seqscan', 'on', true), set_config('enable_sort', 'on', true),
				set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true);
			execute query into by_table;
			perform set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true),
				set_config('enable_indexscan', 'on', true);
			execute query into by_index;
			execute 'explain (format json) ' || query into plan;
			index := one.index;
			used := plan::text like format('%%"Index Name": "%s"%%', one.index);
			return next;
		end loop;
	end
	$$`;

const catalogue = sql`
	select string_agg(line, e'\n' order by line collate "C") as catalogue from (
		select concat_ws(' ', 'relation', relname, relkind, relpersistence) as line
		from pg_class where relnamespace = 'public'::regnamespace
		union all
		select concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull)
		from pg_attribute join pg_class on pg_class.oid = attrelid
		where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
		union all
		select 'index ' || indexdef from pg_indexes where schemaname = 'public'
		union all
		select concat_ws(' ', 'trigger', tgenabled, pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
		union all
		select 'function ' || proname || ' ' || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
	) as described`;

const orphans = sql`
	select what, count(*)::int as rows from (
		select 'tag of nobody' as what from contact_tag left join contact using (cno) where contact.cno is null
		union all
		select 'list entry of nobody' from list_member left join contact using (cno) where contact.cno is null
		union all
		select 'event of nobody' from event left join contact using (cno) where contact.cno is null
		union all
		select 'event of no type' from event left join event_type on event_type.no = event.type where event_type.no is null
		union all
		select 'event with a lost reference' from event left join ref on ref.no = event.ref where event.ref is not null and ref.no is null
		union all
		select 'properties of no event' from event_property left join event on event.no = event_property.event where event.no is null
		union all
		select 'contact noted for no import' from import_contact left join import_run on import_run.id = import where import_run.id is null
		union all
		select 'events noted for no import' from import_event left join import_run on import_run.id = import where import_run.id is null
	) as found group by what`;
