import type { AudienceAsk } from '$lib/campaigns/audience/ask';
import { KnownAudiences } from '$lib/campaigns/audience/members';
import type { MessageContent } from '$lib/campaigns/content/message';
import type { HandOverAsk } from '$lib/campaigns/hand-over/ask';
import { audienceFormat } from '$lib/campaigns/hand-over/made';
import { campaignsApi } from '$lib/campaigns/queries';
import type { Database } from '$lib/db/db';
import { tidy } from '$lib/db/noted';
import { boot } from '$lib/engine/boot';
import type { Publish } from '$lib/engine/protocol';
import type { ExportColumn } from '$lib/exports/columns';
import { defaultFormat } from '$lib/exports/format';
import { exportApi } from '$lib/exports/run';
import { standardFields } from '$lib/fields/field';
import { MemberCache } from '$lib/membership/members';
import type { MirrorFiles } from '$lib/membership/mirror-files';
import { Mirrors } from '$lib/membership/mirrors';
import { membershipApi } from '$lib/membership/queries';
import { compileRule } from '$lib/rules/compile';
import { leaf, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import type { DataSize } from '../../data';
import type { Counted } from '../engine';
import { moment } from '../moment';
import { percentile } from '../../percentile';
import { loadWinnow, timed } from '../winnow-load';
import { fields } from '../winnow-rows';
import { affected, happen } from '../writes';
import { counted } from './answer';

/** Done together: the clock of a page that is not isolated ticks ten times a millisecond. */
const batch = 50;

/** Milliseconds that one of many takes, by the median of batches; as many were done before, as on any page in use. */
async function oneOf(times: number, act: (i: number) => Promise<unknown>): Promise<number> {
	const each: number[] = [];
	for (let done = -times; done < times; done += batch) {
		const ms = await timed(async () => {
			for (let i = 0; i < batch; i++) await act(done + times + i);
		});
		if (done >= 0) each.push(ms / batch);
	}
	return percentile(each, 0.5);
}

/** The app's own engine: its worker, store, schema and cache, with what a benchmark asks of them. */
export function createWinnow(database: Database, publish: Publish, files?: MirrorFiles) {
	const mirrors = new Mirrors(database, { files });
	const cache = new MemberCache(database, mirrors);
	const counts = membershipApi(database, cache);
	const never = 2 ** 31 - 1;
	/** The same with nothing held in memory but answers: each condition that is new is the database's. */
	const bare = membershipApi(
		database,
		new MemberCache(database, new Mirrors(database, { rest: never }))
	);

	const { exportMembers } = exportApi(database, cache, publish);
	const audiences = new KnownAudiences(database, cache);
	const campaigns = campaignsApi(database, audiences, publish);

	const countBy = ({ countRules }: typeof counts, rule: Rule): Promise<Counted> =>
		counted(async () => (await countRules([rule], moment)).counts[0]!);

	return {
		ping: async () => 'ok',
		load: (size: DataSize) => loadWinnow(database, size),

		/** Has what these rules ask held in memory, as it is in the app a while after they were first asked. */
		async settle(rules: readonly Rule[]): Promise<number> {
			return timed(async () => {
				await counts.countRules(rules, moment);
				await mirrors.settled();
			});
		},

		count: (rule: Rule) => countBy(counts, rule),
		countByDatabase: (rule: Rule) => countBy(bare, rule),
		countWhole: (rule: Rule) =>
			counted(async () => {
				const [row] = await database.rows<{ n: number }>(
					sql`select count(*)::int as n from (${compileRule(rule, moment)}) as member`
				);
				return row!.n;
			}),

		/** Asks these rules in turn, of which every condition was asked before. Milliseconds of one, and their counts. */
		async edits(rules: readonly Rule[], times: number): Promise<{ ms: number; counts: number[] }> {
			const first = await counts.countRules(rules, moment);
			const ms = await oneOf(times, (i) => counts.countRules([rules[i % rules.length]!], moment));
			return { ms, counts: first.counts };
		},

		/** The same, and the count of every step of the rule with it, as the builder asks. */
		funnels: (rules: readonly Rule[], times: number): Promise<number> =>
			oneOf(times, (i) => counts.countFunnel(rules[i % rules.length]!, moment)),

		/** Writes something that so many people did; milliseconds of that, and then until all segments it affects are counted. */
		async write(id: string, people: number): Promise<{ write: number; update: number }> {
			await counts.countRules(affected, moment);
			const write = await timed(() => happen(database, id, people));
			const update = await timed(() => counts.countRules(affected, moment));
			return { write, update };
		},

		/** Has everybody subscribed, so that an audience is as large as can be. */
		async subscribeAll(): Promise<void> {
			await database.bulk((tx) => tx.run(sql`update contact set email_consent = 'subscribed'`));
			await tidy(database);
		},

		/** Milliseconds of one waterfall that was asked before, and how many it leaves. */
		async audience(ask: AudienceAsk, times: number): Promise<{ ms: number; reach: number }> {
			const { reach } = await campaigns.audienceSteps(ask, moment);
			await mirrors.settled();
			return { ms: await oneOf(times, () => campaigns.audienceSteps(ask, moment)), reach };
		},

		/** Milliseconds of a waterfall when somebody's consent was just changed. */
		async audienceAfterWrite(ask: AudienceAsk, id: string): Promise<number> {
			await database.write(id, (tx) =>
				tx.run(sql`update contact set email_consent = 'pending' where cno = 1`)
			);
			return timed(() => campaigns.audienceSteps(ask, moment));
		},

		/** Milliseconds of freezing an audience with two dynamic blocks, of verifying it, and of writing that it was sent. */
		async freeze(ask: AudienceAsk, run: string) {
			const variants = [
				[ask.include[0]!.rule, leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['vip'] } })],
				[leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['autumn'] } })]
			] as const;
			const asked = { run, campaign: 'bench', ref: run, how: 'file', ask, variants } as const;
			let reach = 0;
			const freeze = await timed(async () => {
				const frozen = await campaigns.freezeAudience(run, {
					...asked,
					definition: { subject: 'Bench' },
					moment
				});
				reach = frozen.reach;
			});
			const verify = await timed(() => campaigns.verifyRun(run));
			const sent = await timed(() => campaigns.markRunSent(`sent ${run}`, run, moment.now));
			return { reach, freeze, verify, sent };
		},

		/** Milliseconds of writing a file with what each of a frozen audience gets, and how many are in it. */
		async audienceFile(
			run: string,
			content: MessageContent
		): Promise<{ ms: number; rows: number }> {
			const ask: HandOverAsk = {
				content,
				sender: { name: 'Shop', address: 'shop@example.com' },
				fields: standardFields,
				segments: ['ch', 'de'],
				zone: moment.zone
			};
			const place = { folder: 'exports', name: 'audience.csv' };
			let rows = 0;
			const ms = await timed(async () => {
				const written = await campaigns.writeAudienceFile(place, run, ask, audienceFormat);
				if (written.status === 'done') rows = written.rows;
			});
			return { ms, rows };
		},

		/** Writes all people to a file on the browser's disk, guarded against spreadsheets. */
		exportEveryone: () =>
			exportMembers(
				{ folder: 'exports', name: 'everyone.csv' },
				{
					rule: leaf({ kind: 'everyone' }),
					moment,
					columns: exported,
					names: { ...noNames, fields }
				},
				defaultFormat
			)
	};
}

const column = (field: string, as: 'text' | 'md5' = 'text'): ExportColumn => ({
	...{ id: field, header: field, source: 'field' },
	...{ field, as }
});
const exported = [
	column('email', 'md5'),
	column('first_name'),
	column('last_name'),
	column('country'),
	column('city')
];
const noNames = { tags: new Map<string, string>(), lists: new Map<string, string>() };

boot(createWinnow);
