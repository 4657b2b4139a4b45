import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { EngineNews } from '$lib/engine/protocol';
import { digestOf } from '$lib/membership/history/watched';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment as noon } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

const hour = 60 * 60_000;
const day = 24 * hour;

const parsed = (condition: { kind: string } & Record<string, unknown>): Rule => {
	const rule = parseRule({ type: 'condition', id: NodeId.parse('only'), condition }, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};
const livesIn = (country: string) =>
	parsed({ kind: 'field', field: 'country', of: 'text', test: { operator: 'is', value: country } });
const opened = (days: number) =>
	parsed({
		...{ kind: 'event', types: ['email_opened'], did: true },
		window: { operator: 'inLast', n: days, unit: 'day' }
	});
const entered = (segment: string) =>
	parsed({ kind: 'membership', segment, did: true, move: 'entered' });

const person = (name: string, country: string, ...openedAt: number[]): NamedPerson => ({
	...{ name, archived: false, tags: [], lists: [], fields: { country } },
	events: openedAt.map((at) => ({ type: 'email_opened', at, properties: {} }))
});

let population: Population;
let news: EngineNews[] = [];
let api: EngineApi;
const begin = () => (api = createApi(population.database, (one) => news.push(one)));
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());
beforeEach(async () => {
	news = [];
	await population.database.run(sql`delete from segment_history`);
	await population.fill(
		[
			person('ada', 'CH', noon.now - 2 * day),
			person('bo', 'CH', noon.now - 6 * day - 20 * hour),
			person('cy', 'DE', noon.now - 40 * day)
		],
		definitions
	);
	begin();
});

const at = (now: number) => ({ ...noon, now });
const look = (
	rules: Readonly<Record<string, Rule>>,
	now = noon.now,
	months: number | null = null
) =>
	api.lookAtSegments(
		Object.entries(rules).map(([segment, rule]) => ({ segment, rule })),
		at(now),
		months
	);
let writes = 0;
const write = (statement: ReturnType<typeof sql>) =>
	population.database.write(`write ${writes++}`, (tx) => tx.run(statement));
const moveTo = (country: string, cno: number) =>
	write(
		sql`update contact set country = ${country}, country_key = ${country.toLowerCase()} where cno = ${cno}::int`
	);

/** The log as lines: `swiss: +01 at 0 h, began`. */
async function logged(segment = '%'): Promise<string[]> {
	const rows = await population.database.rows<{
		segment: string;
		at: number;
		entered: boolean;
		cause: string;
		cnos: number[];
	}>(
		sql`select segment, (extract(epoch from at) * 1000)::float8 as at, entered, cause, cnos from segment_log where segment like ${segment} order by at, no`
	);
	return rows.map(
		({ segment, at, entered, cause, cnos }) =>
			`${segment}: ${entered ? '+' : '-'}${cnos.join(' ')} at ${Math.round((at - noon.now) / hour)} h, ${cause}`
	);
}

