import { Bitmap } from '$lib/bitmap';
import type { AudiencePart } from '$lib/campaigns/audience/step';
import type { OutcomePart } from '$lib/campaigns/report/report';
import type { Database } from '$lib/db/db';
import { evaluate } from '$lib/membership/evaluate';
import { whoMoved } from '$lib/membership/history/moved';
import type { MemberCache } from '$lib/membership/members';
import { bitmapOf } from '$lib/membership/read-sets';
import { fieldSql } from '$lib/rules/stored';
import { join, sql } from '$lib/sql';
import { isStorable, textKey } from '$lib/text-key';
import type { Moment } from '$lib/time/moment';
import { searchedFields, type ContactPick, type ContactsAsk } from './pick';

/** Searches remembered while a person types. */
const maxSearches = 12;
/** Only among so few contacts is a longer search quicker than a search of all. */
const maxNarrowed = 50_000;

/** Contacts that are asked for by what campaigns know of them. */
export interface CampaignParts {
	/** Who is in a step of an audience. */
	audience(part: AudiencePart, moment: Moment): Promise<Bitmap>;
	/** Who is behind a number of a report, of numbers below `size`. */
	outcome(part: OutcomePart, size: number): Promise<Bitmap>;
}

const unknown = () => Promise.reject(new Error('Campaigns are not known here.'));
const unknownParts: CampaignParts = { audience: unknown, outcome: unknown };

/** Who is asked for, as a set of contact numbers. Exact, and of the data as it is now. */
export class ContactSets {
	readonly #database: Database;
	readonly #cache: MemberCache;
	readonly #campaigns: CampaignParts;
	/** By their words. Forgotten with any change of contacts. */
	readonly #searches = new Map<
		string,
		{ readonly words: readonly string[]; readonly set: Bitmap }
	>();
	#archived: Bitmap | undefined;
	#version = 0;

	constructor(database: Database, cache: MemberCache, campaigns: CampaignParts = unknownParts) {
		this.#database = database;
		this.#cache = cache;
		this.#campaigns = campaigns;
		database.onchange((change) => {
			if (change.type === 'contacts' && !change.tables.has('contact')) return;
			this.#version++;
			this.#searches.clear();
			this.#archived = undefined;
		});
	}

	/** The contacts that are asked for. */
	async of(ask: ContactsAsk, moment: Moment): Promise<Bitmap> {
		const members = await this.#cache.at(moment);
		const size = 32 * members.everyone.words.length;
		const whole = ask.archived ? await this.#allArchived(size) : members.everyone;
		const ruled =
			ask.rule && !ask.archived ? (await evaluate(ask.rule, members)).and(whole) : whole;
		const moved = ask.moved
			? ruled.and(await whoMoved(this.#database, this.#cache, ask.moved, { moment, size }))
			: ruled;
		const step = ask.audience
			? moved.and(await this.#campaigns.audience(ask.audience, moment))
			: moved;
		const set = ask.outcome ? step.and(await this.#campaigns.outcome(ask.outcome, size)) : step;
		const words = [
			...new Set(
				textKey(ask.search ?? '')
					.split(/\s+/)
					.filter(Boolean)
			)
		];
		return words.length === 0 ? set : set.and(await this.#found(words, size));
	}

	/** The numbers of the contacts that are picked, ascending. */
	async picked(pick: ContactPick, moment: Moment): Promise<readonly number[]> {
		if (pick.type === 'these') return pick.cnos;
		const except = new Set(pick.except);
		return [...(await this.of(pick.of, moment))].filter((cno) => !except.has(cno));
	}

	async #allArchived(size: number): Promise<Bitmap> {
		const version = this.#version;
		const set =
			this.#archived ??
			(await bitmapOf(
				this.#database,
				sql`select cno from contact where archived_at is not null`,
				size
			));
		if (version === this.#version) this.#archived = set;
		return set;
	}

	async #found(words: readonly string[], size: number): Promise<Bitmap> {
		if (!words.every(isStorable)) return Bitmap.of([], size);
		const key = words.join(' ');
		const known = this.#searches.get(key);
		if (known) return known.set;
		const version = this.#version;
		const wider = [...this.#searches.values()].find(
			(other) =>
				other.set.count <= maxNarrowed &&
				other.words.every((part) => words.some((word) => word.includes(part)))
		);
		const among = wider ? sql`cno = any(${[...wider.set]}::int[]) and` : sql``;
		const set = await bitmapOf(
			this.#database,
			sql`select cno from contact where ${among} ${join(words.map(standsIn), sql` and `)}`,
			size
		);
		if (version !== this.#version) return set;
		this.#searches.set(key, { words, set });
		for (const oldest of this.#searches.keys()) {
			if (this.#searches.size <= maxSearches) break;
			this.#searches.delete(oldest);
		}
		return set;
	}
}

/** One space between them: no word has any, so none is found across two values. */
const standsIn = (word: string) => sql`strpos(concat_ws(' ', ${searched}), ${word}) > 0`;
const searched = join(
	searchedFields.map((field) => fieldSql(field, 'text')),
	sql`, `
);

/** So many numbers of a set, from the greatest down: who was added last comes first. */
export function lastOf(set: Bitmap, offset: number, limit: number): number[] {
	const found: number[] = [];
	let skip = offset;
	for (let cno = 32 * set.words.length - 1; cno >= 0 && found.length < limit; cno--) {
		if (set.has(cno) && skip-- <= 0) found.push(cno);
	}
	return found;
}
