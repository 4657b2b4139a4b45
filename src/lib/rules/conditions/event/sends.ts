import * as z from 'zod/mini';
import { comparable } from '$lib/fields/value';
import { sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { isOneSql, isThenSql, typeSql, type EventsThen } from './matching';
import { fromSql, type PersonEvent } from './property';

export const sent = 'email_sent';
/** What an event and the send it belongs to have in common. */
const campaign = 'campaign';

const notWhole = { error: 'Type a whole number of 1 or more.' };
/** How many of the last emails sent to a contact are looked at. */
export const LastSends = z
	.int(notWhole)
	.check(z.gte(1, notWhole), z.lte(1000, { error: 'Type 1000 or less.' }));

/**
 * The last `n` emails sent to each contact up to now, and the events that are asked about, as rows of `cno`, `no`,
 * `at`, `campaign` (its key, null without one), `is_sent` (one of those emails) and `is_asked`.
 */
export function sendsSql(n: number, asked: EventsThen, moment: Moment): Sql {
	const { types, where = [], window } = asked;
	const from = fromSql([
		{ types: [sent], property: campaign },
		...where.map(({ property }) => ({ types, property }))
	]);
	const isSent = sql`(${typeSql([sent])} and ${isThenSql(undefined, moment)})`;
	const isAsked = sql`(${isOneSql(asked, moment)} and ${isThenSql(window, moment)})`;
	const placed = sql`select event.cno, event.no, event.at, ref.key as campaign, ${isSent} as is_sent, ${isAsked} as is_asked, row_number() over (partition by event.cno, ${isSent} order by event.at desc, event.no desc) as place${from} where ${isSent} or ${isAsked}`;
	return sql`select cno, no, at, campaign, is_sent and place <= ${n}::int8 as is_sent, is_asked from (${placed}) as placed where (is_sent and place <= ${n}::int8) or is_asked`;
}

/** ` from … where …` of those events that belong to one of the last `n` emails sent: of its campaign, and not before it. */
export const ofSendsSql = (n: number, asked: EventsThen, moment: Moment): Sql =>
	sql` from (select cno, at, is_asked, min(at) filter (where is_sent) over (partition by cno, campaign) as sent_at from (${sendsSql(n, asked, moment)}) as row where campaign is not null) as event where is_asked and at >= sent_at`;

/** All emails sent up to now, in order of time: of two at one instant the one that comes first is the earlier. */
export const sendsOf = (events: readonly PersonEvent[], { now }: Moment): readonly PersonEvent[] =>
	events.filter(({ type, at }) => type === sent && at <= now).sort((a, b) => a.at - b.at);

/** Whether an event may belong to this email: it is of its campaign, and not before it. */
export function belongs(event: PersonEvent, send: PersonEvent): boolean {
	const key = campaignOf(send);
	return key !== undefined && key === campaignOf(event) && event.at >= send.at;
}

const campaignOf = ({ properties }: PersonEvent) => comparable(properties[campaign], 'text');
