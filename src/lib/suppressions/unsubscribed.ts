import type { Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import { hashOfLifted } from './lifted';

/**
 * Suppresses the addresses of contacts who said no to email, before they are deleted: who comes back with another
 * import, as subscribed, is still not written to. `which` tells among the rows of `contact`. It is there until it is
 * lifted by hand.
 */
export async function suppressUnsubscribed(tx: Queryable, which: Sql): Promise<void> {
	await tx.run(sql`
		delete from suppression_lift using (${refusedBy(which)}) as said
		where channel = 'email' and reason = 'unsubscribed' and hash = ${hashOfLifted(sql`said.address`)}`);
	await tx.run(sql`
		insert into suppression(channel, address, reason, at)
		select 'email', address, 'unsubscribed', min(at) from (${refusedBy(which)}) as said group by address
		on conflict do nothing`);
}

/** Addresses, and since when: of those whose consent says no, or whose events do and whose consent does not say yes. */
export const refusedBy = (which: Sql): Sql => sql`
	select email_key as address, least(coalesce(email_consent_at, told.at, updated_at), now()) as at
	from contact cross join lateral (
		select max(event.at) as at from event
		where event.cno = contact.cno
			and type = (select no from event_type where id = 'email_unsubscribed')
	) as told
	where email_key is not null and ${which} and (
		email_consent = 'unsubscribed'
		or (told.at is not null and email_consent is distinct from 'subscribed'))`;
