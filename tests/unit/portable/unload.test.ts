import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Queryable } from '$lib/db/db';
import { forgetInLog, logRows } from '$lib/membership/history/log';
import { loadPeople } from '$lib/portable/load';
import type { Portables } from '$lib/portable/parts';
import { unload } from '$lib/portable/unload';
import { render, sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { definitions } from '../../fixtures/people';
import { asLines, emptied, fromLines } from '../../fixtures/portable';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

const then = '2026-01-31T12:00:00.000Z';
const people = 12_000;

/** All entered one segment at once and left it one by one; every other one entered another. */
beforeEach(async () => {
	await emptied(database);
	await database.bulk(async (tx) => {
		await tx.run(sql`
			insert into contact(cno, uid, created_at, updated_at)
			select cno, 'u' || cno, ${new Date(then)}, ${new Date(then)} from generate_series(0, ${people - 1}::int) as cno`);
		await logRows(
			tx,
			sql`
			select 's-all' as segment, true as entered, ${new Date(then)}::timestamptz as at, 'began' as cause, cno from contact
			union all
			select 's-all', false, ${new Date(then)}::timestamptz + (cno + 1) * interval '1 second', 'time', cno from contact
			union all
			select 's-half', true, ${new Date(then)}::timestamptz, 'data', cno from contact where cno % 2 = 0`
		);
	});
});

type Moves = readonly Portables['moves'][];

async function* movesOf(db: Queryable): AsyncGenerator<Moves> {
	for await (const batch of unload(db)) if (batch.part === 'moves') yield batch.values;
}

const key = ({ contact, segment, entered }: Moves[number]) => `${contact} ${segment} ${entered}`;

test('many moves come a bounded number at a time, and each part of the log is read once', async () => {
	const asked: string[] = [];
	const watched: Queryable = {
		...database,
		rows: (query) => {
			const { text } = render(query);
			if (text.includes('segment_')) asked.push(text);
			return database.rows(query);
		}
	};
	const batches: Moves[] = [];
	for await (const moves of movesOf(watched)) batches.push(moves);

	// The first 10,000 rows of the log have 27,998 moves, the other two rows 2,002.
	expect(batches.map(({ length }) => length)).toEqual([10_000, 10_000, 7_998, 2_002]);
	expect(new Set(batches.flat().map(key)).size).toBe(2 * people + people / 2);
	// One statement a batch; the others are of the sizes of rows: those of either part, and that there are no more.
	expect(asked.filter((text) => text.includes('unnest'))).toHaveLength(4);
	expect(asked).toHaveLength(4 + 3);
});

test('all of it comes back from the file as it was', async () => {
	const text = await asLines({}, unload(database));
	await emptied(database);
	const source = await fromLines(text);
	const { added } = await database.bulk((tx) => loadPeople(tx, source, { definitions, then }));
	expect(added.moves).toBe(2 * people + people / 2);
	expect(await asLines({}, unload(database))).toBe(text);
});

test('somebody who is deleted while it is saved takes nobody else along', async () => {
	const seen = new Set<string>();
	let batches = 0;
	for await (const moves of movesOf(database)) {
		for (const move of moves) seen.add(key(move));
		if (batches++ === 0) await forgetInLog(database, [0, 1, 2, 11_000]);
	}
	// The first batch has the last 10,000 of the 12,000.
	const entered = Array.from({ length: people }, (_, cno) => `u${cno} s-all true`);
	const missing = entered.filter((one) => !seen.has(one));
	expect(missing).toEqual([0, 1, 2].map((cno) => entered[cno]));
});
