import type { Database } from '$lib/db/db';
import { touchedSince, versionOf } from '$lib/db/touched';
import { join, sql, type Sql } from '$lib/sql';
import type { HashedSuppression } from '$lib/workspace/suppressions';
import { bytesOf, hashed, lettersOf } from './hash';
import { hashOfLifted } from './lifted';
import { suppressionListApi } from './list/queries';

/** Contacts and suppressions looked at by one question: some tenths of a second, after which others get their turn. */
const slice = 20_000;

/** What is known of suppressed addresses, to be told by their hashes and compared by them. Only of email. */
export function suppressionsApi(database: Database) {
	return {
		...suppressionListApi(database),

		/** How many suppressed addresses this device has known, those lifted since included: it only rises. */
		async countSuppressions(): Promise<number> {
			const [row] = await database.rows<{ n: number }>(
				sql`select ((select count(*) from suppression where channel = 'email') + (select count(*) from suppression_lift where channel = 'email'))::int as n`
			);
			return row!.n;
		},

		/** All of them as hashes under a key of 32 bytes, oldest first. */
		async hashSuppressions(key: Uint8Array, most: number): Promise<HashedSuppression[]> {
			const hash = lettersOf(hashed(sql`address`, key));
			const told: HashedSuppression[] = [];
			for (let from = 0; from < most; from += slice) {
				const [row] = await database.rows<{ text: string }>(sql`
					select coalesce(json_agg(one), '[]')::text as text from (
						select ${hash} as hash, reason as why, (extract(epoch from at) * 1000)::float8 as at
						from (
							select * from suppression where channel = 'email'
							order by suppression.at, address, reason
							limit ${Math.min(slice, most - from)}::int offset ${from}::int
						) as listed
					) as one`);
				const some = JSON.parse(row!.text) as HashedSuppression[];
				told.push(...some);
				if (some.length < slice) break;
			}
			return told;
		},

		/** How many hashes of other devices are kept. */
		async countLearntSuppressions(): Promise<number> {
			const [row] = await database.rows<{ n: number }>(
				sql`select count(*)::int as n from suppression_hash`
			);
			return row!.n;
		},

		/** Keeps hashes that other devices told, also for contacts who are yet to come. */
		async learnSuppressions(write: string, told: readonly HashedSuppression[]): Promise<void> {
			await database.write(write, async (tx) => {
				await tx.run(sql`
					insert into suppression_hash
					select ${bytesOf(sql`hash`)}, why, to_timestamp(at / 1000)
					from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as given(hash text, why text, at float8)
					on conflict do nothing`);
			});
		},

		/**
		 * Suppresses the addresses of contacts here that other devices know as suppressed; gives how many. Contacts who were
		 * compared before are not again, unless there are new hashes or keys.
		 */
		async matchSuppressions(write: string, keys: readonly Uint8Array[]): Promise<number> {
			const version = await versionOf(database);
			const [now] = await database.rows<{ hashes: number; keys: string }>(sql`
				select count(*)::int as hashes, coalesce(${digestOf(keys)}, '') as keys from suppression_hash`);
			if (now!.hashes === 0 || keys.length === 0) return 0;
			const [last] = await database.rows<{ hashes: number; keys: string; version: number }>(
				sql`select hashes, keys, version::float8 as version from suppression_look`
			);
			const isNew = last?.hashes !== now!.hashes || last.keys !== now!.keys;
			if (!isNew && last.version === version) return 0;
			const touched = isNew ? undefined : await touchedSince(database, last.version);
			const found: Found[] = [];
			for (const some of touched
				? [sql`contact.cno = any(${[...(touched.cnos.get('contact') ?? [])]}::int[])`]
				: await slicesOf(database))
				for (const key of keys) found.push(...(await matching(database, some, key)));
			return database.write(write, async (tx) => {
				const rows = JSON.stringify(found);
				const count = await tx.run(sql`
					insert into suppression(channel, address, reason, at)
					select 'email', address, reason, at
					from jsonb_to_recordset(${rows}::jsonb) as given(address text, reason text, at timestamptz)
					on conflict do nothing`);
				await tx.run(sql`delete from suppression_look`);
				await tx.run(
					sql`insert into suppression_look values (${now!.keys}, ${now!.hashes}, ${version}::bigint)`
				);
				return count;
			});
		}
	};
}

const digestOf = (keys: readonly Uint8Array[]): Sql =>
	keys.length === 0
		? sql`null`
		: sql`encode(sha256(${join(
				keys.map((key) => sql`${key}::bytea`),
				sql` || `
			)}), 'hex')`;

async function slicesOf(database: Database): Promise<readonly Sql[]> {
	const [row] = await database.rows<{ last: number }>(
		sql`select coalesce(max(cno), -1)::int as last from contact`
	);
	return Array.from({ length: Math.ceil((row!.last + 1) / slice) }, (_, i) => {
		const from = i * slice;
		return sql`contact.cno >= ${from}::int and contact.cno < ${from + slice}::int`;
	});
}

interface Found {
	readonly address: string;
	readonly reason: string;
	readonly at: Date;
}

const matching = (database: Database, some: Sql, key: Uint8Array): Promise<Found[]> =>
	database.rows<Found>(sql`
		select distinct email_key as address, known.reason, known.at
		from contact join suppression_hash as known on known.hash = ${hashed(sql`contact.email_key`, key)}
		where ${some} and email_key is not null and not exists (
			select from suppression
			where channel = 'email' and address = email_key and suppression.reason = known.reason)
			and not exists (
				select from suppression_lift as lifted
				where channel = 'email' and lifted.hash = ${hashOfLifted(sql`email_key`)}
					and lifted.reason = known.reason and lifted.at >= known.at)`);