describe('a look', () => {
	test('begins with who is in it, and notes who comes and goes, and why', async () => {
		const rules = { swiss: livesIn('CH'), engaged: opened(7) };
		await look(rules);
		expect(await logged()).toEqual(['swiss: +0 1 at 0 h, began', 'engaged: +0 1 at 0 h, began']);

		await moveTo('CH', 2);
		await look(rules, noon.now + hour);
		await look({ ...rules, swiss: livesIn('DE') }, noon.now + 2 * hour);
		await look({ ...rules, swiss: livesIn('DE') }, noon.now + 5 * hour);
		expect((await logged()).slice(2)).toEqual([
			'swiss: +2 at 1 h, data',
			'swiss: -0 1 2 at 2 h, rule',
			'engaged: -1 at 5 h, time'
		]);
	});

	test('tells data from time where both move people at once', async () => {
		await look({ engaged: opened(7) });
		await write(sql`delete from event where cno = 0`);
		await look({ engaged: opened(7) }, noon.now + 5 * hour);
		expect((await logged()).slice(1)).toEqual([
			'engaged: -0 at 5 h, data',
			'engaged: -1 at 5 h, time'
		]);
	});

	test('that finds nothing new writes nothing, and tells nobody', async () => {
		const rules = { swiss: livesIn('CH') };
		await look(rules);
		news = [];
		await Promise.all([look(rules, noon.now + 1), look(rules, noon.now + 2)]);
		expect(await logged()).toHaveLength(1);
		expect(news).toEqual([]);
	});

	test('after the worker began anew goes on where the last one left off', async () => {
		const rules = { swiss: livesIn('CH'), engaged: opened(7) };
		await look(rules);
		await moveTo('FR', 0);
		await write(sql`delete from event where cno = 0`);
		begin();
		await look(rules, noon.now + 5 * hour);
		expect((await logged()).slice(2)).toEqual([
			'swiss: -0 at 5 h, data',
			'engaged: -0 at 5 h, data',
			'engaged: -1 at 5 h, time'
		]);
	});

	test('after days without one puts who moved by time on their days', async () => {
		await look({ engaged: opened(7) });
		begin();
		// bo's seven days end on the 15th at 14 h, ada's on the 20th at noon.
		await look({ engaged: opened(7) }, noon.now + 8 * day);
		expect((await logged()).slice(1)).toEqual([
			// The last millisecond of each of these days in Zurich.
			'engaged: -1 at 12 h, time',
			'engaged: -0 at 132 h, time'
		]);
	});

	test('after days without one leaves who was changed meanwhile to the day it is found', async () => {
		await look({ engaged: opened(7) });
		begin();
		await write(sql`update event set at = ${new Date(noon.now - 3 * hour)} where cno = 2`);
		await look({ engaged: opened(7) }, noon.now + 3 * day);
		expect((await logged()).slice(1)).toEqual([
			'engaged: -1 at 12 h, time',
			'engaged: +2 at 72 h, data'
		]);
	});

	test('at some segments leaves causes of others to be told', async () => {
		const rules = { swiss: livesIn('CH'), engaged: opened(7) };
		await look(rules);
		await write(sql`delete from event where cno = 0`);
		await look({ swiss: livesIn('CH') }, noon.now + hour);
		await look(rules, noon.now + 2 * hour);
		expect((await logged()).slice(2)).toEqual(['engaged: -0 at 2 h, data']);
	});

	test('of a slow tab, whose now is of the past, notes nothing', async () => {
		await look({ engaged: opened(7) }, noon.now + 5 * hour);
		await look({ engaged: opened(7) }, noon.now + 5 * hour - 60_000);
		expect(await logged()).toHaveLength(1);
	});

	test('after a clock was set back goes on from what is so now', async () => {
		await look({ engaged: opened(7) });
		await look({ engaged: opened(7) }, noon.now + 20 * day);
		await look({ engaged: opened(7) }, noon.now + hour);
		expect(await logged()).toEqual([
			'engaged: +0 1 at 0 h, began',
			'engaged: -1 at 1 h, time',
			'engaged: -0 at 1 h, time',
			'engaged: +0 1 at 1 h, time'
		]);
		const { days } = await api.trendOf('engaged', 2, at(noon.now + hour));
		expect(days.at(-1)!.size).toBe(2);
	});

	test('of one segment that hangs on moves in another comes to both', async () => {
		const rules = { came: entered('s-swiss'), 's-swiss': livesIn('CH') };
		await look(rules);
		await moveTo('CH', 2);
		await look(rules, noon.now + hour);
		expect(await logged('came')).toEqual(['came: +0 1 at 0 h, data', 'came: +2 at 1 h, data']);
		expect(news.at(-1)).toEqual({ type: 'moved', segments: ['s-swiss', 'came'], counts: true });
	});

	test('forgets whoever was erased', async () => {
		const rules = { swiss: livesIn('CH') };
		await look(rules);
		await api.eraseContact(`write ${writes++}`, 'ada');
		expect(await logged()).toEqual(['swiss: +1 at 0 h, began']);
		await look(rules, noon.now + hour);
		expect(await logged()).toEqual(['swiss: +1 at 0 h, began']);
	});

	test('after bulk work says that data moved them', async () => {
		const rules = { engaged: opened(7) };
		await look(rules);
		await population.database.bulk((tx) => tx.run(sql`delete from event where cno = 0`));
		await look(rules, noon.now + hour);
		expect((await logged()).slice(1)).toEqual(['engaged: -0 at 1 h, data']);
	});
});

