import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '$lib/db/db';
import { MemberCache } from '$lib/membership/members';
import { readCondition, type Condition } from '$lib/rules/conditions/registry';
import { render, sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { definitions, moment, people } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());
beforeEach(() => population.fill([...people, gil], definitions));

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Opened the last email, until two days later another is sent. */
const gil: NamedPerson = {
	name: 'gil',
	archived: false,
	fields: {},
	tags: [],
	lists: [],
	events: [
		{ type: 'email_sent', at: moment.now - day, properties: { campaign: 'Spring' } },
		{ type: 'email_opened', at: moment.now - hour, properties: { campaign: 'Spring' } },
		{ type: 'email_sent', at: moment.now + 2 * day, properties: { campaign: 'Summer' } }
	]
};
const week = { operator: 'inLast', n: 7, unit: 'day' };
const types = ['order_placed'];

/** One of each kind whose members change as time passes. */
const conditions: readonly Condition[] = [
	{ kind: 'event', types, did: true, window: week },
	{ kind: 'event', types, did: false, window: { operator: 'inPeriod', period: 'thisWeek' } },
	{ kind: 'event', types, did: true, count: { operator: 'atLeast', n: 2 } },
	{ kind: 'first', types, window: week },
	{ kind: 'last', types, window: { operator: 'moreThanAgo', n: 1, unit: 'month' } },
	{
		kind: 'aggregate',
		types,
		function: 'sum',
		property: 'total',
		of: 'number',
		test: { operator: 'atLeast', value: 100 },
		window: week
	},
	{ kind: 'sequence', steps: [{ types: ['email_sent'] }, { types }], window: week },
	{ kind: 'regularly', types, times: 1, period: { n: 1, unit: 'week' }, of: 4, active: 1 },
	{ kind: 'engagement', measure: 'top', is: true, of: 'spend', percent: 50, window: week },
	{ kind: 'list', test: { operator: 'joined', lists: ['l-news'], window: week } },
	{ kind: 'membership', segment: 's-swiss', did: true, move: 'entered', window: week },
	{ kind: 'changed', field: 'country', did: true, what: 'changed', window: week },
	{ kind: 'consent', channel: 'email', is: true, state: 'subscribed', window: week },
	{ kind: 'suppressed', is: true, reasons: ['manual', 'complaint'] },
	{ kind: 'field', field: 'renewal', of: 'date', test: { operator: 'inNext', n: 7, unit: 'day' } },
	{ kind: 'anniversary', field: 'birthday', of: 'date', test: { operator: 'today' } },
	{ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } },
	{ kind: 'event', types: ['email_opened'], did: true, lastSends: 1 },
	{
		kind: 'event',
		types: ['visited'],
		did: true,
		where: [{ property: 'on', of: 'date', test: { operator: 'inLast', n: 60, unit: 'day' } }]
	},
	{
		kind: 'field',
		field: 'profile',
		path: 'pets',
		of: 'json',
		test: {
			operator: 'anyItem',
			where: [{ path: 'born', of: 'date', test: { operator: 'inLast', n: 4, unit: 'year' } }]
		}
	}
].map((raw) => readCondition(raw)!);

/** A cache, and the statements it asks. */
function watched(): { cache: MemberCache; asked: string[] } {
	const { database } = population;
	const asked: string[] = [];
	const rows: Database['rows'] = (query) => {
		asked.push(render(query).text);
		return database.rows(query);
	};
	return { cache: new MemberCache({ ...database, rows }), asked };
}

const later = (by: number): Moment => ({ ...moment, now: moment.now + by });

async function askAll(cache: MemberCache, moment: Moment): Promise<number[][]> {
	const members = await cache.at(moment);
	await members.prepare(conditions);
	const sets: number[][] = [];
	for (const condition of conditions) sets.push([...(await members.of(condition))]);
	return sets;
}

const aboutSome = (text: string) => text.includes('cno = any(');
const whomItConcerns = (text: string) => text.startsWith('select array[') && !aboutSome(text);

test('a minute on, one question tells that it concerns nobody', async () => {
	const { cache, asked } = watched();
	const start = later(-10 * minute);
	const sets = await askAll(cache, start);
	asked.length = 0;
	expect(await askAll(cache, later(-9 * minute))).toEqual(sets);
	expect(asked).toHaveLength(1);
	expect(asked.filter(whomItConcerns)).toHaveLength(1);
});

test('what comes meanwhile is asked about those whom it concerns, and about nobody else', async () => {
	const { cache, asked } = watched();
	await askAll(cache, later(-10 * minute));
	asked.length = 0;
	const sets = await askAll(cache, later(10 * minute));
	expect(sets).toEqual(await askAll(new MemberCache(population.database), later(10 * minute)));
	// Somebody's order went out of the last week: places among all buyers are asked for anew, and nothing else.
	const whole = asked.filter((text) => !aboutSome(text) && !whomItConcerns(text));
	expect(whole).toEqual([expect.stringContaining('rank()')]);
	expect(asked.filter(whomItConcerns)).toHaveLength(1);
	expect(asked.filter(aboutSome)).toHaveLength(1);
});

test('after a long sleep, and when the clock is put back and forth, all is right at once', async () => {
	const { cache } = watched();
	for (const by of [0, 3 * day, -40 * day, 400 * day, -minute, 0, 1, -1, 30 * day, 0])
		expect([by, await askAll(cache, later(by))]).toEqual([
			by,
			await askAll(new MemberCache(population.database), later(by))
		]);
});

test('questions of several moments at once each get the answer of their own', async () => {
	const { cache } = watched();
	await askAll(cache, moment);
	const jumps = [0, day, -8 * day, 9 * day, 0, 40 * day];
	const together = await Promise.all(jumps.map((by) => askAll(cache, later(by))));
	for (const [i, by] of jumps.entries())
		expect(together[i]).toEqual(await askAll(new MemberCache(population.database), later(by)));
});

test('the next change is when the first order goes out of the window, to the millisecond', async () => {
	const { cache } = watched();
	const [ordered] = conditions;
	// Somebody ordered on the first of June at noon in Zurich, which seven days later is still in the last seven days.
	const next = await cache.nextChange([ordered!], later(-7 * day - hour));
	expect(new Date(next).toISOString()).toBe('2024-06-08T10:00:00.001Z');
});

test('where nothing comes, the next change is at midnight, or where the clocks change', async () => {
	const { cache } = watched();
	const next = async (text: string) =>
		new Date(
			await cache.nextChange(conditions, { ...moment, now: Date.parse(text) })
		).toISOString();
	expect(await next('2030-06-15T10:00:00Z')).toBe('2030-06-15T22:00:00.000Z');
	expect(await next('2031-03-30T00:30:00Z')).toBe('2031-03-30T01:00:00.000Z');
});

test('a write after the question may bring the next change nearer', async () => {
	const { cache, asked } = watched();
	const joined = conditions.filter(({ kind }) => kind === 'list');
	const start = later(20 * minute);
	const before = await cache.nextChange(joined, start);
	await population.database.write('joined sooner', (tx) =>
		tx.run(
			sql`update list_member set at = ${new Date(start.now - 7 * day + 1000)} where list = 'l-news' and cno = 1`
		)
	);
	asked.length = 0;
	const after = await cache.nextChange(joined, start);
	expect(after).toBeLessThan(before);
	expect(after).toBe(start.now + 1001);
	expect(asked).toHaveLength(1);
});
