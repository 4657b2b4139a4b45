import { readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '$lib/db/db';
import { mostTouched } from '$lib/db/touched';
import { Bitmap } from '$lib/bitmap';
import { MemberCache } from '$lib/membership/members';
import { bitmapOf } from '$lib/membership/read-sets';
import { Mirrors } from '$lib/membership/mirrors';
import { pause } from '$lib/pause';
import { compileCondition } from '$lib/rules/compile';
import type { Condition } from '$lib/rules/conditions/registry';
import { scanOf } from '$lib/rules/conditions/scans';
import { render, sql, type Sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { DiskMirrorFiles } from '../../fixtures/disk-mirror-files';

const moment = { now: Date.parse('2026-01-15T10:00:00Z'), zone: 'Europe/Zurich', weekStart: 1 };
const contacts = 3000;

let database: TestDatabase;
let files: DiskMirrorFiles;
/** What was asked of the contacts' and the events' tables. */
let asked: string[];
let watched: Database;
beforeEach(async () => {
	database = await openTestDatabase();
	files = await DiskMirrorFiles.make();
	asked = [];
	watched = watching(database);
	await database.bulk(async (tx) => {
		await tx.run(sql`
			insert into contact(cno, uid, country, country_key, keys)
			select i, 'u' || i, 'C' || i % 5, 'c' || i % 5, jsonb_build_object('score', i % 1000)
			from generate_series(0, ${contacts - 1}::int) as i`);
		await tx.run(sql`insert into event_type values (1, 'email_opened')`);
		await tx.run(sql`
			insert into event(no, id, cno, type, at)
			select i, 'e' || i, i % 100, 1, '2026-01-01'::timestamptz + make_interval(mins => i) from generate_series(1, 2000) as i`);
	});
});
afterEach(async () => {
	await files.close();
	await database.close();
});

function watching(database: Database): Database {
	const note = (query: Sql) => {
		const { text } = render(query);
		if (/\bfrom (contact|event)\b/.test(text)) asked.push(text);
	};
	return {
		...database,
		rows: (query) => (note(query), database.rows(query)),
		copyOut: (query) => (note(query), database.copyOut(query))
	};
}

const country = {
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'C1' }
} satisfies Condition;
const score = {
	kind: 'field',
	field: 'score',
	of: 'number',
	test: { operator: 'lessThan', value: 500 }
} satisfies Condition;
const opened = { kind: 'event', types: ['email_opened'], did: true } satisfies Condition;
const all: readonly Condition[] = [country, score, opened];

const partsOf = (conditions: readonly Condition[]) =>
	conditions.flatMap((condition) => scanOf(condition, moment)!.parts);

/** The database, where something happens between the answer to the first reading of values and its arrival. */
function meanwhile(happen: () => Promise<unknown>): Database {
	let hasHappened = false;
	return {
		...watched,
		async rows<Row>(query: Sql) {
			const rows = await watched.rows<Row>(query);
			if (hasHappened || !render(query).text.includes('group by value')) return rows;
			hasHappened = true;
			await happen();
			return rows;
		}
	};
}

/** What a worker does between two reloads. */
const start = () => startOn(watched);
const startOn = (database: Database) => new Mirrors(database, { rest: 0, files });

/** Reads these, and leaves their files. */
async function save(conditions: readonly Condition[] = all): Promise<Mirrors> {
	const mirrors = start();
	mirrors.want(partsOf(conditions));
	await mirrors.settled();
	asked.length = 0;
	return mirrors;
}

let writes = 0;
const write = (statement: Sql) => database.write(`write ${writes++}`, (tx) => tx.run(statement));
const move = (from: number, to: number) =>
	write(
		sql`update contact set country = 'C9', country_key = 'c9', keys = '{}' where cno between ${from}::int and ${to}::int`
	);

/** The condition's set from the mirrors alone, but for contacts of whom they say that they may be wrong. */
async function expectTrue(mirrors: Mirrors, condition: Condition): Promise<number> {
	await mirrors.load(partsOf([condition]));
	const scanned = mirrors.scan(scanOf(condition, moment)!, contacts);
	if (!scanned) throw new Error(`not held: ${JSON.stringify(condition)}`);
	const truth = await bitmapOf(database, compileCondition(condition, moment).select, contacts);
	const sure = Bitmap.of([...Array(contacts).keys()], contacts).minus(
		Bitmap.of([...scanned.changed], contacts)
	);
	expect([...scanned.set.and(sure)]).toEqual([...truth.and(sure)]);
	return scanned.changed.size;
}

test('what was read once is answered after a reload without asking for it again', async () => {
	await save();
	const mirrors = start();
	for (const condition of all) expect(await expectTrue(mirrors, condition)).toBe(0);
	await mirrors.settled();
	expect(asked).toEqual([]);
	expect(await files.names()).toHaveLength(all.length);
});

test('writes in between are taken into account, those before a reload and those after', async () => {
	await save();
	await move(10, 19);
	const mirrors = start();
	await write(sql`delete from event where cno = 7`);
	expect(await expectTrue(mirrors, country)).toBe(10);
	expect(await expectTrue(mirrors, opened)).toBe(1);
	await move(15, 24);
	expect(await expectTrue(mirrors, country)).toBe(15);
	expect(asked).toEqual([]);
});

test('a write while a file is taken up is taken into account', async () => {
	await save();
	const mirrors = start();
	const loaded = mirrors.load(partsOf(all));
	await move(10, 19);
	await loaded;
	expect(await expectTrue(mirrors, country)).toBe(10);
});

test('a write while a part is read is taken into account, also when somebody asks meanwhile', async () => {
	const mirrors: Mirrors = startOn(
		meanwhile(async () => {
			await mirrors.load(partsOf([country]));
			await move(10, 19);
		})
	);
	mirrors.want(partsOf([country]));
	await mirrors.settled();
	expect(await expectTrue(mirrors, country)).toBe(10);
});

test.each([
	['bulk work', () => database.bulk((tx) => tx.run(sql`update contact set country_key = 'c1'`))],
	['more writes than the database keeps in mind', () => move(0, 2500)],
	['one write about very many', () => manyMore(mostTouched + 1)]
] as const)('after %s a file is not taken up, and is made anew', async (_, work) => {
	await save();
	await work();
	const mirrors = start();
	await mirrors.load(partsOf([country]));
	expect(mirrors.has(partsOf([country]))).toBe(false);
	mirrors.want(partsOf([country]));
	await mirrors.settled();
	expect(asked).not.toEqual([]);
	asked.length = 0;
	expect(await expectTrue(start(), country)).toBe(0);
	expect(asked).toEqual([]);
});

const manyMore = (count: number) =>
	write(
		sql`insert into contact(cno, uid) select i, 'u' || i from generate_series(${contacts}::int, ${contacts + count}::int) as i`
	);

const faults: readonly (readonly [string, (path: string) => Promise<void>])[] = [
	[
		'with a flipped bit',
		async (path) => {
			const bytes = await readFile(path);
			bytes[bytes.length >> 1]! ^= 4;
			await writeFile(path, bytes);
		}
	],
	['cut off', (path) => truncate(path, 1000)],
	['empty', (path) => truncate(path, 0)],
	['of something else', (path) => writeFile(path, 'x'.repeat(4096))]
];
test.each(faults)('a file %s is refused, removed and made anew', async (_, harm) => {
	const before = await save([country]);
	expect(await expectTrue(before, country)).toBe(0);
	const [name] = await files.names();
	await harm(files.path(name!));
	const mirrors = start();
	await mirrors.load(partsOf([country]));
	expect(mirrors.has(partsOf([country]))).toBe(false);
	expect(await files.names()).toEqual([]);
	mirrors.want(partsOf([country]));
	await mirrors.settled();
	expect(asked).not.toEqual([]);
	expect(await expectTrue(start(), country)).toBe(0);
});

test('the file of one database is not taken up by another', async () => {
	await save([country]);
	const other = await openTestDatabase();
	try {
		const mirrors = new Mirrors(other, { rest: 0, files });
		await mirrors.load(partsOf([country]));
		expect(mirrors.has(partsOf([country]))).toBe(false);
	} finally {
		await other.close();
	}
});

test('a part that another one’s file was put in place of is not taken for it', async () => {
	await save([country]);
	const [first] = await files.names();
	const foreign = await readFile(files.path(first!));
	await files.remove(first!);
	await save([score]);
	const [second] = await files.names();
	await writeFile(files.path(second!), foreign);
	const mirrors = start();
	await mirrors.load(partsOf([score]));
	expect(mirrors.has(partsOf([score]))).toBe(false);
});

test('contacts that changed are read again when there is time, and the rest is not', async () => {
	const mirrors = await save();
	await database.write('many', async (tx) => {
		await tx.run(
			sql`update contact set country_key = case cno % 3 when 0 then 'c1' when 1 then 'c9' end, keys = '{}' where cno between 100 and 400`
		);
		await tx.run(
			sql`insert into contact(cno, uid, country_key) values (${contacts + 50}::int, 'new', 'c1')`
		);
	});
	await mirrors.settled();
	expect(await expectTrue(mirrors, country)).toBe(0);
	expect(await expectTrue(mirrors, score)).toBe(0);
	expect(asked.filter((text) => !text.includes('any('))).toEqual([]);
});

test('files keep up with writes, so that the database may forget them', async () => {
	const mirrors = await save();
	for (let from = 0; from < 5 * mostTouched; from += 1000) {
		await write(
			sql`insert into contact_tag select ${`t${from}`}, i, now() from generate_series(0, 999) as i`
		);
		await mirrors.settled();
	}
	await move(0, 1200);
	await mirrors.settled();
	asked.length = 0;
	const later = start();
	for (const condition of all) expect(await expectTrue(later, condition)).toBeLessThan(200);
	expect(asked).toEqual([]);
});

test('files that nobody used for a month are removed, but not those in use', async () => {
	await save([country, opened]);
	const old = Date.now() / 1000 - 31 * 86_400;
	for (const name of await files.names()) await utimes(files.path(name), old, old);
	const mirrors = start();
	expect(await expectTrue(mirrors, country)).toBe(0);
	await mirrors.settled();
	const [left, ...others] = await files.sizes();
	expect(others).toEqual([]);
	expect(left!.at).toBeGreaterThan(Date.now() - 86_400_000);
	expect(await expectTrue(start(), country)).toBe(0);
});

test('what is forgotten is not on the disk either', async () => {
	const mirrors = await save();
	mirrors.forget();
	await expect.poll(() => files.names()).toEqual([]);
	expect(mirrors.has(partsOf(all))).toBe(false);
});

const eraseTheOnly = () => write(sql`delete from contact where cno = 12`);
const makeTheOnly = () => write(sql`update contact set country_key = 'only theirs' where cno = 12`);
const written = (spy: { mock: { calls: Parameters<DiskMirrorFiles['write']>[] } }) =>
	spy.mock.calls.map(([, , pieces]) => Buffer.concat(pieces).toString('latin1'));

test('before somebody is erased all files are removed, and made again without them', async () => {
	await makeTheOnly();
	const write = vi.spyOn(files, 'write');
	const mirrors = await save();
	expect(written(write).join()).toContain('only theirs');
	write.mockClear();
	await mirrors.erasing(async () => {
		expect(await files.names()).toEqual([]);
		await eraseTheOnly();
	});
	expect(mirrors.has(partsOf(all))).toBe(true);
	expect(await expectTrue(mirrors, country)).toBe(1);
	await mirrors.settled();
	expect(await files.names()).toHaveLength(all.length);
	expect(written(write)).toHaveLength(all.length);
	expect(written(write).join()).not.toContain('only theirs');
	expect(asked.filter((text) => !text.includes('any('))).toEqual([]);
	for (const condition of all) expect(await expectTrue(start(), condition)).toBe(0);
});

test('what was being read when somebody was erased is not saved before they are out of it', async () => {
	await makeTheOnly();
	const write = vi.spyOn(files, 'write');
	const mirrors: Mirrors = startOn(meanwhile(() => mirrors.erasing(eraseTheOnly)));
	mirrors.want(partsOf([country]));
	await mirrors.settled();
	expect(written(write)).toHaveLength(1);
	expect(written(write).join()).not.toContain('only theirs');
	expect(await expectTrue(start(), country)).toBe(0);
});

test('a file being written when somebody is erased is gone before they are', async () => {
	await makeTheOnly();
	const written = files.write.bind(files);
	let isWritten = false;
	let erased: Promise<unknown> | undefined;
	const mirrors = start();
	vi.spyOn(files, 'write').mockImplementationOnce(async (...file) => {
		await pause(1);
		erased = mirrors.erasing(async () => {
			expect(isWritten).toBe(true);
			expect(await files.names()).toEqual([]);
			await eraseTheOnly();
		});
		await pause(5);
		await written(...file);
		isWritten = true;
	});
	mirrors.want(partsOf([country]));
	await mirrors.settled();
	await erased;
	await mirrors.settled();
	expect(await expectTrue(start(), country)).toBe(0);
});

test('what is wanted while other things are done in its place is read as well', async () => {
	const mirrors = start();
	mirrors.want(partsOf([country]));
	for (let turn = 0; turn < 200 && !mirrors.has(partsOf([country])); turn++) await pause(1);
	// Its file is being written, or files are being looked through.
	for (const condition of [score, opened]) {
		mirrors.want(partsOf([condition]));
		await pause(1);
	}
	await mirrors.settled();
	expect(mirrors.has(partsOf(all))).toBe(true);
	expect(await files.names()).toHaveLength(all.length);
});

test('who there is comes from a file too, with those who came, went and were archived since', async () => {
	const mirrors = start();
	await new MemberCache(watched, mirrors).at(moment);
	await mirrors.settled();
	await write(sql`delete from contact where cno = 5`);
	await write(sql`update contact set archived_at = now() where cno = 6`);
	await write(sql`insert into contact(cno, uid) values (${contacts + 70}::int, 'new')`);
	asked.length = 0;
	const { everyone } = await new MemberCache(watched, start()).at(moment);
	expect(everyone.count).toBe(contacts - 1);
	expect([5, 6, 7, contacts + 70].map((cno) => everyone.has(cno))).toEqual([
		false,
		false,
		true,
		true
	]);
	// How many numbers there are, and what became of the three.
	expect(asked.filter((text) => !/max\(cno\)|any\(/.test(text))).toEqual([]);
});

test('of a file longer than there are contacts by now, the rest is nobody', async () => {
	const mirrors = start();
	await new MemberCache(watched, mirrors).at(moment);
	await mirrors.settled();
	await write(sql`delete from contact where cno >= 2890`);
	const { everyone } = await new MemberCache(watched, start()).at(moment);
	expect(everyone.count).toBe(2890);
});