test('a trend has a size, and who came and went, for every day', async () => {
	const rule = opened(7);
	await look({ engaged: rule });
	await moveTo('FR', 0);
	for (let days = 1; days <= 6; days++) await look({ engaged: rule }, noon.now + days * day);
	const trend = await api.trendOf('engaged', 30, at(noon.now + 6 * day));
	expect(trend.began).toBe(noon.now);
	expect(trend.days.map(({ day, size, left }) => `${day.slice(8)}: ${size} −${left}`)).toEqual([
		'15: 1 −1',
		'16: 1 −0',
		'17: 1 −0',
		'18: 1 −0',
		'19: 1 −0',
		'20: 0 −1',
		'21: 0 −0'
	]);
});

test('days before it began are recomputed, and add up to who was in it then', async () => {
	const watched = { segment: 'engaged', rule: opened(7) };
	await look({ engaged: watched.rule });
	await api.recomputeTrend('job', watched, 50, noon);
	expect(await logged()).toEqual([
		// cy opened forty days ago.
		'engaged: +2 at -948 h, recomputed',
		'engaged: -2 at -780 h, recomputed',
		'engaged: +1 at -156 h, recomputed',
		'engaged: +0 at -36 h, recomputed'
	]);
	const { days } = await api.trendOf('engaged', 400, noon);
	expect(days.at(-1)).toMatchObject({ size: 2, recomputed: false });
	expect(days.filter(({ recomputed }) => recomputed)).toHaveLength(days.length - 1);
});

test('they are worked out anew when somebody wants it, by what is known then', async () => {
	const watched = { segment: 'engaged', rule: opened(7) };
	await api.lookAtSegments([watched], noon);
	await api.recomputeTrend('job', watched, 10, noon);
	expect(await logged()).toEqual([
		'engaged: +1 at -156 h, recomputed',
		'engaged: +0 at -36 h, recomputed'
	]);
	await write(sql`update contact set created_at = ${new Date(noon.now - 12 * hour)} where cno = 0`);
	await api.recomputeTrend('job', watched, 50, noon);
	expect(await logged()).toEqual([
		'engaged: +2 at -948 h, recomputed',
		'engaged: -2 at -780 h, recomputed',
		'engaged: +1 at -156 h, recomputed',
		'engaged: +0 at 0 h, recomputed'
	]);
});

test('they are known too where nobody moved on them', async () => {
	const watched = { segment: 'swiss', rule: livesIn('CH') };
	await api.lookAtSegments([watched], noon);
	expect(await api.trendOf('swiss', 9, noon)).toMatchObject({ recomputed: false });
	await api.recomputeTrend('job', watched, 10, noon);
	const { recomputed, days } = await api.trendOf('swiss', 9, noon);
	expect({ recomputed, sizes: days.map(({ size }) => size) }).toEqual({
		recomputed: true,
		sizes: Array(9).fill(2)
	});
	expect(await api.flowsSince(['swiss'], noon.now - 7 * day)).toEqual({
		swiss: { entered: 0, left: 0, since: noon.now - 9 * day - 12 * hour - 1 }
	});
});

test('nothing is left of working them out if it is stopped', async () => {
	const watched = { segment: 'engaged', rule: opened(7) };
	await api.lookAtSegments([watched], noon);
	const before = await logged();
	const over = api.recomputeTrend('job', watched, 50, noon);
	await vi.waitFor(() => expect(news).toContainEqual(expect.objectContaining({ done: 2 })));
	await api.stopRecomputing('job');
	await over;
	expect(await logged()).toEqual(before);
	expect(news.at(-1)).not.toMatchObject({ done: 50 });
});

