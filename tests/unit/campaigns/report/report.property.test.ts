import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudienceAsk } from '$lib/campaigns/audience/ask';
import {
	figureIn,
	outcomes,
	type Outcome,
	type ReportFigure,
	type ReportRow
} from '$lib/campaigns/report/report';
import { hasTag, inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { sql } from '$lib/sql';
import { definitions, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	// One for all people there will be: what it keeps of those before must not be told of these.
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());

const zone = 'Europe/Zurich';
const included = ['a', 'b', 'c'] as const;
/** By dynamic block, the tag of each variant. */
const blocks = [['x', 'y'], ['y']] as const;

interface Did {
	readonly outcome: Outcome;
	/** Of June 2024, in UTC. */
	readonly day: number;
	readonly hour: number;
	readonly campaign: string;
	readonly machine: boolean;
}
interface Drawn {
	readonly lists: readonly string[];
	readonly tags: readonly string[];
	readonly subscribed: boolean;
	readonly did: readonly Did[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
	lists: fc.subarray([...included]),
	tags: fc.subarray(['x', 'y']),
	subscribed: fc.constantFrom(true, true, true, false),
	did: fc.array(
		fc.record({
			outcome: fc.constantFrom('delivered', 'opened', 'opened', 'clicked', 'bounced'),
			day: fc.integer({ min: 15, max: 17 }),
			// Late in the evening it is another day already by the workspace's calendar.
			hour: fc.constantFrom(12, 23),
			campaign: fc.constantFrom('Autumn', 'Autumn', 'Spring'),
			machine: fc.boolean()
		}),
		{ maxLength: 4 }
	)
});

test('each number of a report is a plain count, and opens just those people, whatever becomes of the segments', async () => {
	let run = 0;
	const met = new Set<ReportRow['type']>();
	await fc.assert(
		fc.asyncProperty(
			fc.array(drawn, { minLength: 1, maxLength: 12 }),
			fc.nat(),
			async (people, erased) => {
				const id = `run ${++run}`;
				await population.fill(people.map(personOf), definitions);
				await api.freezeAudience(id, {
					...{ run: id, campaign: 'c', ref: 'Autumn', how: 'file', definition: {}, moment },
					variants: blocks.map((tags) => tags.map(hasTag)),
					ask
				});
				await api.markRunSent(`sent ${id}`, id, moment.now);
				// From here on nobody is in any of them any more.
				await population.database.write(`edit ${id}`, (tx) => tx.run(sql`delete from list_member`));
				const gone = erased % (2 * people.length);
				await api.eraseContact(`erase ${id}`, `P${gone}`);

				const report = await api.campaignReport(id, 'Autumn', zone);
				const known = people.filter((one, cno) => cno !== gone && isRecipient(one));
				expect(report.sources).toMatchObject(
					ask.include.map(({ source }) => ({
						source,
						recipients: known.filter(({ lists }) => lists.includes(source.id)).length
					}))
				);
				const shown = report.blocks.map(({ variants, otherwise }) =>
					[...variants, otherwise].reduce((sum, { recipients }) => sum + recipients, 0)
				);
				expect(shown).toEqual(report.blocks.map(() => known.length));
				const days = people.flatMap(({ did }) => did.map(dayOf));
				for (const row of rows([...new Set([dayOf(sending), ...days])])) {
					for (const outcome of outcomes) {
						const cnos = people.flatMap((one, cno) =>
							cno !== gone && isIn(one, { outcome, row }) ? cno : []
						);
						if (cnos.length > 0) met.add(row.type);
						const told = row.type !== 'machines' || outcome === 'opened';
						if (told) expect(figureIn(report, { outcome, row })).toBe(cnos.length);
						const part = { run: id, ref: 'Autumn', zone, outcome, row };
						const page = await api.contactPage({ outcome: part, offset: 0, limit: 50 }, moment);
						expect(page.contacts.map(({ cno }) => cno)).toEqual(cnos.reverse());
						expect(page.total).toBe(cnos.length);
					}
				}
			}
		),
		{ numRuns: 12, seed: 2026 }
	);
	expect([...met].sort()).toEqual(['all', 'day', 'machines', 'others', 'source', 'variant']);
}, 240_000);

const ask: AudienceAsk = {
	campaign: 'c',
	include: included.map((id) => ({ source: { type: 'list', id }, rule: inList(id) })),
	exclude: []
};

const personOf = ({ lists, tags, subscribed, did }: Drawn, i: number): NamedPerson => ({
	...{ name: `P${i}`, archived: false, tags },
	lists: lists.map((id) => ({ id, at: 0 })),
	fields: {
		email: `p${i}@x.test`,
		email_consent: subscribed ? 'subscribed' : 'unsubscribed'
	},
	events: did.map(({ outcome, campaign, machine, ...when }) => ({
		...{ type: `email_${outcome}`, at: instantOf(when) },
		properties: { campaign, ...(machine ? { machine } : {}) }
	}))
});

const instantOf = ({ day, hour }: Pick<Did, 'day' | 'hour'>) => Date.UTC(2024, 5, day, hour, 30);

/** In summer Zurich is two hours ahead. */
const dayOf = ({ day, hour }: Pick<Did, 'day' | 'hour'>) => `2024-06-${hour < 22 ? day : day + 1}`;

/** As the moment of the fixtures has it. */
const sending = { outcome: 'sent', day: 15, hour: 10, campaign: 'Autumn', machine: false } as const;

const rows = (days: readonly string[]): ReportRow[] => [
	{ type: 'all' },
	{ type: 'machines' },
	{ type: 'others' },
	...included.map((_, index) => ({ type: 'source' as const, index })),
	...blocks.flatMap((tags, block) =>
		[...tags.keys(), -1].map((variant) => ({ type: 'variant' as const, block, variant }))
	),
	...days.map((day) => ({ type: 'day' as const, day }))
];

const isRecipient = ({ lists, subscribed }: Pick<Drawn, 'lists' | 'subscribed'>): boolean =>
	subscribed && lists.length > 0;

function isIn({ lists, tags, subscribed, did }: Drawn, { outcome, row }: ReportFigure): boolean {
	const isSent = isRecipient({ lists, subscribed });
	const told = [...(isSent ? [sending] : []), ...did].filter(
		(one) => one.outcome === outcome && one.campaign === 'Autumn'
	);
	if (told.length === 0) return false;
	switch (row.type) {
		case 'all':
			return isSent;
		case 'others':
			return !isSent;
		case 'machines':
			return isSent && told.every(({ machine }) => machine);
		case 'source':
			return isSent && lists.includes(included[row.index]!);
		case 'variant': {
			const first = blocks[row.block]!.findIndex((tag) => tags.includes(tag));
			return isSent && first === row.variant;
		}
		case 'day':
			return isSent && told.some((one) => dayOf(one) === row.day);
	}
}
