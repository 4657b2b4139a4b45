import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInEventTypes } from '$lib/events/event-type';
import { comparable, type FieldValue } from '$lib/fields/value';
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
		// As text: comparing 24,000 objects one by one takes seconds.
		expect(
			JSON.stringify(generateSample({ now, seed: 1 })) === JSON.stringify({ people, events })
		).toBe(true);
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
		const wrong = events.filter(({ at, cno }) => {
			const instant = Date.parse(at);
			// A cart is filled up to fifty minutes before the order that makes its owner known.
			const begin = Math.max(now - year, people[cno]!.createdAt - 60 * 60_000);
			return instant <= begin || instant > now;
		});
		expect(wrong).toEqual([]);
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
		const isRight = ([id, value]: [string, FieldValue]) => {
			const { type, options } = fields.get(id)!;
			const isOption = (chosen: unknown) => !options || options.some(({ id }) => id === chosen);
			return comparable(value, type) !== undefined && [value].flat().every(isOption);
		};
		const wrong = people.flatMap(({ values }) => Object.entries(values)).filter((v) => !isRight(v));
		expect(wrong).toEqual([]);
	});

	it('has orders and carts of items, which come to their total', () => {
		const sold = events.filter(({ type }) => /^(order_placed|cart_added)$/.test(type));
		expect(sold.length).toBeGreaterThan(1_000);
		const wrong = sold.filter(({ properties: { items, total } }) => {
			if (comparable(items, 'json') === undefined) return true;
			const sums = (items as { price: number; quantity: number }[]).map(
				({ price, quantity }) => price * quantity
			);
			return (
				sums.some((sum) => sum <= 0) ||
				Math.abs(sums.reduce((a, b) => a + b) - Number(total)) > 0.001
			);
		});
		expect(wrong).toEqual([]);
	});

	it('has no email to people who did not want any at the time', () => {
		const unwanted = events.filter(({ type, at, cno }) => {
			if (type !== 'email_sent') return false;
			const { from, until = Infinity } = people[cno]!.subscribed!;
			return Date.parse(at) <= from || Date.parse(at) >= until + 60 * 60_000;
		});
		expect(unwanted).toEqual([]);
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
		const told: number[] = [];
		const api = sampleApi(database, (news) => {
			if (news.type === 'progress' && news.total) told.push(news.done / news.total);
		});
		expect(await Promise.all([api.loadSample(now), api.loadSample(now)])).toEqual([true, false]);
		expect(told.at(-1)).toBe(1);
		const before = told.length;
		expect(await api.loadSample(now)).toBe(false);
		expect(told).toHaveLength(before);
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
