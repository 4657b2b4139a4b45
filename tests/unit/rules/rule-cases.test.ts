import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventType } from '$lib/events/event-type';
import { standardFields, type Field, type FieldType } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { openTestDatabase } from '../../fixtures/database';
import cases from '../../fixtures/rule-cases.json';
import { Population, type NamedPerson } from '../../fixtures/population';
import { openOwnServer } from '../../fixtures/postgres';
import { noPostgres } from '../../fixtures/postgres-server';

/** The neutral grammar of `rule-cases.json`, translated into ours. */
type Neutral = Record<string, unknown>;
interface Case {
	readonly id: string;
	readonly name: string;
	readonly now: string;
	readonly contacts: readonly {
		id: string;
		fields: Record<string, unknown>;
		tags: string[];
		lists: string[];
	}[];
	readonly events: readonly {
		contact: string;
		type: string;
		at: string;
		properties: Record<string, unknown>;
	}[];
	readonly rule: Neutral;
	readonly segments?: Record<string, { rule: Neutral }>;
	readonly expected: readonly string[];
}

const all = cases.cases as unknown as Case[];

test('there are 39 cases', () => expect(all).toHaveLength(39));

const places = [
	{ place: 'in the browser’s Postgres', open: openTestDatabase, skipped: undefined },
	{
		place: `on a server's Postgres (${noPostgres ?? 'there is one'})`,
		open: openOwnServer,
		skipped: noPostgres
	}
];

describe.each(places)('$place', ({ open, skipped }) => {
	let population: Population;
	beforeAll(async () => {
		if (!skipped) population = await Population.open(await open());
	});
	afterAll(() => population?.close());

	test.skipIf(skipped).each(all)(
		'$id $name: the expected members in SQL, as bitmaps and by the plain evaluator',
		async (one) => {
			const { draft, people, definitions, moment } = translate(one);
			await population.fill(people, definitions);
			const rule = parseRule(draft, definitions);
			if (!rule.ok) throw new Error(JSON.stringify(rule.error));
			const expected = [...one.expected].sort();
			expect(population.byOracle(rule.value, moment)).toEqual(expected);
			expect(await population.bySql(rule.value, moment)).toEqual(expected);
			expect(await population.byBitmap(rule.value, moment)).toEqual(expected);
		}
	);
});

