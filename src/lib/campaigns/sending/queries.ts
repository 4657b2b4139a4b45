import type { HandOverAsk } from '$lib/campaigns/hand-over/ask';
import { messageMaker, senderProblem } from '$lib/campaigns/hand-over/made';
import type { OutgoingMessage } from '$lib/campaigns/hand-over/outgoing';
import { valuesByNumber } from '$lib/campaigns/hand-over/queries';
import { refusalsOf } from '$lib/campaigns/run/refusals/queries';
import { recipientStatuses } from '$lib/campaigns/run/run';
import type { Database, Queryable } from '$lib/db/db';
import { addEvents } from '$lib/events/queries';
import { eventRowOf } from '$lib/events/contact-event';
import { builtInEventTypes } from '$lib/events/event-type';
import { sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type {
	DueBatch,
	DueRecipient,
	LeftRecipient,
	SendingCounts,
	Settled,
	UnsureRecipient
} from './recipient';

export interface ClaimAsk {
	readonly run: string;
	/** A place: those after it. */
	readonly after: number;
	readonly limit: number;
	/** Which relay's memory will know of them. */
	readonly store: string;
	/** Epoch milliseconds. */
	readonly now: number;
}

export interface SettleAsk {
	readonly run: string;
	/** What the campaign's events call it. */
	readonly ref: string;
	readonly settled: readonly Settled[];
}

/** What the worker answers about sending a frozen audience message by message. */
export function sendingApi(database: Database) {
	return {
		/**
		 * Says of the next recipients that their messages are about to be handed over, and gives them; it is stored when it
		 * resolves. Who may not be written to any more since the audience was frozen is passed by.
		 */
		claimRecipients: (write: string, ask: ClaimAsk): Promise<DueBatch> =>
			database.write(write, (tx) => claim(tx, ask)),

		/** What they get. Whoever was erased meanwhile, or has no address that can be written to, is left out. */
		async dueMessages(
			run: string,
			ask: HandOverAsk,
			due: readonly DueRecipient[]
		): Promise<OutgoingMessage[]> {
			const problem = senderProblem(ask.sender);
			if (problem) throw new Error(problem.text);
			const maker = messageMaker(ask);
			const cnos = due.map(({ cno }) => cno).sort((a, b) => a - b);
			const known = await valuesByNumber(database, cnos, maker.fields);
			return due.flatMap((one) => {
				const found = known.get(one.cno);
				return found?.uid === one.uid ? (maker.message(run, one, found.values) ?? []) : [];
			});
		},

		/** Writes down what became of messages that were on their way, with their events and suppressions. */
		settleRecipients: (write: string, ask: SettleAsk): Promise<number> =>
			database.write(write, (tx) => settle(tx, ask)),

		/** Those who are on their way by what is written down: the relay is to be asked about them. */
		async leftRecipients(run: string, limit: number): Promise<LeftRecipient[]> {
			return database.rows<LeftRecipient>(sql`
				select place, coalesce(message_id, '') as "messageId", coalesce(diagnostic, '') as store,
					(extract(epoch from status_at) * 1000)::float8 as since
				from campaign_recipient where run = ${run} and status = 'sending' order by place limit ${limit}::int`);
		},

		/** How many there are of each state. */
		async sendingCounts(run: string): Promise<SendingCounts> {
			const rows = await database.rows<{ status: string; n: number }>(sql`
				select status, count(*)::int as n from campaign_recipient where run = ${run} group by status`);
			const counts = new Map(rows.map(({ status, n }) => [status, n]));
			return Object.fromEntries(
				recipientStatuses.map((status) => [status, counts.get(status) ?? 0])
			) as SendingCounts;
		},

		/** Those of whom nobody knows whether they were sent to, and who are not left at that. */
		async unsureRecipients(run: string, limit: number): Promise<UnsureRecipient[]> {
			const rows = await database.rows<Omit<UnsureRecipient, 'at'> & { at: Date }>(sql`
				select place, cno, address, status_at as at from campaign_recipient
				where run = ${run} and status = 'unsure' and diagnostic is distinct from ${leftAtThat}
				order by place limit ${limit}::int`);
			return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
		},

		/** Has messages sent again of which nobody knows: to be known by another id, for the relay to take them as new. */
		async sendUnsureAgain(write: string, run: string, places: readonly number[]): Promise<number> {
			return database.write(write, (tx) =>
				tx.run(sql`
					update campaign_recipient set status = 'frozen', diagnostic = null,
						message_id = split_part(message_id, '-', 1) || '-' ||
							(coalesce(nullif(split_part(message_id, '-', 2), '')::int, 1) + 1)
					where run = ${run} and status = 'unsure' and place = any(${places}::int[])`)
			);
		},

		/** Leaves it at not knowing. */
		async leaveUnsure(write: string, run: string, places: readonly number[]): Promise<number> {
			return database.write(write, (tx) =>
				tx.run(sql`
					update campaign_recipient set diagnostic = ${leftAtThat}
					where run = ${run} and status = 'unsure' and place = any(${places}::int[])`)
			);
		}
	};
}

export type SendingApi = ReturnType<typeof sendingApi>;

const leftAtThat = 'left';

async function claim(
	tx: Queryable,
	{ run, after, limit, store, now }: ClaimAsk
): Promise<DueBatch> {
	const rows = await tx.rows<Omit<DueRecipient, 'messageId'> & { gone: string | null }>(sql`
		select place, one.cno, one.uid, address, variants,
			case
				when address is null or contact.cno is null then 'The contact was erased.'
				when archived_at is not null then 'The contact was archived.'
			end as gone
		from campaign_recipient as one left join contact on contact.cno = one.cno and contact.uid = one.uid
		where run = ${run} and status = 'frozen' and place > ${after}::int
		order by place limit ${limit}::int`);
	if (rows.length === 0) return { recipients: [], last: null, withheld: 0 };

	const keys = rows.flatMap(({ address }) => (address === null ? [] : [textKey(address)]));
	const refusals = await refusalsOf(tx, keys);
	const looked = rows.map(({ gone, ...one }) => ({
		...one,
		withheld: gone ?? refusals.get(textKey(one.address)) ?? null
	}));
	// From now on it cannot be forgotten as one that nobody has got anything of.
	await tx.run(sql`update campaign_run set state = 'sent' where id = ${run} and state = 'frozen'`);
	const at = new Date(now);
	const held = looked.filter(({ withheld }) => withheld !== null);
	await tx.run(sql`
		update campaign_recipient set status = 'withheld', status_at = ${at}, diagnostic = given.withheld
		from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as given(place int, withheld text)
		where run = ${run} and campaign_recipient.place = given.place`);
	const due = looked.filter(({ withheld }) => withheld === null);
	const places = due.map(({ place }) => place);
	// The same whenever the same is sent to the same: so the relay knows it again.
	const known = await tx.rows<{ place: number; messageId: string }>(sql`
		update campaign_recipient set status = 'sending', status_at = ${at}, diagnostic = ${store},
			message_id = coalesce(message_id, left(encode(sha256(convert_to(run || ' ' || uid, 'UTF8')), 'hex'), 40))
		where run = ${run} and place = any(${places}::int[])
		returning place, message_id as "messageId"`);
	const ids = new Map(known.map(({ place, messageId }) => [place, messageId]));
	return {
		recipients: due.map(({ withheld: _, ...one }) => ({ ...one, messageId: ids.get(one.place)! })),
		last: rows.at(-1)!.place,
		withheld: held.length
	};
}

interface SettledRow {
	readonly place: number;
	readonly cno: number;
	readonly uid: string;
	readonly address: string;
	readonly messageId: string;
}

async function settle(tx: Queryable, { run, ref, settled }: SettleAsk): Promise<number> {
	const given = settled.map(({ at, ...one }) => ({ ...one, at: new Date(at).toISOString() }));
	const changed = await tx.rows<SettledRow & { readonly isThere: boolean }>(sql`
		update campaign_recipient as one
		set status = given.state, status_at = given.at, diagnostic = given.diagnostic
		from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
			as given(place int, state text, at timestamptz, diagnostic text)
		where run = ${run} and one.place = given.place and status = 'sending'
		returning one.place, cno, uid, address, message_id as "messageId",
			exists (select from contact where contact.cno = one.cno and contact.uid = one.uid) as "isThere"`);
	// Of who was erased meanwhile nothing is written down.
	const rows = new Map(changed.filter(({ isThere }) => isThere).map((row) => [row.place, row]));
	await addEvents(
		tx,
		settled.flatMap((one) => {
			const row = rows.get(one.place);
			return row ? eventsOf(one, row, run, ref) : [];
		})
	);
	const bounced = settled.flatMap(({ place, bounce, at }) => {
		const row = bounce === 'hard' && rows.get(place);
		return row ? [{ address: textKey(row.address), at: new Date(at).toISOString() }] : [];
	});
	await tx.run(sql`
		insert into suppression(channel, address, reason, at)
		select distinct on (address) 'email', address, 'hardBounce', at
		from jsonb_to_recordset(${JSON.stringify(bounced)}::jsonb) as given(address text, at timestamptz)
		on conflict do nothing`);
	return changed.length;
}

const types = new Map(builtInEventTypes.map((type) => [type.id, type]));

/** Their ids are of the run and the contact: each is there once, whoever writes it. */
function eventsOf(
	{ state, at, bounce, diagnostic }: Settled,
	{ cno, uid, messageId }: SettledRow,
	run: string,
	ref: string
) {
	const event = { cno, at: new Date(at).toISOString() };
	if (state === 'sent') {
		const properties = { campaign: ref, channel: 'email', message: messageId };
		return [
			eventRowOf({ ...event, id: `sent ${run} ${uid}`, type: 'email_sent', properties }, types)
		];
	}
	if (!bounce) return [];
	const properties = { campaign: ref, bounce, ...(diagnostic !== undefined && { diagnostic }) };
	return [
		eventRowOf({ ...event, id: `bounced ${run} ${uid}`, type: 'email_bounced', properties }, types)
	];
}
