import { contactOf, type Contact, type ContactRow } from '$lib/contacts/contact';
import type { Database } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import { conditionsOf } from '$lib/rules/conditions-of';
import type { Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { setsOf } from '../evaluate';
import type { MemberCache } from '../members';
import type { MembersThen } from './at';
import { Histories } from './histories';
import { beganOf } from './kept-histories';
import { inOrder, isBeginning } from './log';
import type { Cause } from './move';
import { turnOf } from './moved';
import { putBefore, recompute } from './recompute';
import { forgetBefore, keptSince } from './retention';
import { trendOf, type LoggedMove, type TrendDay } from './trend';
import type { Watched } from './watched';

export interface Trend {
	/** Epoch milliseconds: since when it is noted who enters and leaves; `undefined` if it is not yet. */
	readonly began: number | undefined;
	/** Whether days before that have been recomputed. */
	readonly recomputed: boolean;
	/** In order; the last is today. */
	readonly days: readonly TrendDay[];
}

/** An entry of the log: all who entered or left at one instant for one cause. */
export interface LogEntry {
	readonly no: number;
	/** Epoch milliseconds */
	readonly at: number;
	readonly entered: boolean;
	readonly cause: Cause;
	/** How many they were, those that are archived by now included. */
	readonly size: number;
	/** One of them; `undefined` if they are archived or gone by now. */
	readonly one: Contact | undefined;
}

/** How many entered and left. */
export interface Flow {
	readonly entered: number;
	readonly left: number;
}

/** How many entered and left since an instant, as far as it is known. */
export interface KnownFlow extends Flow {
	/** Epoch milliseconds: what the log says begins here, which may be later than was asked for. */
	readonly since: number;
}

/** What the worker answers about who was in segments when. */
export function historyApi(database: Database, cache: MemberCache, publish: Publish) {
	const histories = new Histories(database, cache);
	/** Epoch milliseconds: nothing is known any more of the time before. */
	let forgotten: number | undefined;
	/** Days being worked out, by their job's name. */
	const recomputing = new Set<string>();

	/** When time next moves anybody, asked once for as long as nothing else does. */
	let coming: { readonly of: string; readonly since: number; readonly at: number } | undefined;
	let changes = 0;
	const changed = () => {
		changes++;
		coming = undefined;
	};
	database.onchange(changed);
	const nextChange = async (watched: readonly Watched[], moment: Moment): Promise<number> => {
		const of = JSON.stringify([watched, moment.zone, moment.weekStart]);
		if (coming?.of === of && moment.now < coming.at && coming.since <= moment.now) return coming.at;
		const conditions = watched.flatMap(({ rule }) => conditionsOf(rule));
		const before = changes;
		const at = await cache.nextChange(conditions, moment);
		if (before === changes) coming = { of, since: moment.now, at };
		return at;
	};

	/** The log of a segment without who it is about, in its order. */
	const logOf = async (segment: string): Promise<LoggedMove[]> =>
		database.rows<LoggedMove>(sql`
			select (extract(epoch from at) * 1000)::float8 as at, entered, cause, size
			from segment_log where segment = ${segment} order by ${inOrder}`);

	return {
		/**
		 * Notes who entered and left these segments since they were last looked at, and once a day forgets what was noted more
		 * than `months` ago; null keeps everything. `moved` tells every tab where anybody did. Gives the moment, in epoch
		 * milliseconds, until which nobody moves unless somebody writes: at the latest the end of the local day.
		 */
		async lookAtSegments(
			watched: readonly Watched[],
			moment: Moment,
			months: number | null = null
		): Promise<number> {
			const looked = await histories.look(watched, moment);
			if (looked.segments.length > 0) {
				changed();
				publish({ type: 'moved', ...looked });
			}
			const since = months === null ? undefined : keptSince(months, moment);
			if (since !== undefined && since !== forgotten) {
				const { everyone } = await cache.at(moment);
				const size = 32 * everyone.words.length;
				const segments = await histories.rewrite(() => forgetBefore(database, since, size));
				forgotten = since;
				if (segments.length > 0) {
					changed();
					publish({ type: 'moved', segments, counts: cache.forgetReading('segment_move') });
				}
			}
			return nextChange(watched, moment);
		},

		/** A segment's size day by day, at most so many days up to now. */
		async trendOf(segment: string, most: number, moment: Moment): Promise<Trend> {
			const began = await beganOf(database, segment);
			if (began === undefined) return { began, recomputed: false, days: [] };
			const log = await logOf(segment);
			return {
				began,
				recomputed: log.some(({ at }) => at < began),
				days: trendOf(log, { began, most, now: moment.now, zone: moment.zone })
			};
		},

		/**
		 * Works out so many days before a segment began to be noted, in place of those that were worked out before, but none
		 * of more than `months` ago. Progress, in days, is told under `job`. Nothing is written if it is stopped.
		 */
		async recomputeTrend(
			job: string,
			watched: Watched,
			days: number,
			moment: Moment,
			months: number | null = null
		): Promise<void> {
			recomputing.add(job);
			const since = months === null ? -Infinity : keptSince(months, moment);
			const ondone = (done: number, total: number) => {
				publish({ type: 'progress', job, done, total });
				return recomputing.has(job);
			};
			const worked = await recompute(database, cache, watched, { days, since, moment, ondone });
			if (worked) await histories.rewrite(() => putBefore(database, watched.segment, worked));
			if (!recomputing.delete(job)) return;
			publish({
				type: 'moved',
				segments: [watched.segment],
				counts: cache.forgetReading('segment_move')
			});
		},

		/** Nothing happens if it is over. */
		async stopRecomputing(job: string): Promise<void> {
			recomputing.delete(job);
		},

		/** Entries of a segment's log, the newest first, from the one before number `before` on. */
		async segmentLog(
			segment: string,
			before: number | undefined,
			limit: number
		): Promise<LogEntry[]> {
			const until = before === undefined ? sql`` : sql` and no < ${before}::bigint`;
			const rows = await database.rows<Omit<LogEntry, 'one'> & { row: ContactRow | null }>(sql`
				select no::int as no, (extract(epoch from at) * 1000)::float8 as at, entered, cause, size,
					(select to_jsonb(contact) from contact where cno = cnos[1] and archived_at is null) as row
				from segment_log
				where segment = ${segment} and not ${isBeginning}${until}
				order by no desc limit ${limit}::int`);
			return rows.map(({ row, ...entry }) => ({ ...entry, one: row ? contactOf(row) : undefined }));
		},

		/** How many entered and left each of these segments since an instant (epoch milliseconds); nothing of one never noted. */
		async flowsSince(
			segments: readonly string[],
			since: number
		): Promise<Readonly<Record<string, KnownFlow>>> {
			const rows = await database.rows<KnownFlow & { segment: string }>(sql`
				select segment, entered, "left", (extract(epoch from coalesce(
						(select min(at) from segment_log where segment_log.segment = segment_history.segment), began
					)) * 1000)::float8 as since
				from segment_history, lateral (
					select coalesce(sum(size) filter (where entered), 0)::int as entered,
						coalesce(sum(size) filter (where not entered), 0)::int as "left"
					from segment_log
					where segment_log.segment = segment_history.segment and at > ${new Date(since)} and cause <> 'began'
				) as flow
				where segment = any(${segments}::text[])`);
			return Object.fromEntries(rows.map(({ segment, ...flow }) => [segment, flow]));
		},

		/** How many were in a segment at an instant (epoch milliseconds), or will be, and who has come and gone between then and now. */
		async segmentAt(
			watched: Watched,
			at: number,
			moment: Moment
		): Promise<Flow & { readonly size: number; readonly how: MembersThen['how'] }> {
			const { then, entered, left } = await turnOf(database, cache, watched, { at, moment });
			const { set, how } = then;
			return { size: set.count, how, entered: entered.count, left: left.count };
		},

		/** How many will have entered and left a rule by an instant (epoch milliseconds), if nothing but time passes. */
		async flowUntil(rule: Rule, until: number, moment: Moment): Promise<Flow> {
			const [before] = await setsOf([rule], await cache.at(moment));
			const [after] = await setsOf([rule], await cache.at({ ...moment, now: until }));
			return { entered: after!.minus(before!).count, left: before!.minus(after!).count };
		}
	};
}
