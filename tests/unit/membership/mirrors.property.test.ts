import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluate } from '$lib/membership/evaluate';
import { MemberCache } from '$lib/membership/members';
import { bitmapOf } from '$lib/membership/read-sets';
import { Mirrors } from '$lib/membership/mirrors';
import { compileCondition } from '$lib/rules/compile';
import { conditionsOf } from '$lib/rules/conditions-of';
import { scanOf } from '$lib/rules/conditions/scans';
import { parseRule } from '$lib/rules/parse';
import { leaf } from '$lib/rules/rule';
import type { Database } from '$lib/db/db';
import { trimTouched } from '$lib/db/touched';
import { sql } from '$lib/sql';
import { DiskMirrorFiles } from '../../fixtures/disk-mirror-files';
import { Population } from '../../fixtures/population';
import {
	randomDefinitions,
	randomMoment,
	randomPeople,
	randomRule
} from '../../fixtures/random-rules';

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

test(
	'a mirror gives the same set as the statement, and the members that plain TypeScript gives',
	{ timeout: 180_000 },
	async () => {
		const compared = new Map<string, number>();
		const { database } = population;
		await fc.assert(
			fc.asyncProperty(
				randomPeople,
				fc.array(randomRule, { minLength: 12, maxLength: 12 }),
				async (people, drafts) => {
					await population.fill(people, randomDefinitions);
					const mirrors = new Mirrors(database, { rest: 0 });
					for (const draft of drafts) {
						const rule = parseRule(draft, randomDefinitions);
						if (!rule.ok) continue;
						for (const condition of conditionsOf(rule.value)) {
							const { select, negated } = compileCondition(condition, randomMoment);
							const scan = scanOf(condition, randomMoment);
							if (!scan) continue;
							mirrors.want(scan.parts);
							await mirrors.settled();
							const scanned = mirrors.scan(scan, people.length);
							if (!scanned) throw new Error(`not held: ${JSON.stringify(condition)}`);
							expect(scanned.changed.size).toBe(0);
							const set = await bitmapOf(database, select, people.length);
							expect([...scanned.set], JSON.stringify(condition)).toEqual([...set]);
							const members = people.flatMap(({ archived, name }, cno) =>
								!archived && scanned.set.has(cno) !== negated ? [name] : []
							);
							expect(members, JSON.stringify(condition)).toEqual(
								population.byOracle(leaf(condition), randomMoment)
							);
							compared.set(condition.kind, (compared.get(condition.kind) ?? 0) + 1);
						}
					}
				}
			),
			{ numRuns: 60, seed: 99, endOnFailure: true }
		);
		for (const kind of ['field', 'event', 'aggregate', 'first', 'last', 'tag', 'list'])
			expect([kind, compared.get(kind) ?? 0]).toEqual([
				kind,
				expect.toSatisfy((n: number) => n > 20)
			]);
	}
);

const changes = fc.constantFrom(
	(cno: number) => sql`update contact set country_key = 'ch' where cno = ${cno}::int`,
	(cno: number) => sql`update contact set country_key = null, keys = '{}' where cno = ${cno}::int`,
	(cno: number) =>
		sql`update contact set keys = (select keys from contact as other where other.cno > ${cno}::int order by cno limit 1) where cno = ${cno}::int and exists (select from contact as other where other.cno > ${cno}::int)`,
	(cno: number) => sql`delete from contact where cno = ${cno}::int`,
	(cno: number) =>
		sql`insert into contact(cno, uid, country_key) values (${cno + 40}::int, ${`new ${cno}`}, 'de') on conflict do nothing`,
	(cno: number) => sql`delete from event where cno = ${cno}::int`,
	(cno: number) => sql`update event set cno = ${cno}::int where cno = ${cno}::int + 1`,
	(cno: number) =>
		sql`update event set value = ${cno}::int, at = at - interval '1 day' where cno = ${cno}::int`,
	(cno: number) => sql`delete from contact_tag where cno = ${cno}::int`,
	(cno: number) =>
		sql`insert into contact_tag select tag, ${cno}::int, now() from unnest('{t-new,t-vip,t-never}'::text[]) as tag on conflict do nothing`,
	(cno: number) =>
		sql`update contact_tag set tag = 't-gone' where cno = ${cno}::int and tag = 't-old'`,
	(cno: number) => sql`update list_member set cno = cno + 50 where cno = ${cno}::int`,
	(cno: number) => sql`delete from list_member where list = 'l-news' and cno >= ${cno}::int`
);
const randomSteps = fc.array(
	fc.record({
		what: fc.constantFrom(
			'write',
			'write',
			'write',
			'bulk',
			'bulkUnheard',
			'trim',
			'read',
			'ask',
			'reload',
			'reload'
		),
		change: changes,
		cno: fc.nat(5)
	}),
	{ minLength: 5, maxLength: 25 }
);

