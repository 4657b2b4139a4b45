import { afterAll, beforeAll, expect, test } from 'vitest';
import { bitmapOf } from '$lib/membership/read-sets';
import type { Database } from '$lib/db/db';
import { Mirrors } from '$lib/membership/mirrors';
import { compileCondition } from '$lib/rules/compile';
import type { Condition } from '$lib/rules/conditions/registry';
import { scanOf } from '$lib/rules/conditions/scans';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

const moment = { now: Date.parse('2026-01-15T10:00:00Z'), zone: 'Europe/Zurich', weekStart: 1 };
/** More than are read at once; every number but those that end with 7, and the last ones. */
const contacts = 230_000;

let database: TestDatabase;
beforeAll(async () => {
	database = await openTestDatabase();
	await database.bulk(async (tx) => {
		await tx.run(sql`
			insert into contact(cno, uid, country, country_key, keys)
			select i, 'u' || i, 'C' || i % 5, 'c' || i % 5, jsonb_build_object('score', i % 1000)
			from generate_series(0, ${contacts}::int) as i where i % 10 <> 7`);
		await tx.run(sql`insert into event_type values (1, 'email_opened')`);
		// Most of them at one instant, as an import without times would have it.
		await tx.run(sql`
			insert into event(no, id, cno, type, at)
			select i, 'e' || i, i % 1000, 1, '2026-01-01'::timestamptz + make_interval(secs => greatest(i - 130000, 0))
			from generate_series(1, 240000) as i`);
	});
}, 120_000);
afterAll(() => database.close());

const opened = (n: number, window: object): Condition =>
	({
		kind: 'event',
		types: ['email_opened'],
		did: true,
		count: { operator: 'atLeast', n },
		window
	}) as Condition; // the window is one of its own

const asked: readonly (readonly [string, Condition])[] = [
	[
		'few values',
		{ kind: 'field', field: 'country', of: 'text', test: { operator: 'isAnyOf', values: ['C1'] } }
	],
	[
		'numbers',
		{ kind: 'field', field: 'score', of: 'number', test: { operator: 'lessThan', value: 500 } }
	],
	[
		'no value',
		{ kind: 'field', field: 'score', of: 'number', test: { operator: 'doesNotEqual', value: 3 } }
	],
	['events of one instant', opened(130, { operator: 'onOrBefore', value: '2026-01-01T00:00:00Z' })],
	['events after it', opened(110, { operator: 'after', value: '2026-01-01T00:00:00Z' })]
];

test.each(asked)('%s are read whole, slice by slice', { timeout: 60_000 }, async (_, condition) => {
	const mirrors = new Mirrors(database, { rest: 0 });
	const scan = scanOf(condition, moment)!;
	mirrors.want(scan.parts);
	await mirrors.settled();
	// Numbers that nobody has are nobody's business.
	const there = await bitmapOf(database, sql`select cno from contact`, contacts + 1);
	const found = mirrors.scan(scan, contacts + 1)!.set.and(there);
	const set = (
		await bitmapOf(database, compileCondition(condition, moment).select, contacts + 1)
	).and(there);
	expect(found.count).toBe(set.count);
	expect(found.minus(set).count).toBe(0);
	expect(set.count).toBeGreaterThan(0);
});

test('a field with too many different values is left to the database', async () => {
	await database.run(sql`update contact set city_key = 'city ' || cno where cno < 30000`);
	const mirrors = new Mirrors(database, { rest: 0 });
	const scan = scanOf(
		{ kind: 'field', field: 'city', of: 'text', test: { operator: 'is', value: 'city 5' } },
		moment
	)!;
	mirrors.want(scan.parts);
	await mirrors.settled();
	expect(mirrors.has(scan.parts)).toBe(false);
	expect(mirrors.scan(scan, contacts + 1)).toBeUndefined();
});

test('others are answered while a column is read', async () => {
	const order: string[] = [];
	let begin = () => {};
	const begun = new Promise<void>((resolve) => (begin = resolve));
	const copyOut: Database['copyOut'] = (query) => {
		begin();
		return database.copyOut(query);
	};
	const mirrors = new Mirrors({ ...database, copyOut }, { rest: 0 });
	mirrors.want([{ type: 'events', eventType: 'email_opened', ref: false }]);
	const read = mirrors.settled().then(() => order.push('read'));
	await begun;
	await database.rows(sql`select 1 as one`).then(() => order.push('answered'));
	await read;
	expect(order).toEqual(['answered', 'read']);
});
