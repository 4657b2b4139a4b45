import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import { versionOf } from '$lib/db/touched';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { setsOf } from '../evaluate';
import type { MemberCache } from '../members';
import { ChangedSince } from './changed';
import { dayEndsBetween } from './days';
import { begunHistories } from './begin';
import { keepHistories, Overtaken, readHistories, type History } from './kept-histories';
import { goneAmong, redate } from './log';
import { movesBetween, type Move } from './move';
import {
	causesOf,
	digestOf,
	hangsOnMoves,
	hangsOnTime,
	type Digested,
	type Watched
} from './watched';

/** Days on which nobody looked, of which each is asked about afterwards. */
const mostDaysMissed = 92;
/** Even where nobody moved it is kept now and then that somebody looked. */
const keptEvery = 10 * 60_000;
/** A question this much older than the last one is a slow tab's, and nothing is new in it. An older one is of a clock set back. */
const mostBehind = 5 * 60_000;
/** Sets written over, after which the space they took is given back. */
const mostRewritten = 200;

export interface Looked {
	/** Segments that anybody entered or left. */
	readonly segments: readonly string[];
	/** Whether conditions that ask who did were counted before: their counts are of the past. */
	readonly counts: boolean;
}

const nothing: Looked = { segments: [], counts: false };

/**
 * Who enters and leaves segments, written to the log. Nothing is noted while nobody looks: `look` compares the members of
 * now with those of the last time, so that what a crash cut off is found the next time.
 */
export class Histories {
	readonly #database: Database;
	readonly #cache: MemberCache;
	#known: Map<string, History> | undefined;
	#last: Promise<unknown> = Promise.resolve();
	#rewritten = 0;

	constructor(database: Database, cache: MemberCache) {
		this.#database = database;
		this.#cache = cache;
		// Bulk work may have brought another log.
		database.onchange(({ type }) => {
			if (type === 'everything') this.#known = undefined;
		});
	}