test('who was in it at any instant, and will be', async () => {
	const watched = { segment: 'engaged', rule: opened(7) };
	await look({ engaged: watched.rule });
	await look({ engaged: watched.rule }, noon.now + day);
	const now = at(noon.now + day);
	const then = (days: number) => api.segmentAt(watched, noon.now + days * day, now);
	expect(await then(0.1)).toEqual({ how: 'noted', size: 2, entered: 0, left: 1 });
	expect(await then(-36)).toEqual({ how: 'recomputed', size: 1, entered: 1, left: 1 });
	expect(await then(7)).toEqual({ how: 'ahead', size: 0, entered: 0, left: 1 });
	expect(await api.flowUntil(watched.rule, noon.now + 7 * day, now)).toEqual({
		entered: 0,
		left: 1
	});
	const left = await api.contactPage(
		{ moved: { type: 'left', of: watched, at: noon.now }, offset: 0, limit: 10 },
		now
	);
	expect(left.contacts.map(({ uid }) => uid)).toEqual(['bo']);
	const [entry] = await api.segmentLog('engaged', undefined, 10);
	expect(entry).toMatchObject({ entered: false, cause: 'time', size: 1, one: { uid: 'bo' } });
	expect(await api.flowsSince(['engaged', 'other'], noon.now)).toEqual({
		engaged: { entered: 0, left: 1, since: noon.now }
	});
});

test('what was noted long ago is forgotten, but for who was in it then', async () => {
	const rules = { swiss: livesIn('CH') };
	await look({ ...rules, deleted: livesIn('DE') });
	await moveTo('CH', 2);
	await look(rules, noon.now + 10 * day);
	await moveTo('FR', 0);
	await look(rules, noon.now + 40 * day);
	const before = await api.trendOf('swiss', 10, at(noon.now + 45 * day));
	await look(rules, noon.now + 45 * day, 1);
	// A month before the 30th of July begins at the 30th of June.
	expect(await logged()).toEqual(['swiss: +0 1 2 at 348 h, began', 'swiss: -0 at 960 h, data']);
	expect(await api.trendOf('swiss', 10, at(noon.now + 45 * day))).toEqual({
		...before,
		began: Date.parse('2024-06-29T22:00:00.000Z')
	});
	await moveTo('CH', 0);
	await look(rules, noon.now + 46 * day, 1);
	expect((await logged()).at(-1)).toBe('swiss: +0 at 1104 h, data');
});

test('whoever was in it where forgotten history ends has entered it, and not lately', async () => {
	const rules = { 's-swiss': livesIn('CH') };
	const ever = entered('s-swiss');
	const lately = parsed({
		...{ kind: 'membership', segment: 's-swiss', did: true, move: 'entered' },
		window: { operator: 'inLast', n: 60, unit: 'day' }
	});
	const later = at(noon.now + 45 * day);
	await look(rules);
	await moveTo('CH', 2);
	await look(rules, noon.now + day);
	await look(rules, later.now);
	expect((await api.countRules([ever, lately], later)).counts).toEqual([3, 1]);
	expect(news.filter(({ type }) => type === 'moved')).toHaveLength(1);
	await look(rules, later.now, 1);
	expect(news.at(-1)).toEqual({ type: 'moved', segments: ['s-swiss'], counts: true });
	expect((await api.countRules([ever, lately], later)).counts).toEqual([3, 0]);
	expect(await population.bySql(lately, later)).toEqual([]);
	// It is told once: what is forgotten is not forgotten again.
	begin();
	await look(rules, later.now + 1, 1);
	expect(news.filter(({ type }) => type === 'moved')).toHaveLength(2);
});

test('only the same rule has the same digest', () => {
	expect(digestOf(opened(7))).toBe(digestOf(opened(7)));
	expect(digestOf(opened(7))).not.toBe(digestOf(opened(8)));
});
