import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInEventTypes } from '$lib/events/event-type';
import { comparable } from '$lib/fields/value';
import { standardFields, type Field } from '$lib/fields/field';
import { MemberCache } from '$lib/membership/members';
import { evaluate } from '$lib/membership/evaluate';
import type { Definitions } from '$lib/rules/definitions';
import { parseRule } from '$lib/rules/parse';
import { countries } from '$lib/sample/countries';
import { sampleFields, sampleLists, sampleTags } from '$lib/sample/definitions';
import { generateSample, sampleSize } from '$lib/sample/generate';
import { sampleApi } from '$lib/sample/queries';
import { sampleSegments } from '$lib/sample/segments';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

const now = Date.parse('2026-01-15T10:00:00Z');
const year = 365 * 24 * 60 * 60_000;
const moment = { now, zone: 'Europe/Zurich', weekStart: 1 };
const { people, events } = generateSample({ now, seed: 1 });

const fields = new Map<string, Field>(
	[...standardFields, ...sampleFields].map((field) => [field.id, field])
);
const segments = sampleSegments(now);
const definitions: Definitions = {
	fields,
	eventTypes: new Map(builtInEventTypes.map((type) => [type.id, type])),
	tags: new Map(Object.entries(sampleTags)),
	lists: new Map(Object.entries(sampleLists)),
	segments: new Map(segments.map(({ id, name, rule }) => [id, { name, archived: false, rule }]))
};

describe('the sample', () => {
	it('has 2,000 people and 24,000 events', () => {
		expect(people).toHaveLength(2_000);
		expect(events).toHaveLength(24_000);
		expect(new Set(events.map(({ type }) => type)).size).toBe(10);
	});

	it('is the same for the same seed, and another for another', () => {
		expect(generateSample({ now, seed: 1 })).toEqual({ people, events });
		const other = generateSample({ now, seed: 2 });
		expect(other.people[0]!.values).not.toEqual(people[0]!.values);
	});

	it('moves with now', () => {
		const later = generateSample({ now: now + year, seed: 1 });
		expect(later.people.map(({ values }) => values.email)).toEqual(
			people.map(({ values }) => values.email)
		);
		expect(later.people[7]!.createdAt).toBe(people[7]!.createdAt + year);
	});

	it('lies in the past: people come before what they do, and events are of the last year', () => {
		for (const { at, cno } of events) {
			const instant = Date.parse(at);
			expect(instant).toBeGreaterThan(now - year);
			expect(instant).toBeLessThanOrEqual(now);
			// A cart is filled up to fifty minutes before the order that makes its owner known.
			expect(instant).toBeGreaterThan(people[cno]!.createdAt - 60 * 60_000);
		}
		const instants = events.map(({ at }) => at);
		expect(instants).toEqual([...instants].sort());
	});

	it('has addresses that reach nobody, each once', () => {
		const emails = people.flatMap(({ values }) => (values.email ? [String(values.email)] : []));
		expect(emails.length).toBeGreaterThan(1_900);
		for (const email of emails)
			expect(email).toMatch(/^[A-Za-z][a-z]*\.[a-z]+\d*@[a-z]+\.example$/);
		expect(new Set(emails.map((email) => email.toLowerCase())).size).toBe(emails.length);
		for (const { values } of people) expect(values.email ?? values.phone).toBeDefined();
	});

	it('has people of ten countries, called as one is there', () => {
		const codes = people.map(({ values }) => values.country);
		expect(new Set(codes)).toEqual(new Set(countries.map(({ code }) => code)));
		const accented = people.filter(({ values }) =>
			/[^\x00-\x7f]/.test(`${values.first_name}${values.last_name}`)
		);
		expect(accented.length).toBeGreaterThan(800);
	});

	it('has values of the type of their field, and options that exist', () => {
		for (const { values } of people)
			for (const [id, value] of Object.entries(values)) {
				const field = fields.get(id)!;
				expect(comparable(value, field.type), `${id} ${String(value)}`).toBeDefined();
				const options = field.options?.map((option) => option.id);
				if (options) for (const chosen of [value].flat()) expect(options).toContain(chosen);
			}
	});

	it('has no email to people who did not want any at the time', () => {
		for (const { type, at, cno } of events) {
			if (type !== 'email_sent') continue;
			const { from, until = Infinity } = people[cno]!.subscribed!;
			expect(Date.parse(at)).toBeGreaterThan(from);
			expect(Date.parse(at)).toBeLessThan(until + 60 * 60_000);
		}
	});
});

describe('in the database', () => {
	let database: TestDatabase;
	let cache: MemberCache;
	beforeAll(async () => {
		database = await openTestDatabase();
		cache = new MemberCache(database);
	});
	afterAll(() => database.close());

	it('is loaded once', async () => {
		const api = sampleApi(database);
		expect(await Promise.all([api.loadSample(now), api.loadSample(now)])).toEqual([true, false]);
		expect(await api.loadSample(now)).toBe(false);
		const [counted] = await database.rows(
			sql`select (select count(*) from contact)::int as people, (select count(*) from event)::int as events`
		);
		expect(counted).toEqual(sampleSize);
	}, 30_000);

	it.each(segments.map(({ name, id, rule }) => [name, id, rule] as const))(
		'has people in “%s”, and others',
		async (_, id, rule) => {
			const parsed = parseRule(rule, definitions, id);
			expect(parsed).toMatchObject({ ok: true });
			if (!parsed.ok) return;
			const members = await cache.at(moment);
			const { count } = (await evaluate(parsed.value, members)).and(members.everyone);
			expect(count).toBeGreaterThan(9);
			expect(count).toBeLessThan(sampleSize.people * 0.7);
		}
	);
});