	/**
	 * Notes who entered and left these segments since they were last looked at. Whoever is in one that was never looked at
	 * has been from its beginning.
	 */
	look(segments: readonly Watched[], moment: Moment): Promise<Looked> {
		const watched = segments.map((one) => ({ ...one, digest: digestOf(one.rule) }));
		return this.#inTurn(async () => {
			for (;;) {
				try {
					return await this.#look(watched, moment);
				} catch (error) {
					if (!(error instanceof Overtaken)) throw error;
					this.#known = undefined;
				}
			}
		});
	}

	/** Does something to the log while nobody looks; what is known of it is read anew afterwards. */
	rewrite<T>(work: () => Promise<T>): Promise<T> {
		return this.#inTurn(async () => {
			const done = await work();
			this.#known = undefined;
			return done;
		});
	}

	/** One thing at a time. */
	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const done = this.#last.then(work);
		this.#last = done.catch(() => {});
		return done;
	}

	async #look(watched: readonly Digested[], moment: Moment): Promise<Looked> {
		const known = (this.#known ??= await readHistories(this.#database));
		const latest = Math.max(...watched.map(({ segment }) => known.get(segment)?.looked ?? 0));
		if (watched.length === 0 || (moment.now < latest && moment.now >= latest - mostBehind))
			return nothing;
		if (moment.now < latest) {
			await redate(this.#database, watched, moment.now);
			this.#known = undefined;
			return this.#look(watched, moment);
		}
		const moved = new Set<string>();
		let counts = false;
		const begun = await this.#begin(watched, known, moment);
		await this.#catchUp(watched, known, moment, moved);
		// Whether somebody enters one segment may hang on whether they entered another.
		for (let pass = 0; pass < watched.length; pass++) {
			const moves = await this.#compare(watched, known, moment, pass > 0 || begun);
			for (const { segment } of moves) moved.add(segment);
			if (moves.length === 0 || !this.#cache.forgetReading('segment_move')) break;
			counts = true;
		}
		await this.#tidy();
		return { segments: [...moved], counts };
	}

	/** Gives whether any history began. */
	async #begin(
		watched: readonly Digested[],
		known: Map<string, History>,
		moment: Moment
	): Promise<boolean> {
		const fresh = watched.filter(({ segment }) => !known.has(segment));
		if (fresh.length === 0) return false;
		const version = await versionOf(this.#database);
		const rules = fresh.map(({ rule }) => rule);
		const sets = await setsOf(rules, await this.#cache.at(moment));
		const begun = await begunHistories(this.#database, fresh, sets, { now: moment.now, version });
		// One at a time: a long transaction keeps everybody waiting.
		for (const { segment, history, moves } of begun) {
			await keepHistories(this.#database, new Map([[segment, history]]), { moves, version });
			known.set(segment, history);
		}
		this.#cache.forgetReading('segment_move');
		return true;
	}

	/**
	 * Asks about the ends of the days on which nobody looked, so that whom time moved meanwhile it did on the right day. Of
	 * contacts that were changed since it is not known when; they stay as they were until they are compared with now.
	 */
	async #catchUp(
		watched: readonly Digested[],
		known: Map<string, History>,
		moment: Moment,
		moved: Set<string>
	): Promise<void> {
		const since = new ChangedSince(this.#database);
		const timed: (Digested & { readonly changed: Bitmap })[] = [];
		for (const one of watched) {
			const { looked, rule, version } = known.get(one.segment)!;
			const [next] = dayEndsBetween(looked, moment.now, moment.zone, mostDaysMissed);
			if (next === undefined || rule !== one.digest || !hangsOnTime(one.rule)) continue;
			const changed = await since.version(version);
			if (changed !== 'all') timed.push({ ...one, changed });
		}
		if (timed.length === 0) return;
		const first = Math.min(...timed.map(({ segment }) => known.get(segment)!.looked));
		for (const now of dayEndsBetween(first, moment.now, moment.zone, mostDaysMissed)) {
			const due = timed.filter(({ segment }) => known.get(segment)!.looked < now);
			const rules = due.map(({ rule }) => rule);
			const sets = await setsOf(rules, await this.#cache.at({ ...moment, now }));
			for (const [i, { segment, changed }] of due.entries()) {
				const before = known.get(segment)!;
				const members = sets[i]!.except(changed, before.members);
				const how = { segment, at: now, otherwise: 'time' } as const;
				const moves = movesBetween(before.members, members, how);
				const history = { ...before, looked: now, members };
				const { version } = before;
				await keepHistories(this.#database, new Map([[segment, history]]), { moves, version });
				known.set(segment, history);
				if (moves.length > 0) moved.add(segment);
			}
		}
	}

	/**
	 * Compares these segments with how they were, and keeps how they are; `byOthers`: others were moved just now, which may
	 * have moved some here. Gives who moved.
	 */
	async #compare(
		watched: readonly Digested[],
		known: Map<string, History>,
		moment: Moment,
		byOthers: boolean
	): Promise<readonly Move[]> {
		const version = await versionOf(this.#database);
		const members = await this.#cache.at(moment);
		const sets = await setsOf(
			watched.map(({ rule }) => rule),
			members
		);
		// Asked after the sets: what came while they were asked for they may have in them already.
		const since = new ChangedSince(this.#database);
		const found: Move[] = [];
		for (const [i, one] of watched.entries()) {
			const before = known.get(one.segment)!;
			const changed =
				byOthers && hangsOnMoves(one.rule) ? 'all' : await since.version(before.version);
			const how = { segment: one.segment, at: moment.now, ...causesOf(one, before.rule, changed) };
			found.push(...movesBetween(before.members, sets[i]!, how));
		}
		const gone = await goneAmong(this.#database, found, members.everyone);
		const moves = found
			.map((move) => (move.entered ? move : { ...move, who: move.who.minus(gone) }))
			.filter(({ who }) => who.count > 0);
		const due = new Map<string, History>();
		const after = watched.map(({ segment, digest }, i) => {
			const before = known.get(segment)!;
			const isDue =
				moment.now - before.kept >= keptEvery ||
				digest !== before.rule ||
				found.some((move) => move.segment === segment);
			const kept = isDue ? moment.now : before.kept;
			const now = { looked: moment.now, kept, version, rule: digest, members: sets[i]! };
			const history = { ...before, ...now };
			if (isDue) due.set(segment, history);
			return [segment, history] as const;
		});
		await keepHistories(this.#database, due, { moves, gone: [...gone], version });
		for (const [segment, history] of after) known.set(segment, history);
		this.#rewritten += new Set(moves.map(({ segment }) => segment)).size;
		return moves;
	}

	/** PGlite never gives back by itself the space of what was written over. */
	async #tidy(): Promise<void> {
		if (this.#rewritten < mostRewritten) return;
		this.#rewritten = 0;
		await this.#database.run(sql`vacuum segment_history`);
	}
}