test(
	'after writes, bulk work and reloads in any order, what is kept gives what the database gives',
	{ timeout: 240_000 },
	async () => {
		const { database } = population;
		const files = await DiskMirrorFiles.make();
		const seen = { asked: 0, fromFile: 0 };
		let write = 0;
		await fc.assert(
			fc.asyncProperty(
				randomPeople,
				fc.array(randomRule, { minLength: 4, maxLength: 4 }),
				randomSteps,
				async (people, drafts, steps) => {
					await population.fill(people, randomDefinitions);
					const rules = drafts
						.map((draft) => parseRule(draft, randomDefinitions))
						.flatMap((rule) => (rule.ok ? [rule.value] : []));
					const parts = rules
						.flatMap(conditionsOf)
						.flatMap((condition) => scanOf(condition, randomMoment)?.parts ?? []);
					let worker = start(database, files);
					for (const { what, change, cno } of steps) {
						if (what === 'write')
							await database.write(`random ${write++}`, (tx) => tx.run(change(cno)));
						if (what === 'bulk') await database.bulk((tx) => tx.run(change(cno)));
						if (what === 'bulkUnheard') {
							// The worker ends as soon as it is stored.
							await worker.mirrors.settled();
							worker.stop();
							await database.bulk((tx) => tx.run(change(cno)));
							worker = start(database, files);
						}
						if (what === 'trim') await trimTouched(database);
						if (what === 'read') worker.mirrors.want(parts);
						if (what === 'read' || what === 'reload') await worker.mirrors.settled();
						if (what === 'reload') {
							worker.stop();
							worker = start(database, files);
							await worker.mirrors.load(parts);
							if (parts.length > 0 && worker.mirrors.has(parts)) seen.fromFile++;
						}
						if (what === 'read') continue;
						const fresh = await new MemberCache(database).at(randomMoment);
						const kept = await worker.cache.at(randomMoment);
						for (const rule of rules) {
							const truth = [...(await evaluate(rule, fresh))];
							expect([...(await evaluate(rule, kept))], JSON.stringify(rule)).toEqual(truth);
							seen.asked++;
						}
					}
					await worker.mirrors.settled();
					worker.stop();
				}
			),
			{ numRuns: 20, seed: 5, endOnFailure: true }
		);
		await files.close();
		expect(seen.asked).toBeGreaterThan(300);
		expect(seen.fromFile).toBeGreaterThan(10);
	}
);

/** What a worker holds, and the way to end it. Single contacts are read again, and files written, at every write. */
function start(database: Database, files: DiskMirrorFiles) {
	const stops: (() => void)[] = [];
	const own: Database = {
		...database,
		onchange: (listener) => {
			stops.push(database.onchange(listener));
			return () => {};
		}
	};
	const mirrors = new Mirrors(own, { rest: 0, files, worthPatching: 1, worthSaving: 2 });
	const cache = new MemberCache(own, mirrors);
	return { mirrors, cache, stop: () => stops.forEach((stop) => stop()) };
}
