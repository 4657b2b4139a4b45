import { Bitmap } from '$lib/bitmap';
import type { Change, Database } from '$lib/db/db';
import { touchedSince, versionOf } from '$lib/db/touched';
import { conditionsOf } from '$lib/rules/conditions-of';
import type { Moment } from '$lib/time/moment';
import { evaluate } from '../evaluate';
import type { MemberCache } from '../members';
import { both, type Changed } from './changed';
import { dayEndsBetween } from './days';
import { keepHistories, readHistories, type History } from './kept-histories';
import { goneOf, loggedAt, loggedSince } from './log';
import { movesBetween, type Causes, type Move } from './move';
import { forgetBefore } from './retention';
import { digestOf, hangsOnTime, type Watched } from './watched';

/** Days on which nobody looked, of which each is asked about afterwards. */
const mostDaysMissed = 92;
/** Even where nobody moved it is kept now and then that somebody looked. */
const keptEvery = 10 * 60_000;

export interface Looked {
	/** Segments that anybody entered or left. */
	readonly segments: readonly string[];
	/** Whether conditions that ask who did were counted before: their counts are of the past. */
	readonly counts: boolean;
}

/**
 * Who enters and leaves segments, written to the log. Nothing is noted while nobody looks: `look` compares the members of
 * now with those of the last time, so that what a crash cut off is found the next time.
 */
export class Histories {
	readonly #database: Database;
	readonly #cache: MemberCache;
	#known: Map<string, History> | undefined;
	/** Since the last look. A worker that has only just begun does not know. */
	#changed: Changed | undefined;
	/** One look at a time. */
	#looking: Promise<unknown> = Promise.resolve();

	constructor(database: Database, cache: MemberCache) {
		this.#database = database;
		this.#cache = cache;
		database.onchange((change) => this.#note(change));
	}

	/**
	 * Notes who entered and left these segments since they were last looked at. Whoever is in one that was never looked at
	 * has been from its beginning.
	 */
	look(watched: readonly Watched[], moment: Moment): Promise<Looked> {
		const looked = this.#looking.then(() => this.#lookUntilDone(watched, moment));
		this.#looking = looked.catch(() => {});
		return looked;
	}

	/** Forgets what was noted before an instant, in epoch milliseconds. */
	forgetBefore(since: number, moment: Moment): Promise<void> {
		const forgotten = this.#looking.then(async () => {
			const { everyone } = await this.#cache.at(moment);
			await forgetBefore(this.#database, since, 32 * everyone.words.length);
			this.#known = undefined;
		});
		this.#looking = forgotten.catch(() => {});
		return forgotten;
	}

