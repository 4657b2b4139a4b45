import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';

/**
 * Why nothing may be sent to addresses (by their keys) that somebody was frozen with, by address; of those that it may,
 * nothing. Who said no and was archived since said no all the same.
 */
export async function refusalsOf(
	database: Queryable,
	keys: readonly string[]
): Promise<ReadonlyMap<string, string>> {
	const found = await database.rows<{ address: string; why: string }>(sql`
		select email_key as address, 'Unsubscribed since the audience was frozen.' as why from contact
		where email_key = any(${keys}::text[]) and email_consent = 'unsubscribed'
		union all
		select address, 'Suppressed since the audience was frozen.' from suppression
		where channel = 'email' and address = any(${keys}::text[])`);
	return new Map(found.map(({ address, why }) => [address, why]));
}
