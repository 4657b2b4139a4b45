import type { Bitmap } from '$lib/bitmap';
import { listedContacts } from '$lib/contacts/listed';
import { orderOf } from '$lib/contacts/order';
import type { ContactSort } from '$lib/contacts/pick';
import type { Database, Queryable } from '$lib/db/db';
import { bitmapOf } from '$lib/membership/read-sets';
import { compileRule } from '$lib/rules/compile';
import type { Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { AudienceAsk, RuledSource } from './ask';
import { lotOrder } from './lots';
import type { KnownAudiences } from './members';
import type { AudienceLimit, AudienceSource } from './source';
import type { AudienceCounts, AudienceWhy, VariantCounts } from './step';
import { twinsOf } from './twins';
import { verdictsOn } from './verdicts';
import {
	reachOf,
	saidNo,
	stepOf,
	type AudienceData,
	type AudienceSets,
	type AudienceStep
} from './waterfall';

/** What the worker answers about audiences. Exact, and of the data as it is now. */
export function audienceApi(database: Database, audiences: KnownAudiences) {
	return {
		/** How many every step of an audience leaves and takes out, and how many each of its sources has alone. */
		async audienceSteps(ask: AudienceAsk, moment: Moment): Promise<AudienceCounts> {
			const { data, sets, steps } = await audiences.at(ask, moment);
			return countsOf(sets, steps, data.everyone);
		},

		/** Why a contact is in an audience or is not; null where there is no such contact, or it is archived. */
		async audienceWhy(ask: AudienceAsk, cno: number, moment: Moment): Promise<AudienceWhy | null> {
			const { data, sets, steps: all } = await audiences.at(ask, moment);
			if (!data.everyone.has(cno)) return null;
			const { steps, out } = verdictsOn(cno, sets, all);
			const twins = sets.twins.filter(({ present }) => present.includes(cno));
			return {
				steps,
				out,
				include: sourcesWith(cno, ask.include, sets.include),
				exclude: sourcesWith(cno, ask.exclude, sets.exclude),
				sharing: await listedContacts(
					database,
					twins
						.flatMap(({ present, refused }) => [...present, ...refused])
						.filter((other) => other !== cno)
				),
				refused: sets.unsubscribed.has(cno) || saidNo(twins, sets.unsubscribed).has(cno)
			};
		},

		/** How many of those it goes to are in each of these rules. */
		async countReach(
			ask: AudienceAsk,
			rules: readonly Rule[],
			moment: Moment
		): Promise<readonly number[]> {
			const { data, steps } = await audiences.at(ask, moment);
			const reach = reachOf(steps);
			return (await data.setsOf(rules)).map((set) => reach.sharedWith(set));
		},

		/** For each dynamic block, how many of those it goes to see each variant, the first that holds, and how many the rest. */
		async countVariants(
			ask: AudienceAsk,
			blocks: readonly (readonly Rule[])[],
			moment: Moment
		): Promise<readonly VariantCounts[]> {
			const { data, steps } = await audiences.at(ask, moment);
			const counted: VariantCounts[] = [];
			for (const rules of blocks) {
				let rest = reachOf(steps);
				const variants = (await data.setsOf(rules)).map((set) => {
					const seen = rest.and(set);
					rest = rest.minus(set);
					return seen.count;
				});
				counted.push({ variants, otherwise: rest.count });
			}
			return counted;
		}
	};
}

/** All of it asked of the tables, whatever answers are kept: what is frozen is as of its moment. */
export async function tablesAt(tx: Queryable, moment: Moment): Promise<AudienceData> {
	const [row] = await tx.rows<{ size: number }>(
		sql`select coalesce(max(cno) + 1, 0)::int as size from contact`
	);
	const { size } = row!;
	return {
		everyone: await bitmapOf(tx, sql`select cno from contact where archived_at is null`, size),
		async setsOf(rules) {
			const sets: Bitmap[] = [];
			for (const rule of rules) sets.push(await bitmapOf(tx, compileRule(rule, moment), size));
			return sets;
		},
		twins: () => twinsOf(tx),
		order: (first, campaign) =>
			first === 'lot' ? lotOrder(tx, campaign) : orderOf(tx, byCreation(first))
	};
}

export const countsOf = (
	{ include, exclude, twins, unsubscribed }: AudienceSets,
	steps: readonly AudienceStep[],
	everyone: Bitmap
): AudienceCounts => ({
	everyone: everyone.count,
	steps: steps.map(({ step, left, out }) => ({ step, left: left.count, out: out.count })),
	reach: reachOf(steps).count,
	refused: stepOf(steps, 'notSubscribed').out.sharedWith(
		unsubscribed.or(saidNo(twins, unsubscribed))
	),
	include: include.map(({ count }) => count),
	exclude: exclude.map(({ count }) => count)
});

export const byCreation = (first: Exclude<AudienceLimit['first'], 'lot'>): ContactSort => ({
	by: 'created_at',
	family: 'datetime',
	descending: first === 'newest'
});

const sourcesWith = (
	cno: number,
	sources: readonly RuledSource[],
	sets: readonly Bitmap[]
): AudienceSource[] => sources.flatMap(({ source }, i) => (sets[i]!.has(cno) ? [source] : []));
