import type { Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import { hashOfLifted } from './lifted';

/**
 * Suppresses the addresses of those whose events say so: a hard bounce, a complaint. `which` tells among the rows of
 * `event`. It outlives the events and the contacts; only their import being undone takes it back.
 */
export const suppressAddresses = (tx: Queryable, which: Sql): Promise<number> =>
	tx.run(sql`
		insert into suppression(channel, address, reason, at)
		select 'email', address, reason, min(at) from (${saidBy(which)}) as said group by address, reason
		on conflict do nothing`);

/**
 * Takes back what these events alone have suppressed, before they are taken away. What else says so puts it there again.
 * What other devices were told is not believed when they tell it.
 */
export async function withdrawSuppressions(tx: Queryable, which: Sql): Promise<void> {
	const gone = await tx.rows<{ address: string }>(sql`
		with gone as (
			delete from suppression using (${saidBy(which)}) as said
			where channel = 'email' and suppression.address = said.address
				and suppression.reason = said.reason and suppression.at = said.at
			returning suppression.address, suppression.reason
		), lifted as (
			insert into suppression_lift select distinct 'email', ${hashOfLifted(sql`address`)}, reason, now() from gone
			on conflict (channel, hash, reason) do update set at = excluded.at
		)
		select distinct address from gone`);
	if (gone.length === 0) return;
	const addresses = gone.map(({ address }) => address);
	await suppressAddresses(
		tx,
		sql`(${which}) is not true and event.cno in (select cno from contact where email_key = any(${addresses}::text[]))`
	);
}

/** Addresses, reasons and instants. */
export const saidBy = (which: Sql): Sql => sql`
	select email_key as address, 'hardBounce' as reason, event.at
	from event
		join contact using (cno)
		join event_property on event_property.event = event.no
	where event.type = (select no from event_type where id = 'email_bounced')
		and event_property.keys ->> 'bounce' = 'hard' and email_key is not null and ${which}
	union all
	select email_key, 'complaint', event.at
	from event join contact using (cno)
	where event.type = (select no from event_type where id = 'email_complained')
		and email_key is not null and ${which}`;
