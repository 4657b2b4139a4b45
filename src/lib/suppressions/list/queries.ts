import type { Database } from '$lib/db/db';
import { emailOf } from '$lib/imports/values/text';
import { join, sql } from '$lib/sql';
import { isStorable, textKey } from '$lib/text-key';
import type { SuppressionReason } from '$lib/workspace/suppressions';
import { hashOfLifted } from '../lifted';
import {
	liftable,
	type AddedSuppressions,
	type Suppression,
	type SuppressionPage
} from '../suppression';

/** The list of addresses that no email may be sent to. */
export function suppressionListApi(database: Database) {
	return {
		/** Those whose address has every word of a search in it, the newest first. */
		async suppressionPage(search: string, offset: number, limit: number): Promise<SuppressionPage> {
			if (!isStorable(search)) return { total: 0, suppressions: [] };
			const words = textKey(search).split(/\s+/).filter(Boolean);
			const found = words.map((word) => sql` and strpos(address, ${word}) > 0`);
			const where = sql`channel = 'email'${found.length > 0 ? join(found, sql``) : sql``}`;
			const [row] = await database.rows<{ total: number }>(
				sql`select count(*)::int as total from suppression where ${where}`
			);
			const rows = await database.rows<Omit<Suppression, 'at'> & { at: Date }>(sql`
				select address, reason, at,
					(select count(*) from contact where email_key = address)::int as contacts
				from suppression where ${where}
				order by suppression.at desc, address, reason limit ${limit}::int offset ${offset}::int`);
			return {
				total: row!.total,
				suppressions: rows.map((row) => ({ ...row, at: row.at.toISOString() }))
			};
		},

		/** Suppresses addresses by hand at an instant, in epoch milliseconds. What is no address is told, and the rest is done. */
		async addSuppressions(
			write: string,
			addresses: readonly string[],
			now: number
		): Promise<AddedSuppressions> {
			const given = addresses.map((text) => text.trim()).filter((text) => text !== '');
			const wrong = given.filter((text) => emailOf(text) === undefined);
			const keys = [...new Set(given.flatMap((text) => keyOf(text) ?? []))];
			const added = await database.write(write, async (tx) => {
				await tx.run(sql`
					delete from suppression_lift using unnest(${keys}::text[]) as address
					where channel = 'email' and reason = 'manual' and hash = ${hashOfLifted(sql`address`)}`);
				return tx.run(sql`
					insert into suppression(channel, address, reason, at)
					select 'email', address, 'manual', ${new Date(now)}::timestamptz from unnest(${keys}::text[]) as address
					on conflict do nothing`);
			});
			return { added, known: keys.length - added, wrong };
		},

		/**
		 * Lets an address be written to again that was suppressed by hand, or since it unsubscribed; what a bounce or a
		 * complaint says stays. Gives whether there was such a suppression. Of the address itself nothing is kept, and other
		 * devices that were told of it keep theirs.
		 */
		async liftSuppression(
			write: string,
			address: string,
			reason: SuppressionReason
		): Promise<boolean> {
			if (!liftable.has(reason)) return false;
			return database.write(write, async (tx) => {
				const lifted = await tx.run(sql`
					with lifted as (
						delete from suppression
						where channel = 'email' and reason = ${reason} and address = ${textKey(address)}
						returning channel, address, reason
					)
					insert into suppression_lift
					select channel, ${hashOfLifted(sql`address`)}, reason, now() from lifted
					on conflict (channel, hash, reason) do update set at = excluded.at`);
				return lifted > 0;
			});
		}
	};
}

function keyOf(text: string): string | undefined {
	const email = emailOf(text);
	return email === undefined ? undefined : textKey(email);
}