function translate(one: Case) {
	const fields = new Map<string, Field>(standardFields.map((field) => [field.id, field]));
	for (const { fields: values } of one.contacts)
		for (const [id, value] of Object.entries(values))
			if (!fields.has(id) && value !== null && value !== '')
				fields.set(id, { id, name: id, type: typeOf(value) });
	const asked = JSON.stringify([one.rule, one.segments ?? {}]);
	for (const [, id] of asked.matchAll(/"field":"(\w+)","op":"(?:eq|neq|contains)"/g))
		if (!fields.has(id!)) fields.set(id!, { id: id!, name: id!, type: 'text' });

	const eventTypes = new Map<string, EventType>();
	const learn = (type: string, properties: Record<string, unknown>) => {
		const known = eventTypes.get(type) ?? { id: type, name: type, properties: [] };
		const added = Object.entries(properties)
			.filter(([id]) => !known.properties.some((property) => property.id === id))
			.map(([id, value]) => ({ id, name: id, type: typeOf(value) }));
		eventTypes.set(type, { ...known, properties: [...known.properties, ...added] });
	};
	for (const { type, properties } of one.events) learn(type, properties);
	for (const [, type] of asked.matchAll(/"event":"(\w+)"/g)) learn(type!, {});

	const ids = new Map<string, string>();
	const named = (prefix: string) => (id: string) => {
		ids.set(`${prefix} ${id}`, id);
		return id;
	};
	const tag = named('tag');
	const list = named('list');
	const people: NamedPerson[] = one.contacts.map(({ id, fields, tags, lists }) => ({
		name: id,
		archived: false,
		fields,
		tags: tags.map(tag),
		lists: lists.map((id) => ({ id: list(id), at: 0 })),
		events: one.events
			.filter(({ contact }) => contact === id)
			.map(({ type, at, properties }) => ({ type, at: Date.parse(at), properties }))
	}));

	let nodes = 0;
	const nodeId = () => NodeId.parse(`n${nodes++}`);
	let zone = 'UTC';
	const condition = (condition: Neutral & { kind: string }): DraftRule => ({
		type: 'condition',
		id: nodeId(),
		condition
	});
	const group = (match: string, children: Neutral[]): DraftRule => ({
		type: 'group',
		id: nodeId(),
		match,
		children: children.map(read)
	});

	function read(rule: Neutral): DraftRule {
		if (rule.all) return group('all', rule.all as Neutral[]);
		if (rule.any) return group('any', rule.any as Neutral[]);
		if (rule.not) return group('none', [rule.not as Neutral]);
		if (rule.tag)
			return condition({ kind: 'tag', test: { operator: 'anyOf', tags: [tag(String(rule.tag))] } });
		if (rule.list)
			return condition({
				kind: 'list',
				test: { operator: 'inAny', lists: [list(String(rule.list))] }
			});
		if (rule.segment) return condition({ kind: 'segment', segment: rule.segment, in: true });
		if (rule.tz) zone = String(rule.tz);
		if (rule.field) {
			const { field, op, value, missing } = rule as {
				field: string;
				op: string;
				value: unknown;
				missing?: string;
			};
			const type = fields.get(field)!.type;
			if (op === 'anniversary')
				return condition({ kind: 'anniversary', field, of: type, test: anniversaryOf(value) });
			return condition({
				kind: 'field',
				field,
				of: type,
				test: testOf(type, op, value),
				...(missing ? { missing } : {})
			});
		}
		if (rule.sequence) {
			const steps = rule.sequence as { event: string }[];
			return condition({
				kind: 'sequence',
				steps: steps.map(({ event }, i) => ({
					types: [event],
					...(i > 0 ? { within: rule.maxGap } : {})
				}))
			});
		}
		if (rule.aggregate) {
			const { fn, property, op, value } = rule.aggregate as Record<string, string>;
			return condition({
				kind: 'aggregate',
				types: [rule.event],
				function: fn,
				property,
				of: 'number',
				test: { operator: { gte: 'atLeast', lt: 'lessThan' }[op!], value },
				...(rule.within ? { window: windowOf(rule.within as Neutral) } : {})
			});
		}
		const { event, did, count, within, properties } = rule as {
			event: string;
			did: boolean;
			count?: { op: string; n: number };
			within?: Neutral;
			properties?: { field: string; op: string; value: unknown }[];
		};
		return condition({
			kind: 'event',
			types: [event],
			did,
			...(count ? { count: { operator: counts[count.op], n: count.n } } : {}),
			...(within ? { window: windowOf(within) } : {}),
			...(properties
				? {
						where: properties.map(({ field, op, value }) => {
							const known = eventTypes.get(event)!.properties.find(({ id }) => id === field);
							if (!known) learn(event, { [field]: value });
							const type = known?.type ?? typeOf(value);
							return { property: field, of: type, test: testOf(type, op, value) };
						})
					}
				: {})
		});
	}

	function windowOf(within: Neutral): Neutral {
		if (within.tz) zone = String(within.tz);
		if (within.between) {
			const [from, to] = within.between as [string, string];
			return { operator: 'between', from, to };
		}
		if (within.calendar === 'today') return { operator: 'inPeriod', period: 'today' };
		const calendar = within.calendar as { last: number; unit: string } | undefined;
		return calendar
			? { operator: 'inLastCalendar', n: calendar.last, unit: calendar.unit }
			: { operator: 'inLast', n: within.last, unit: within.unit };
	}

	const draft = read(one.rule);
	const segments = new Map(
		Object.entries(one.segments ?? {}).map(([id, { rule }]) => [
			id,
			{ name: id, archived: false, rule: read(rule) }
		])
	);
	const namesOf = (prefix: string) =>
		new Map([...ids].filter(([key]) => key.startsWith(prefix)).map(([, id]) => [id, id]));
	const definitions: Definitions = {
		fields,
		eventTypes,
		tags: namesOf('tag'),
		lists: namesOf('list'),
		segments
	};
	return { draft, people, definitions, moment: { now: Date.parse(one.now), zone, weekStart: 1 } };
}

const anniversaryOf = (value: unknown): Neutral =>
	value === 'today'
		? { operator: 'today' }
		: { operator: 'inNext', days: (value as { next: number }).next };

const counts: Record<string, string> = { gte: 'atLeast', lte: 'atMost', eq: 'exactly' };

function typeOf(value: unknown): FieldType {
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? 'date' : 'text';
}

function testOf(type: FieldType, op: string, value: unknown): Neutral {
	if (type === 'boolean')
		return {
			operator: op === 'eq' ? (value ? 'isTrue' : 'isFalse') : value ? 'isNotTrue' : 'isNotFalse'
		};
	if (op === 'on') return { operator: 'inPeriod', period: value };
	if (op === 'between' || op === 'not_between') {
		const [from, to] = value as [number, number];
		return { operator: op === 'between' ? 'between' : 'notBetween', from, to };
	}
	if (op === 'not_regex') return { operator: 'doesNotMatch', pattern: value };
	if (op === 'not_in') return { operator: 'isNoneOf', values: value };
	const names: Record<string, string> =
		type === 'number'
			? { eq: 'equals', neq: 'doesNotEqual', lt: 'lessThan' }
			: { eq: 'is', neq: 'isNot', contains: 'contains', ends_with: 'endsWith' };
	return { operator: names[op]!, value };
}
