import type { AudienceSource } from '$lib/campaigns/audience/source';
import type { Activity } from '$lib/rules/conditions/message/activities';

/** What is told of a campaign, in this order. */
export const outcomes = [
	'sent',
	'delivered',
	'opened',
	'clicked',
	'replied',
	'bounced',
	'unsubscribed',
	'complained'
] as const satisfies readonly Activity[];
export type Outcome = (typeof outcomes)[number];

/** How many people, not how many times. Those erased since are in none of the numbers. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export interface CampaignReport {
	/** Of the frozen audience, as all that follows; of everybody where it is on another device. */
	readonly total: OutcomeCounts;
	/** Of people who were not in the audience. */
	readonly others: OutcomeCounts;
	/** Of the total, those whose every open is by a machine: mail programs open for their readers. */
	readonly openedByMachines: number;
	/**
	 * By what it was sent to: who was in it when the audience was frozen, whatever it has become. One person can be in
	 * several. `elsewhere`: the audience is on another device; `notKept`: it was frozen before that was kept.
	 */
	readonly sources: readonly SourceOutcomes[] | 'elsewhere' | 'notKept';
	/** By dynamic block, by variant in order, and of the otherwise. Empty where the audience is on another device. */
	readonly blocks: readonly {
		readonly variants: readonly RowOutcomes[];
		readonly otherwise: RowOutcomes;
	}[];
	/** What sources and the segments of variants were called when it was frozen, by their ids, where that was kept. */
	readonly names: Readonly<Record<string, string>>;
	/** By day of the workspace's calendar, only days on which something happened, in order. */
	readonly days: readonly { readonly day: string; readonly counts: OutcomeCounts }[];
}

/** What came of some of the audience. */
export interface RowOutcomes {
	/** How many of the audience they are, sent or not yet. Those erased since are left out. */
	readonly recipients: number;
	readonly counts: OutcomeCounts;
}

export interface SourceOutcomes extends RowOutcomes {
	readonly source: AudienceSource;
}

/** What one row of the report is about, or the whole audience. */
export type ReportRow =
	| { readonly type: 'all' }
	/** Those of whom a machine alone did it, each time. */
	| { readonly type: 'machines' }
	/** Those who were not in the audience. */
	| { readonly type: 'others' }
	/** By its place in what was included. */
	| { readonly type: 'source'; readonly index: number }
	/** −1 is the otherwise. */
	| { readonly type: 'variant'; readonly block: number; readonly variant: number }
	| { readonly type: 'day'; readonly day: string };

/** A number of the report: what is told, and of whom. */
export interface ReportFigure {
	readonly outcome: Outcome;
	readonly row: ReportRow;
}

/** The people of a number. */
export interface OutcomePart extends ReportFigure {
	/** The frozen audience. */
	readonly run: string;
	/** What the campaign's events call it. */
	readonly ref: string;
	/** The calendar of the days. */
	readonly zone: string;
}

export const noOutcomes: OutcomeCounts = {
	sent: 0,
	delivered: 0,
	opened: 0,
	clicked: 0,
	replied: 0,
	bounced: 0,
	unsubscribed: 0,
	complained: 0
};

/** How many a report says there are. */
export function figureIn(report: CampaignReport, { outcome, row }: ReportFigure): number {
	if (row.type === 'machines') return outcome === 'opened' ? report.openedByMachines : 0;
	return countsIn(report, row)?.[outcome] ?? 0;
}

function countsIn(
	{ total, others, sources, blocks, days }: CampaignReport,
	row: Exclude<ReportRow, { readonly type: 'machines' }>
): OutcomeCounts | undefined {
	switch (row.type) {
		case 'all':
			return total;
		case 'others':
			return others;
		case 'source':
			return typeof sources === 'string' ? undefined : sources[row.index]?.counts;
		case 'variant': {
			const block = blocks[row.block];
			return (row.variant < 0 ? block?.otherwise : block?.variants[row.variant])?.counts;
		}
		case 'day':
			return days.find(({ day }) => day === row.day)?.counts;
	}
}
