import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi, type EngineApi } from '$lib/engine/api';
import { eventRowOf } from '$lib/events/contact-event';
import type { Field } from '$lib/fields/field';
import { carefulMerging } from '$lib/imports/mapping';
import { loggedAt } from '$lib/membership/history/log';
import { compileRule } from '$lib/rules/compile';
import { parseRule } from '$lib/rules/parse';
import type { DraftRule, Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { Population } from '../../fixtures/population';
import {
	randomDefinitions as definitions,
	randomMoment,
	randomPeople,
	randomRule
} from '../../fixtures/random-rules';

/*
 * Everything that moves members, in any order: after each step every page counts what the database counts, and the log of
 * each segment adds up to its members.
 */

const hour = 60 * 60_000;
const runs = 4;
const stepsARun = 100;

let population: Population;
beforeAll(async () => void (population = await Population.open()));
afterAll(() => population.close());

/** What is there, and what was done to it that can be taken back. */
class World {
	readonly segments = new Map<string, Rule>();
	readonly undoable: string[] = [];
	readonly imports: string[] = [];
	api: EngineApi = createApi(population.database, () => {});
	moment: Moment = randomMoment;
	/** Names every write and event, once for all runs. */
	static made = 0;
	readonly name = () => `model ${World.made++}`;

	async numbers(): Promise<number[]> {
		const rows = await population.database.rows<{ cno: number }>(
			sql`select cno from contact order by cno`
		);
		return rows.map(({ cno }) => cno);
	}

	/** A contact chosen by a number that knows nothing of how many there are. */
	async one(choice: number): Promise<number> {
		const all = await this.numbers();
		return all[choice % all.length]!;
	}
}

type Step = readonly [what: string, act: (world: World) => Promise<unknown>];

const step = <T>(
	what: string,
	values: fc.Arbitrary<T>,
	act: (world: World, value: T) => Promise<unknown>
): fc.Arbitrary<Step> =>
	values.map((value) => [`${what} ${JSON.stringify(value)}`, (world) => act(world, value)]);

const choice = fc.nat({ max: 10_000 });
const edited = [
	{ field: 'country', value: 'CH' },
	{ field: 'country', value: null },
	{ field: 'score', value: 50 },
	{ field: 'plan', value: 'gold' },
	{ field: 'renewal', value: '2024-04-03' },
	{ field: 'seen', value: '2024-04-01T12:00:00.000Z' }
].map(({ field, value }) => ({ field: definitions.fields.get(field) as Field, value }));

const steps: fc.Arbitrary<Step> = fc.oneof(
	step('edit', fc.tuple(choice, fc.constantFrom(...edited)), async (world, [who, change]) =>
		world.api.editContact(world.name(), await world.one(who), [change], world.moment.now)
	),
	step('add', fc.constantFrom(...edited), (world, change) =>
		world.api.addContact(
			world.name(),
			{ uid: world.name(), values: [change], tags: ['t-vip'], lists: [] },
			world.moment.now
		)
	),
	step('erase', choice, async (world, who) => {
		const cno = await world.one(who);
		const [row] = await population.database.rows<{ uid: string }>(
			sql`select uid from contact where cno = ${cno}::int`
		);
		return world.api.eraseContact(world.name(), row!.uid);
	}),
	step(
		'event',
		fc.tuple(
			choice,
			fc.constantFrom('order_placed', 'email_opened', 'email_sent'),
			fc.integer({ min: -400 * 24, max: 3 })
		),
		async (world, [who, type, hours]) => {
			const at = new Date(world.moment.now + hours * hour).toISOString();
			const cno = await world.one(who);
			const event = { id: world.name(), cno, type, at, properties: {} };
			return world.api.addEvent(world.name(), eventRowOf(event, definitions.eventTypes));
		}
	),
	step(
		'tag many',
		fc.tuple(
			fc.constantFrom(
				{ type: 'add', to: 'tag', id: 't-new' } as const,
				{ type: 'remove', from: 'tag', id: 't-vip' } as const,
				{ type: 'archive' } as const,
				{ type: 'restore' } as const
			),
			fc.array(choice, { minLength: 1, maxLength: 5 })
		),
		async (world, [act, chosen]) => {
			const cnos = new Set<number>();
			for (const one of chosen) cnos.add(await world.one(one));
			const write = world.name();
			world.undoable.push(write);
			const pick = { type: 'these', cnos: [...cnos] } as const;
			return world.api.changeContacts(write, act, pick, world.moment);
		}
	),
	step('undo', fc.constant(null), async (world) => {
		const last = world.undoable.pop();
		return last && world.api.undoContacts(world.name(), last);
	}),
	step('import', fc.constantFrom('CH', 'de'), importPeople),
	step('undo import', fc.constant(null), async (world) => {
		const last = world.imports.pop();
		const at = new Date(world.moment.now).toISOString();
		return last && world.api.undoImport(last, definitions.fields, at);
	}),
	step('later', fc.integer({ min: 1, max: 60 * 24 * 8 }), async (world, minutes) => {
		world.moment = { ...world.moment, now: world.moment.now + minutes * 60_000 };
	}),
	step('worker anew', fc.constant(null), async (world) => {
		world.api = createApi(population.database, () => {});
	}),
	step(
		'rule',
		fc.tuple(fc.constantFrom('a', 'b', 'c'), randomRule),
		async (world, [segment, draft]) => saveRule(world, segment, draft)
	)
);

function saveRule(world: World, segment: string, draft: DraftRule): void {
	const rule = parseRule(draft, definitions);
	if (rule.ok) world.segments.set(segment, rule.value);
}

async function importPeople(world: World, country: string): Promise<void> {
	const id = world.name();
	const rows = [1, 2, 3].map((no) => `${id.replace(' ', '.')}.${no}@x.example,${country},vip`);
	const file = new File([`Email,Country,Tags\n${rows.join('\n')}\n`], 'people.csv');
	const analysed = await world.api.analyseFile(file, {}, definitions);
	if (!analysed.ok) throw new Error(JSON.stringify(analysed.error));
	const { dialect, mapping, rows: found } = analysed.value;
	const outcome = await world.api.runImport(file, {
		...{ id, dialect, mapping, definitions, rows: found, limits: null },
		...{ merging: carefulMerging, zone: world.moment.zone },
		at: new Date(world.moment.now).toISOString()
	});
	expect(outcome).toMatchObject({ status: 'done', value: { counts: { created: 3 } } });
	world.imports.push(id);
}

async function check(world: World): Promise<void> {
	const { api, moment } = world;
	const watched = [...world.segments].map(([segment, rule]) => ({ segment, rule }));
	await api.lookAtSegments(watched, moment, null);
	const { counts } = await api.countRules([...world.segments.values()], moment);
	for (const [i, { segment, rule }] of watched.entries()) {
		const rows = await population.database.rows<{ cno: number }>(compileRule(rule, moment));
		const members = [...new Set(rows.map(({ cno }) => cno))].sort((a, b) => a - b);
		const page = { rule, offset: 0, limit: 1000 };
		const shown = await api.contactNumbers(page, moment);
		expect([...shown].sort((a, b) => a - b)).toEqual(members);
		const log = await loggedAt(population.database, segment, moment.now, 4096);
		expect([...log]).toEqual(members);

		const { total } = await api.contactPage(page, moment);
		const funnel = await api.countFunnel(rule, moment);
		const trend = await api.trendOf(segment, 30, moment);
		const sizes = [counts[i], total, funnel.total, trend.days.at(-1)!.size];
		expect(sizes).toEqual(sizes.map(() => members.length));
	}
}

test(
	'after any steps every page counts what the database does, and the log adds up to it',
	{ timeout: 600_000 },
	async () => {
		let done = 0;
		await fc.assert(
			fc.asyncProperty(
				randomPeople,
				fc.array(randomRule, { minLength: 3, maxLength: 3 }),
				fc.array(steps, { minLength: stepsARun, maxLength: stepsARun }),
				async (people, drafts, acts) => {
					await population.database.run(sql`delete from segment_history`);
					await population.fill(people, definitions);
					const world = new World();
					for (const [i, draft] of drafts.entries()) saveRule(world, 'abc'[i]!, draft);
					await check(world);
					for (const [, act] of acts) {
						await act(world);
						await check(world);
						done++;
					}
				}
			),
			{ numRuns: runs, seed: 5, endOnFailure: true }
		);
		expect(done).toBeGreaterThanOrEqual(300);
	}
);