	async #lookUntilDone(watched: readonly Watched[], moment: Moment): Promise<Looked> {
		for (;;) {
			try {
				return await this.#look(watched, moment);
			} catch (error) {
				if (error instanceof Overtaken) continue;
				this.#changed = undefined;
				throw error;
			}
		}
	}

	async #look(watched: readonly Watched[], moment: Moment): Promise<Looked> {
		const known = (this.#known ??= await readHistories(this.#database));
		const moved = new Set<string>();
		let counts = false;
		await this.#begin(watched, known, moment);
		await this.#catchUp(watched, known, moment, moved);
		// Whether somebody enters one segment may hang on whether they entered another.
		for (let pass = 0; pass < watched.length; pass++) {
			// By then what moves anybody is what others did.
			const before = pass === 0 ? await this.#changedBefore(watched, known) : 'all';
			this.#changed = new Set();
			const isAnybody = await this.#step(watched, known, moment, moved, (one) =>
				// What comes while it is looked may have been seen already.
				causesOf(one, known.get(one.segment)!, both(before, this.#changed ?? 'all'))
			);
			if (!isAnybody || !this.#cache.forgetReading('segment_move')) break;
			counts = true;
		}
		return { segments: [...moved], counts };
	}

	/** What the worker itself does not know the database does: whom writes have changed since somebody last looked. */
	async #changedBefore(
		watched: readonly Watched[],
		known: ReadonlyMap<string, History>
	): Promise<Changed> {
		if (this.#changed || watched.length === 0) return this.#changed ?? new Set();
		const version = Math.min(...watched.map(({ segment }) => known.get(segment)!.version));
		const touched = await touchedSince(this.#database, version);
		return touched ? new Set([...touched.cnos.values()].flatMap((cnos) => [...cnos])) : 'all';
	}

	async #begin(
		watched: readonly Watched[],
		known: Map<string, History>,
		moment: Moment
	): Promise<void> {
		const fresh = watched.filter(({ segment }) => !known.has(segment));
		if (fresh.length === 0) return;
		const version = await versionOf(this.#database);
		const sets = await this.#membersOf(fresh, moment);
		const since = await loggedSince(this.#database);
		const begun = new Map<string, History>();
		const moves: Move[] = [];
		for (const [i, { segment, rule }] of fresh.entries()) {
			const size = 32 * sets[i]!.words.length;
			const began = since.get(segment) ?? moment.now;
			// A workspace file may have brought a log, which goes on.
			const members = since.has(segment)
				? await loggedAt(this.#database, segment, moment.now, size)
				: sets[i]!;
			begun.set(segment, { began, looked: moment.now, version, rule: digestOf(rule), members });
			if (!since.has(segment) && members.count > 0)
				moves.push({ segment, at: began, entered: true, cause: 'began', who: members });
		}
		await this.#keep(known, begun, moves);
		if (moves.length > 0) this.#cache.forgetReading('segment_move');
	}

	/** Asks about the ends of the days on which nobody looked, so that who moved meanwhile did on the right day. */
	async #catchUp(
		watched: readonly Watched[],
		known: Map<string, History>,
		moment: Moment,
		moved: Set<string>
	): Promise<void> {
		const timed = watched.filter(
			({ segment, rule }) => known.get(segment)!.rule === digestOf(rule) && hangsOnTime(rule)
		);
		if (timed.length === 0) return;
		const since = Math.min(...timed.map(({ segment }) => known.get(segment)!.looked));
		for (const now of dayEndsBetween(since, moment.now, moment.zone, mostDaysMissed)) {
			const due = timed.filter(({ segment }) => known.get(segment)!.looked < now);
			await this.#step(due, known, { ...moment, now }, moved, () => ({ otherwise: 'time' }));
		}
	}

	/** Compares these segments with how they were, and keeps how they are. Gives whether anybody moved. */
	async #step(
		watched: readonly Watched[],
		known: Map<string, History>,
		moment: Moment,
		moved: Set<string>,
		causes: (one: Watched) => Causes
	): Promise<boolean> {
		const version = await versionOf(this.#database);
		const sets = await this.#membersOf(watched, moment);
		const steps = watched.map((one, i) => {
			const before = known.get(one.segment)!;
			const how = { segment: one.segment, at: moment.now, ...causes(one) };
			const moves = movesBetween(before.members, sets[i]!, how);
			const rule = digestOf(one.rule);
			const isDue = moment.now - before.looked >= keptEvery;
			return {
				moves,
				isNew: moves.length > 0 || rule !== before.rule || isDue,
				entry: [
					one.segment,
					{ ...before, looked: moment.now, version, rule, members: sets[i]! }
				] as const
			};
		});
		const all = steps.flatMap(({ moves }) => moves);
		const gone = await this.#goneIn(all, moment);
		const moves = all
			.map((move) => (move.entered ? move : { ...move, who: move.who.minus(gone) }))
			.filter(({ who }) => who.count > 0);
		const changed = new Map(steps.filter(({ isNew }) => isNew).map(({ entry }) => entry));
		await this.#keep(known, changed, moves, [...gone]);
		for (const { segment } of moves) moved.add(segment);
		return moves.length > 0;
	}

	async #keep(
		known: Map<string, History>,
		histories: ReadonlyMap<string, History>,
		moves: readonly Move[],
		gone: readonly number[] = []
	): Promise<void> {
		if (known !== this.#known) throw new Overtaken();
		await keepHistories(this.#database, histories, moves, gone);
		for (const [segment, history] of histories) known.set(segment, history);
	}

	/** Who of those that left is there no more: what the log has of them is forgotten. */
	async #goneIn(moves: readonly Move[], moment: Moment): Promise<Bitmap> {
		const { everyone } = await this.#cache.at(moment);
		const left = moves
			.filter(({ entered }) => !entered)
			.reduce((all, { who }) => all.or(who), Bitmap.of([], 0));
		const gone = await goneOf(this.#database, [...left.minus(everyone)]);
		return Bitmap.of(gone, 32 * left.words.length);
	}

	async #membersOf(watched: readonly Watched[], moment: Moment): Promise<Bitmap[]> {
		const members = await this.#cache.at(moment);
		await members.prepare(watched.flatMap(({ rule }) => conditionsOf(rule)));
		const sets: Bitmap[] = [];
		for (const { rule } of watched) sets.push(await evaluate(rule, members));
		return sets;
	}

	#note(change: Change): void {
		if (change.type === 'everything') {
			this.#known = undefined;
			this.#changed = 'all';
		} else if (this.#changed) {
			this.#changed = both(this.#changed, new Set(change.cnos));
		}
	}
}

/** Bulk work came in between, and may have brought another log. */
class Overtaken extends Error {}

/** Why people moved since the last look. */
function causesOf({ rule }: Watched, before: History, changed: Changed): Causes {
	if (before.rule !== digestOf(rule)) return { otherwise: 'rule' };
	if (changed === 'all') return { otherwise: 'data' };
	const size = [...changed].reduce((size, cno) => Math.max(size, cno + 1), 0);
	return {
		changed: Bitmap.of(changed, size),
		otherwise: hangsOnTime(rule) ? 'time' : 'data'
	};
}
