import type { HandOverRecipient, Recipients } from '$lib/campaigns/hand-over/ask';
import { listedContacts } from '$lib/contacts/listed';
import type { Database, Queryable } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import { sql, type Sql } from '$lib/sql';
import { checkOf, freeze } from './freeze/queries';
import {
	recipientStatuses,
	type CampaignRun,
	type FreezeAsk,
	type Recipient,
	type RecipientCounts,
	type RecipientFilter,
	type RecipientPage,
	type RecipientStatus,
	type RunCheck
} from './run';
import { markSent } from './sent/queries';

/** What the worker answers about frozen audiences, and does with them. */
export function runsApi(database: Database, publish: Publish = () => {}) {
	return {
		/** Evaluates an audience anew, whatever answers are kept, and freezes it. Once for each `write`. */
		freezeAudience: (write: string, ask: FreezeAsk): Promise<CampaignRun> =>
			database.write(write, (tx) => freeze(tx, ask)),

		/** Whether a frozen audience is what it was; null where there is none. */
		async verifyRun(run: string): Promise<RunCheck | null> {
			const known = await runOf(database, run);
			return known ? checkOf(database, known) : null;
		},

		runOf: async (run: string): Promise<CampaignRun | null> => (await runOf(database, run)) ?? null,

		/** All of a campaign, the oldest first. */
		runsOf: (campaign: string): Promise<CampaignRun[]> =>
			runsWhere(database, sql`campaign = ${campaign}`),

		/** A window of those it goes to, in their order. */
		async recipientsPage(
			run: string,
			filter: RecipientFilter,
			offset: number,
			limit: number
		): Promise<RecipientPage> {
			const where = sql`run = ${run} and ${filterSql(filter)}`;
			const [row] = await database.rows<{ total: number }>(
				sql`select count(*)::int as total from campaign_recipient where ${where}`
			);
			const recipients = await recipientsWhere(
				database,
				sql`${where} order by place limit ${limit}::int offset ${offset}::int`
			);
			const contacts = await listedContacts(
				database,
				recipients.flatMap(({ cno }) => cno ?? [])
			);
			const byNumber = new Map(contacts.map((contact) => [contact.cno, contact]));
			return {
				total: row!.total,
				recipients: recipients.map((one) => ({
					...one,
					contact: byNumber.get(one.cno ?? -1) ?? null
				}))
			};
		},

		/** How many there are of each status, and who get what. */
		async recipientCounts(run: string): Promise<RecipientCounts> {
			const groups = await database.rows<{
				status: RecipientStatus;
				variants: number[];
				n: number;
			}>(
				sql`select status, variants, count(*)::int as n from campaign_recipient where run = ${run} group by status, variants`
			);
			const known = await runOf(database, run);
			const sum = (of: (group: (typeof groups)[number]) => boolean) =>
				groups.filter(of).reduce((total, { n }) => total + n, 0);
			return {
				total: sum(() => true),
				statuses: Object.fromEntries(
					recipientStatuses.map((one) => [one, sum(({ status }) => status === one)])
				) as Record<RecipientStatus, number>,
				blocks: (known?.frozen.variants ?? []).map((rules, block) => ({
					variants: rules.map((_, i) => sum(({ variants }) => variants[block] === i)),
					otherwise: sum(({ variants }) => variants[block] === -1)
				}))
			};
		},

		/**
		 * Says that it was handed over, and adds that to the timelines of those it went to: all, or where a mail server takes
		 * messages one by one, those it has taken. Gives how many are new; a second time none are. Progress is told under
		 * the write's id.
		 */
		markRunSent: (write: string, run: string, now: number): Promise<number> =>
			markSent(database, write, run, now, (done, total) =>
				publish({ type: 'progress', job: write, done, total })
			),

		/** Forgets an audience that was never handed over. Gives whether it was one. */
		async dropRun(write: string, run: string): Promise<boolean> {
			return database.write(write, async (tx) => {
				const dropped = await tx.run(sql`
					delete from campaign_run where id = ${run} and state = 'frozen' and not exists (
						select from campaign_recipient where run = ${run} and status not in ('frozen', 'withheld'))`);
				if (dropped === 0) return false;
				await tx.run(sql`delete from campaign_recipient where run = ${run}`);
				return true;
			});
		}
	};
}

export const runOf = async (database: Queryable, run: string): Promise<CampaignRun | undefined> =>
	(await runsWhere(database, sql`id = ${run}`))[0];

/** A run's recipients, for whoever hands them over. */
export const recipientsOf = (database: Queryable): Recipients => ({
	async count(run) {
		const [row] = await database.rows<{ n: number }>(
			sql`select count(*)::int as n from campaign_recipient where run = ${run}`
		);
		return row!.n;
	},
	async from(run, place, limit) {
		// One JSON text: rows one by one take ten times as long.
		const [row] = await database.rows<{ all: string }>(sql`
			select coalesce(json_agg(json_build_object(
				'place', place, 'cno', cno, 'uid', uid, 'address', address, 'variants', variants) order by place), '[]')::text as all
			from campaign_recipient
			where run = ${run} and place >= ${place}::int and place < ${place + limit}::int and status <> 'withheld'`);
		return JSON.parse(row!.all) as HandOverRecipient[];
	}
});

const filterSql = ({ status, variant }: RecipientFilter): Sql => sql`
	${status ? sql`status = ${status}` : sql`true`}
	and ${variant ? sql`variants[${variant.block + 1}::int] = ${variant.index}::int` : sql`true`}`;

async function recipientsWhere(database: Queryable, where: Sql): Promise<Recipient[]> {
	const rows = await database.rows<Omit<Recipient, 'statusAt'> & { statusAt: Date }>(sql`
		select place, cno, uid, address, variants, status, status_at as "statusAt", diagnostic, message_id as "messageId"
		from campaign_recipient where ${where}`);
	return rows.map((row) => ({ ...row, statusAt: row.statusAt.toISOString() }));
}

async function runsWhere(database: Queryable, where: Sql): Promise<CampaignRun[]> {
	const rows = await database.rows<Omit<CampaignRun, 'at'> & { at: Date }>(sql`
		select id, campaign, ref, at, how, frozen, reach, hash, state from campaign_run where ${where} order by at, id`);
	return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
