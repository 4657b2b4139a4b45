import type { Database } from '$lib/db/db';
import { sql } from '$lib/sql';

/** What is there of a person that the lab has written, by what it was asked to write. */
export interface KeptPerson {
	readonly uid: string;
	readonly contacts: number;
	readonly tags: number;
	readonly lists: number;
	readonly events: number;
	readonly city: string | null;
	/** How often it was counted up. */
	readonly hits: number;
	/** Ids of writes about it that are remembered as done, without the person's: `add`, `event`, `edit`, `hit`. */
	readonly applied: readonly string[];
}

/** What is there of an import. */
export interface KeptImport {
	readonly file: string;
	readonly isUndone: boolean;
	/** Its part of the ledger: contacts and events it made. */
	readonly contacts: number;
	readonly events: number;
}

export function keptApi(database: Database) {
	return {
		/** Of the people whose uid begins so. */
		async keptPeople(prefix: string): Promise<readonly KeptPerson[]> {
			return database.rows(sql`
				with named as (
					select uid from contact union select split_part(id, ' ', 1) from applied
				)
				select uid,
					(select count(*) from contact where email_key = named.uid || '@example.com')::int as contacts,
					(select count(*) from contact_tag join contact as c using (cno) where c.uid = named.uid)::int as tags,
					(select count(*) from list_member join contact as c using (cno) where c.uid = named.uid)::int as lists,
					(select count(*) from event join contact as c using (cno) where c.uid = named.uid)::int as events,
					(select max(city) from contact as c where c.uid = named.uid) as city,
					(select coalesce(max((fields ->> 'hits')::int), 0) from contact as c where c.uid = named.uid) as hits,
					array(select split_part(id, ' ', 2) from applied where id like named.uid || ' %' order by 1) as applied
				from named where starts_with(uid, ${prefix})`);
		},

		/** Counts up a number of a contact: asked twice and done twice, it would be 2. */
		async hit(write: string, uid: string): Promise<void> {
			await database.write(write, async (tx) => {
				await tx.run(sql`
					update contact set fields = fields || jsonb_build_object('hits', coalesce((fields ->> 'hits')::int, 0) + 1)
					where uid = ${uid}`);
			});
		},

		/** Deletes a contact that has nothing; gives how many there were. The app's way to erase one forgets writes, too. */
		async forget(write: string, uid: string): Promise<number> {
			return database.write(write, (tx) => tx.run(sql`delete from contact where uid = ${uid}`));
		},

		async keptImports(): Promise<readonly KeptImport[]> {
			return database.rows(sql`
				select file, undone_at is not null as "isUndone",
					(select count(*) from import_contact where import = import_run.id and created)::int as contacts,
					(select coalesce(sum(cardinality(marks)), 0) from import_event where import = import_run.id)::int as events
				from import_run order by at`);
		},

		/** How many contacts have an address that begins so, and how many events they have. */
		async peopleOf(prefix: string): Promise<{ contacts: number; events: number }> {
			const [row] = await database.rows<{ contacts: number; events: number }>(sql`
				select count(*)::int as contacts,
					(select count(*) from event join contact as c using (cno) where starts_with(c.email_key, ${prefix}))::int as events
				from contact where starts_with(email_key, ${prefix})`);
			return row!;
		},

		/** Fills a database that has the first migration or more. */
		async fillOlder(people: number): Promise<void> {
			await database.transaction(async (tx) => {
				await tx.run(sql`
					insert into contact(cno, uid, email, email_key, fields)
					select n, 'old-' || n, 'old-' || n || '@example.com', 'old-' || n || '@example.com', jsonb_build_object('note', repeat('x', n % 200))
					from generate_series(0, ${people - 1}::int) as n`);
				await tx.run(sql`insert into contact_tag select 'old', cno, now() from contact`);
				await tx.run(sql`insert into list_member select 'old', cno, now() from contact`);
				await tx.run(sql`insert into event_type values (1, 'visited')`);
				await tx.run(
					sql`insert into event(no, id, cno, type, at) select cno + 1, 'old-' || cno, cno, 1, now() from contact`
				);
			});
		},

		/** What `fillOlder` has written, in one text. */
		async olderDigest(): Promise<string> {
			const [row] = await database.rows<{ digest: string }>(sql`
				select concat_ws(' ',
					(select count(*) || ':' || md5(string_agg(concat_ws('|', cno, uid, email, email_key, fields), ',' order by cno)) from contact),
					(select count(*) || ':' || md5(string_agg(concat_ws('|', tag, cno, at), ',' order by cno)) from contact_tag),
					(select count(*) || ':' || md5(string_agg(concat_ws('|', list, cno, at), ',' order by cno)) from list_member),
					(select count(*) || ':' || md5(string_agg(concat_ws('|', no, id, cno, type, at), ',' order by no)) from event)
				) as digest`);
			return row!.digest;
		},

		/** A statement that takes its time, and needs more memory than it has: what it sorts goes to a file. */
		async sort(rows: number): Promise<number> {
			const [row] = await database.rows<{ n: number }>(sql`
				select count(*)::int as n from (
					select from generate_series(1, ${rows}::int) as n order by md5(n::text) offset 1
				) as sorted`);
			return row!.n;
		},

		/** Makes a table that is not the app's, with files of its own, which alone have what is in it. */
		async makeTable(): Promise<void> {
			await database.script(
				'create table made(n int primary key); insert into made select generate_series(1, 1000)'
			);
			await database.script('checkpoint');
		},

		/** How many rows that table has. */
		async made(): Promise<number> {
			const [row] = await database.rows<{ n: number }>(sql`select count(*)::int as n from made`);
			return row!.n;
		}
	};
}
