import { runOf } from '$lib/campaigns/run/queries';
import type { CampaignRun } from '$lib/campaigns/run/run';
import type { Database, Queryable } from '$lib/db/db';
import { sql, type Sql } from '$lib/sql';
import { dayOf, ofAudience, ofCampaign, onlyMachines } from './events';
import {
	noOutcomes,
	outcomes,
	type CampaignReport,
	type OutcomeCounts,
	type RowOutcomes,
	type SourceOutcomes
} from './report';

interface Counted {
	readonly outcome: string;
	readonly people: number;
}

/** What the worker tells of campaigns that went out. */
export function reportApi(database: Database) {
	return {
		/**
		 * How many people each thing is known of. `ref` is what the campaign's events call it, `run` its frozen audience,
		 * `zone` the calendar of the days.
		 */
		async campaignReport(run: string, ref: string, zone: string): Promise<CampaignReport> {
			const events = ofAudience({ run, ref }, outcomes);
			const counted = (events: Sql) =>
				database.rows<Counted>(
					sql`select outcome, count(distinct cno)::int as people from (${events}) as told group by outcome`
				);
			const total = await counted(events);
			const others = await counted(ofAudience({ run, ref }, outcomes, 'others'));
			const opened = ofAudience({ run, ref }, ['opened']);
			const [machines] = await database.rows<{ people: number }>(
				sql`select count(*)::int as people from (${onlyMachines(opened)}) as opened`
			);
			const days = await database.rows<Counted & { day: string }>(sql`
				select outcome, ${dayOf(zone)} as day, count(distinct cno)::int as people
				from (${events}) as told group by outcome, day order by day`);
			const known = await runOf(database, run);
			const audience = await byAudience(database, run, ref);
			return {
				total: countsOf(total),
				others: countsOf(others),
				openedByMachines: machines?.people ?? 0,
				sources: await sourcesOf(database, known, audience.sources),
				blocks: groupBy(audience.variants, ({ block }) => block - 1).map((inBlock) => {
					const of = (index: number) => rowOf(inBlock.filter(({ variant }) => variant === index));
					const last = Math.max(-1, ...inBlock.map(({ variant }) => variant));
					return { variants: Array.from({ length: last + 1 }, (_, i) => of(i)), otherwise: of(-1) };
				}),
				names: known?.frozen.names ?? {},
				days: [...new Set(days.map(({ day }) => day))].map((day) => ({
					day,
					counts: countsOf(days.filter((one) => one.day === day))
				}))
			};
		}
	};
}

type OfVariant = Counted & { readonly block: number; readonly variant: number };
type OfSource = Counted & { readonly source: number };

/**
 * By what they were frozen with; how many they are at all is told as if it were an outcome. Where they are from and what
 * they get is one of few, so people are counted by that first.
 */
async function byAudience(
	database: Queryable,
	run: string,
	ref: string
): Promise<{ variants: readonly OfVariant[]; sources: readonly OfSource[] }> {
	const [row] = await database.rows<{ variants: OfVariant[]; sources: OfSource[] }>(sql`
		with person as (
			select outcome, cno from (${ofCampaign(ref, outcomes)}) as told group by outcome, cno
			union all select ${recipient}, cno from campaign_recipient where run = ${run} and cno is not null
		), alike as materialized (
			select outcome, variants, sources, count(*) as people
			from person join campaign_recipient using (cno) where run = ${run}
			group by outcome, variants, sources
		), by_variant as (
			select outcome, block, variant, sum(people) as people
			from alike cross join unnest(variants) with ordinality as seen(variant, block)
			group by outcome, block, variant
		), by_source as (
			select outcome, source, sum(people) as people
			from alike cross join unnest(sources) as source group by outcome, source
		)
		select
			(select coalesce(json_agg(by_variant), '[]') from by_variant) as variants,
			(select coalesce(json_agg(by_source), '[]') from by_source) as sources`);
	return row!;
}

async function sourcesOf(
	database: Queryable,
	known: CampaignRun | undefined,
	counted: readonly OfSource[]
): Promise<CampaignReport['sources']> {
	if (!known) return 'elsewhere';
	const [kept] = await database.rows<{ not: boolean }>(sql`
		select exists(
			select from campaign_recipient where run = ${known.id} and uid is not null and sources is null) as not`);
	if (kept!.not) return 'notKept';
	return known.frozen.ask.include.map(({ source }, index): SourceOutcomes => ({
		source,
		...rowOf(counted.filter((one) => one.source === index))
	}));
}

const recipient = 'recipient';

const rowOf = (counted: readonly Counted[]): RowOutcomes => ({
	recipients: counted.find(({ outcome }) => outcome === recipient)?.people ?? 0,
	counts: countsOf(counted.filter(({ outcome }) => outcome !== recipient))
});

function countsOf(counted: readonly Counted[]): OutcomeCounts {
	return {
		...noOutcomes,
		...Object.fromEntries(counted.map(({ outcome, people }) => [outcome, people]))
	};
}

/** By a number from 0 on. */
function groupBy<T>(all: readonly T[], numberOf: (one: T) => number): T[][] {
	const groups: T[][] = [];
	for (const one of all) (groups[numberOf(one)] ??= []).push(one);
	return Array.from(groups, (group) => group ?? []);
}
