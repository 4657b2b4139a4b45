import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
	figureIn,
	noOutcomes,
	type OutcomePart,
	type ReportRow
} from '$lib/campaigns/report/report';
import { namesOf, nameOfSource } from '$lib/campaigns/source-name';
import { hasTag, inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { Definitions } from '$lib/rules/definitions';
import { sql } from '$lib/sql';
import { definitions, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());

const person = (name: string, tags: readonly string[]): NamedPerson => ({
	...{ name, archived: false, tags, lists: [{ id: 'all', at: 0 }] },
	fields: { email: `${name}@example.org`, email_consent: 'subscribed' },
	events: [{ type: 'email_opened', at: moment.now, properties: { campaign: 'Autumn' } }]
});

const zone = 'Europe/Zurich';
const part = (row: ReportRow): OutcomePart => ({
	...{ run, ref: 'Autumn', zone },
	...{ outcome: 'opened', row }
});
const names = async (row: ReportRow, search = '') => {
	const page = await api.contactPage({ outcome: part(row), search, offset: 0, limit: 9 }, moment);
	return page.contacts.map(({ uid }) => uid).sort();
};
const vips: ReportRow = { type: 'source', index: 1 };

let runs = 0;
let run: string;
beforeEach(async () => {
	run = `run ${++runs}`;
	await population.fill(
		[
			...[person('ana', ['vip']), person('bo', ['vip']), person('cy', [])],
			{ ...person('stranger', []), lists: [] }
		],
		definitions
	);
	await api.freezeAudience(run, {
		...{ run, campaign: 'c', ref: 'Autumn', how: 'file', definition: {}, moment },
		...{ variants: [], names: { vips: 'Our VIPs' } },
		ask: {
			campaign: 'c',
			include: [
				{ source: { type: 'list', id: 'all' }, rule: inList('all') },
				{ source: { type: 'segment', id: 'vips' }, rule: hasTag('vip') },
				{ source: { type: 'smartList', id: 'nobody' }, rule: hasTag('nobody') }
			],
			exclude: []
		}
	});
	await api.markRunSent(`sent ${run}`, run, moment.now);
});

const reported = () => api.campaignReport(run, 'Autumn', zone);

test('one person is in every segment that it was in', async () => {
	const { total, sources, blocks } = await reported();
	expect(total).toEqual({ ...noOutcomes, sent: 3, opened: 3 });
	expect(sources).toEqual([
		{
			...{ source: { type: 'list', id: 'all' }, recipients: 3 },
			counts: { ...noOutcomes, sent: 3, opened: 3 }
		},
		{
			...{ source: { type: 'segment', id: 'vips' }, recipients: 2 },
			counts: { ...noOutcomes, sent: 2, opened: 2 }
		},
		{ source: { type: 'smartList', id: 'nobody' }, recipients: 0, counts: noOutcomes }
	]);
	expect(blocks).toEqual([]);
	expect(await names(vips)).toEqual(['ana', 'bo']);
	expect(await names(vips, 'bo')).toEqual(['bo']);
});

test('who is archived since counts and is not listed; who is erased does neither, and leaves no trace of where it was', async () => {
	expect(await names(vips)).toEqual(['ana', 'bo']);
	const archive = { type: 'these', cnos: [0] } as const;
	await api.changeContacts(`archive ${run}`, { type: 'archive' }, archive, moment);
	expect(figureIn(await reported(), part(vips))).toBe(2);
	expect(await names(vips)).toEqual(['bo']);

	await api.eraseContact(`erase ${run}`, 'bo');
	const report = await reported();
	expect(figureIn(report, part(vips))).toBe(1);
	expect(report.total).toMatchObject({ sent: 2, opened: 2 });
	expect(await names(vips)).toEqual([]);
	const left = await population.database.rows<{ sources: number[] | null }>(
		sql`select sources from campaign_recipient where run = ${run} order by place`
	);
	expect(left).toEqual([{ sources: [0, 1] }, { sources: null }, { sources: [0] }]);

	await api.eraseContact(`erase ana ${run}`, 'ana');
	await api.eraseContact(`erase cy ${run}`, 'cy');
	expect((await reported()).sources).toMatchObject([
		...['all', 'vips', 'nobody'].map((id) => ({ source: { id }, counts: noOutcomes }))
	]);
});

test('who was not in the audience is in none of the numbers but their own', async () => {
	const { total, days, openedByMachines, others } = await reported();
	expect(total).toEqual({ ...noOutcomes, sent: 3, opened: 3 });
	expect(days.map(({ counts }) => counts.opened)).toEqual([3]);
	expect(openedByMachines).toBe(0);
	expect(others).toEqual({ ...noOutcomes, opened: 1 });
	expect(await names({ type: 'all' })).toEqual(['ana', 'bo', 'cy']);
	expect(await names({ type: 'others' })).toEqual(['stranger']);

	const elsewhere = await api.campaignReport('of another device', 'Autumn', zone);
	expect(elsewhere).toMatchObject({ total: { sent: 3, opened: 4 }, others: noOutcomes });
});

test('what a segment was called is known when it is gone', async () => {
	const segment = { type: 'segment', id: 'vips' } as const;
	const known = new Map([['vips', { name: 'VIPs' }]]) as unknown as Definitions['segments'];
	const segments = { definitions: { segments: known, lists: new Map<string, string>() } };
	const none = { definitions: { segments: new Map(), lists: new Map<string, string>() } };
	const { names } = await reported();
	expect(nameOfSource(segment, segments, names)).toBe('VIPs');
	expect(nameOfSource(segment, none, names)).toBe('Our VIPs (deleted)');
	expect(nameOfSource(segment, none)).toBe('A segment that is gone');
	expect(namesOf([segment, { type: 'list', id: 'gone' }], segments)).toEqual({ vips: 'VIPs' });
	expect((await api.campaignReport('of another device', 'Autumn', zone)).names).toEqual({});
});

test('of an audience that is elsewhere, or was frozen before this was kept, that is said', async () => {
	const elsewhere = await api.campaignReport('of another device', 'Autumn', zone);
	expect(elsewhere).toMatchObject({ total: { sent: 3 }, sources: 'elsewhere', blocks: [] });
	await population.database.run(
		sql`update campaign_recipient set sources = null where run = ${run}`
	);
	expect(await reported()).toMatchObject({ total: { sent: 3 }, sources: 'notKept' });
});

test('people are those there are now, also when more is known of them', async () => {
	const row: ReportRow = { type: 'source', index: 0 };
	expect(await names(row)).toEqual(['ana', 'bo', 'cy']);
	await population.database.write(`forget ${run}`, (tx) =>
		tx.run(sql`delete from event where cno = 2`)
	);
	expect(await names(row)).toEqual(['ana', 'bo']);
});
