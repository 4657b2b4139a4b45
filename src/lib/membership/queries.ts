import type { Queryable } from '$lib/db/db';
import { conditionsOf } from '$lib/rules/conditions-of';
import type { Rule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import { countNodes, countsOf, setsOf, type Funnel } from './evaluate';
import type { MemberCache } from './members';
import { countRegions, type RegionCount } from './overlap';
import type { WhyOfContact } from './why-of';

/** What the worker answers about who is in a rule. Counts are exact and of the data as it is now. */
export function membershipApi(database: Queryable, cache: MemberCache) {
	const staleness = new Staleness();
	return {
		/** How many members each of these rules has, and how many contacts there are. */
		async countRules(
			rules: readonly Rule[],
			moment: Moment
		): Promise<{ everyone: number; counts: number[] }> {
			const members = await cache.at(moment);
			const counts = await countsOf(rules, members);
			return { everyone: members.everyone.count, counts };
		},

		/**
		 * The count of every node of one rule, alone and in its place. A newer question by the same `asker` stops one that is
		 * under way, between two of its conditions: it then rejects.
		 */
		async countFunnel(rule: Rule, moment: Moment, asker?: string): Promise<Funnel> {
			const isStale = staleness.begin(asker);
			const members = await cache.at(moment);
			if (isStale()) throw new Error('It was asked anew.');
			await members.prepare(conditionsOf(rule));
			return countNodes(rule, {
				...members,
				async of(condition) {
					if (isStale()) throw new Error('It was asked anew.');
					return members.of(condition);
				}
			});
		},

		/** How the members of these rules, twelve at most, overlap: every region that has somebody in it. */
		async overlapOf(
			rules: readonly Rule[],
			moment: Moment
		): Promise<{ everyone: number; regions: RegionCount[] }> {
			const members = await cache.at(moment);
			const sets = await setsOf(rules, members);
			return { everyone: members.everyone.count, regions: countRegions(sets, members.everyone) };
		},

		/** Which of these rules hold for one contact. */
		async rulesOf(cno: number, rules: readonly Rule[], moment: Moment): Promise<boolean[]> {
			const sets = await setsOf(rules, await cache.at(moment));
			return sets.map((set) => set.has(cno));
		},

		/** Why a contact is in each of these rules or is not; null where there is no such contact. */
		async whyOf(cno: number, rules: readonly Rule[], moment: Moment): Promise<WhyOfContact | null> {
			// Rarely asked: the worker is smaller without it.
			const { whyOf } = await import('./why-of');
			return (await whyOf(database, await cache.at(moment), cno, rules, moment)) ?? null;
		},

		/** Drops every kept answer, so that the next count asks the database anew. */
		async forgetCounts(): Promise<void> {
			cache.forget();
		}
	};
}

/** Which of the questions of somebody who asks again and again is the newest. */
class Staleness {
	readonly #newest = new Map<string, object>();

	/** Gives whether a newer one has begun since. */
	begin(asker: string | undefined): () => boolean {
		if (asker === undefined) return () => false;
		const question = {};
		this.#newest.set(asker, question);
		return () => this.#newest.get(asker) !== question;
	}
}
