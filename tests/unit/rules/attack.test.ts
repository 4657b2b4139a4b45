import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactsApi } from '$lib/contacts/queries';
import type { EventType } from '$lib/events/event-type';
import type { Field, FieldType } from '$lib/fields/field';
import { PortableContact, PortableEvent } from '$lib/portable/people';
import { PortableWorkspace } from '$lib/portable/workspace';
import type { Definitions } from '$lib/rules/definitions';
import { compileRule } from '$lib/rules/compile';
import { describeIssues } from '$lib/rules/describe-issue';
import { english } from '$lib/rules/english';
import { explainRule } from '$lib/rules/explain';
import { german } from '$lib/rules/german';
import { families, operatorInfos } from '$lib/rules/operators/families';
import { parseRule } from '$lib/rules/parse';
import { DraftRule, NodeId, rootId } from '$lib/rules/rule';
import { printTyped, readTyped } from '$lib/rules/typed/rule';
import { suggestionsApi } from '$lib/segments/suggestions/queries';
import { sqlOf } from '$lib/segments/sql-of';
import { inline, Sql, sql } from '$lib/sql';
import { openTestDatabase } from '../../fixtures/database';
import { fitting } from '../../fixtures/operator-tests';
import { definitions as usual, moment } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';
import { openOwnServer } from '../../fixtures/postgres';
import { noPostgres } from '../../fixtures/postgres-server';

/** What people might type, paste or send from another device to get out of where text belongs. */
const texts = [
	`'; drop table contact; --`,
	`') or true --`,
	`"; drop table event; --`,
	`\\'; drop table contact; --`,
	`\\`,
	`E'\\''`,
	`$$; drop table contact; $$`,
	`$1`,
	`*/ drop table contact; /*`,
	`'||pg_sleep(10)||'`,
	`{"a": [1}`,
	`{a,"b"}`,
	`%_[a-z]*`,
	`a\u2028b\nc`,
	`__proto__`,
	`constructor`,
	`😀`,
	`\u0301`
];
/** What no Postgres can hold: nobody has it, and whoever asks for it is told or finds nobody. */
const unstorable = [`\0`, `a\0b`, `\ud800`, `b\udfff`];
const long = `${'x'.repeat(100_000)}'`;
const numbers = [NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, -0, 2 ** 63, -(2 ** 63), 2 ** 31];

const types: readonly FieldType[] = ['text', 'email', 'number', 'boolean', 'date', 'datetime'];
const ownFields: Field[] = [
	...types.map((type): Field => ({ id: type, name: type, type })),
	{ id: 'select', name: 'Select', type: 'select' },
	{ id: 'multiselect', name: 'Multi-select', type: 'multiselect' },
	{ id: 'json', name: 'JSON', type: 'json' },
	...texts.map((text): Field => ({ id: text, name: text, type: 'text' }))
];
const ownEvents: EventType[] = texts.map((text) => ({
	id: text,
	name: text,
	properties: [{ id: text, name: text, type: 'text' }]
}));
const named = new Map([...texts, ...unstorable].map((text) => [text, text]));
const definitions: Definitions = {
	fields: new Map([...usual.fields, ...ownFields.map((field) => [field.id, field] as const)]),
	eventTypes: new Map([...usual.eventTypes, ...ownEvents.map((type) => [type.id, type] as const)]),
	tags: named,
	lists: named,
	segments: new Map(
		texts.map((text) => [
			text,
			{ name: text, archived: false, rule: draftOf(is('text', { operator: 'is', value: text })) }
		])
	)
};

/** Each of them has one of the texts wherever there is a place for it. */
const people: NamedPerson[] = texts.map((text, i) => ({
	name: String(i).padStart(2, '0'),
	archived: false,
	fields: {
		...{ text, email: `a@${text}`, select: text.toLowerCase(), multiselect: [text] },
		...{ country: text, city: text, [text]: text, number: i, date: '2024-06-15' },
		json: { [text]: text, list: [text, { [text]: text }] }
	},
	tags: [text],
	lists: [{ id: text, at: moment.now }],
	events: [
		{ type: text, at: moment.now - 1, properties: { [text]: text } },
		{ type: 'email_sent', at: moment.now - 2, properties: { campaign: text } },
		{ type: 'email_clicked', at: moment.now - 1, properties: { campaign: text, link: text } },
		{ type: 'order_placed', at: moment.now - 1, properties: { total: i, order: text } }
	]
}));

type Raw = { readonly kind: string } & Readonly<Record<string, unknown>>;

function is(field: string, test: object, of = 'text'): Raw {
	return { kind: 'field', field, of, test };
}

function draftOf(condition: Raw): DraftRule {
	return { type: 'condition', id: NodeId.parse('a'), condition: fitting(condition) };
}

const itemsAre = (text: string) => [
	{ of: 'text', test: { operator: 'contains', value: text } },
	{ path: text, of: 'text', test: { operator: 'isNot', value: text } }
];

/** Every place of a condition where there can be a text of somebody else's. */
const places: Readonly<Record<string, (text: string) => Raw>> = {
	...Object.fromEntries(
		(['text', 'email', 'select', 'multiselect', 'date', 'datetime'] as const).flatMap((type) => {
			const of = type === 'email' ? 'text' : type;
			return operatorInfos(of, type).map(([operator]) => [
				`${type} ${operator}`,
				(text: string): Raw => ({
					...is(type, { ...everyParameter(text), operator }, of)
				})
			]);
		})
	),
	...Object.fromEntries(
		(['anyItem', 'allItems', 'noItem'] as const).map((operator) => [
			`json ${operator}`,
			(text: string): Raw => is('json', { operator, where: itemsAre(text) }, 'json')
		])
	),
	'json itemCount': (text) => ({
		...is(
			'json',
			{ operator: 'itemCount', count: { operator: 'atLeast', n: 1 }, where: itemsAre(text) },
			'json'
		),
		path: 'list'
	}),
	'a path': (text) => ({ ...is('json', { operator: 'is', value: text }), path: text }),
	'a field’s id': (text) => is(text, { operator: 'hasValue' }),
	'another field': (text) => is('text', { operator: 'is', value: { field: text } }),
	'a kind': (text) => ({ kind: text }),
	'an operator': (text) => is('text', { operator: text, value: 'a' }),
	'a family': (text) => is('text', { operator: 'is', value: 'a' }, text),
	missing: (text) => ({ ...is('text', { operator: 'is', value: 'a' }), missing: text }),
	'a unit': (text) => is('datetime', { operator: 'inLast', n: 1, unit: text }, 'datetime'),
	'a period': (text) => is('date', { operator: 'inPeriod', period: text }, 'date'),
	'an event': (text) => ({ kind: 'event', types: [text], did: true }),
	'several events': (text) => ({ kind: 'event', types: [text, 'order_placed'], did: false }),
	'a property': (text) => ({
		kind: 'event',
		types: [text],
		did: true,
		where: [{ property: text, of: 'text', test: { operator: 'is', value: text } }]
	}),
	'a reference': (text) => ({
		kind: 'event',
		types: ['order_placed'],
		did: true,
		where: [{ property: 'order', of: 'text', test: { operator: 'contains', value: text } }]
	}),
	'a property that is counted': (text) => ({
		...{ kind: 'aggregate', types: [text], function: 'distinct', property: text, of: 'text' },
		test: { operator: 'atLeast', n: 1 }
	}),
	'a function': (text) => ({
		...{ kind: 'aggregate', types: ['order_placed'], function: text, property: 'total' },
		...{ of: 'number', test: { operator: 'moreThan', value: 1 } }
	}),
	'the first event': (text) => ({
		kind: 'first',
		types: [text],
		has: [{ property: text, of: 'text', test: { operator: 'startsWith', value: text } }]
	}),
	'a sequence': (text) => ({
		kind: 'sequence',
		steps: [{ types: ['email_sent'] }, { types: [text], without: { types: [text] } }]
	}),
	'a campaign': (text) => ({
		...{ kind: 'message', did: true, activity: 'sent' },
		emails: { which: 'campaigns', campaigns: [text] }
	}),
	'a link': (text) => ({
		...{ kind: 'message', did: true, activity: 'clicked', emails: { which: 'any' } },
		link: { operator: 'contains', value: text }
	}),
	'a tag': (text) => ({ kind: 'tag', test: { operator: 'anyOf', tags: [text] } }),
	'a list': (text) => ({ kind: 'list', test: { operator: 'inAll', lists: [text] } }),
	'a segment': (text) => ({ kind: 'segment', segment: text, in: true }),
	'a segment entered': (text) => ({
		kind: 'membership',
		segment: text,
		did: false,
		move: 'entered'
	}),
	'a changed field': (text) => ({ kind: 'changed', field: text, did: false, what: 'changed' }),
	'what a field was': (text) => ({
		...{ kind: 'changed', field: 'country', did: true, what: 'was' },
		value: { of: 'text', test: { operator: 'is', value: text } }
	}),
	'a day of the year': (text) => ({
		...{ kind: 'anniversary', field: 'date', of: 'date' },
		test: { operator: 'onDay', day: text }
	}),
	'a country': (text) => ({
		...{ kind: 'place', in: true },
		test: { operator: 'country', values: [text] }
	}),
	'a postcode': (text) => ({
		...{ kind: 'place', in: true },
		test: { operator: 'postcode', values: [text] }
	}),
	'a field of latitudes': (text) => ({
		...{ kind: 'place', in: true },
		test: {
			...{ operator: 'within', km: 1, of: { latitude: 0, longitude: 0 } },
			fields: { latitude: text, longitude: text }
		}
	}),
	'a seed': (text) => ({ kind: 'sample', in: true, seed: text, from: 0, to: 50 }),
	'a reason': (text) => ({ kind: 'suppressed', is: false, reasons: [text] }),
	'a state': (text) => ({ kind: 'consent', channel: text, is: true, state: text })
};

/** All that an operator might take, with the text in each place for one. */
const everyParameter = (text: string) => ({
	...{ value: text, values: [text, 'a'], pattern: text, day: text, from: text, to: text },
	...{ n: 1, near: 1, far: 2, unit: 'day', period: 'today', days: [1], months: [1] },
	count: { operator: 'atLeast', n: 1 }
});

/** Every place of a condition where there can be a number of somebody else's. */
const numberPlaces: Readonly<Record<string, (n: number) => Raw>> = {
	equals: (value) => is('number', { operator: 'equals', value }, 'number'),
	lessThan: (value) => is('number', { operator: 'lessThan', value }, 'number'),
	between: (to) => is('number', { operator: 'between', from: 0, to }, 'number'),
	isNoneOf: (n) => is('number', { operator: 'isNoneOf', values: [n, 1] }, 'number'),
	count: (n) => is('multiselect', countOf(n), 'multiselect'),
	inLast: (n) => is('datetime', { operator: 'inLast', n, unit: 'year' }, 'datetime'),
	inNext: (n) => is('date', { operator: 'inNext', n, unit: 'month' }, 'date'),
	betweenAgo: (far) => is('date', { operator: 'betweenAgo', near: 1, far, unit: 'week' }, 'date'),
	dayOfWeek: (n) => is('date', { operator: 'dayOfWeek', days: [n] }, 'date'),
	'how often': (n) => ({ kind: 'event', types: ['email_sent'], did: true, ...countOf(n) }),
	spend: (value) => ({
		...{ kind: 'purchase', about: 'spend' },
		test: { operator: 'lessThan', value }
	}),
	'an average': (value) => ({
		...{ kind: 'purchase', about: 'average' },
		test: { operator: 'atLeast', value }
	}),
	sends: (sends) => ({
		...{ kind: 'engagement', measure: 'openRate', sends },
		test: { operator: 'atMost', value: 5 }
	}),
	'a rate': (value) => ({
		...{ kind: 'engagement', measure: 'openRate', sends: 5 },
		test: { operator: 'atMost', value }
	}),
	quintiles: (n) => ({ kind: 'engagement', measure: 'rfm', is: true, recency: [n] }),
	periods: (n) => ({
		...{ kind: 'regularly', types: ['email_sent'], times: 1 },
		...{ period: { n, unit: 'year' }, of: 400, active: 1 }
	}),
	'a gap': (n) => ({
		kind: 'sequence',
		steps: [{ types: ['email_sent'] }, { types: ['email_clicked'], within: { n, unit: 'week' } }]
	}),
	kilometres: (km) => ({
		...{ kind: 'place', in: true },
		test: {
			...{ operator: 'within', km, of: { latitude: km, longitude: 0 } },
			fields: { latitude: 'lat', longitude: 'lon' }
		}
	}),
	percent: (to) => ({ kind: 'sample', in: true, seed: 'a', from: 0, to })
};
function countOf(n: number) {
	return { operator: 'count', count: { operator: 'atMost', n } };
}

const databases = [
	{ place: 'in the browser’s Postgres', open: openTestDatabase, skipped: undefined },
	{
		place: `on a server's Postgres (${noPostgres ?? 'there is one'})`,
		open: openOwnServer,
		skipped: noPostgres
	}
];

describe.each(databases)('$place', ({ open, skipped }) => {
	let population: Population;
	let before: unknown;
	beforeAll(async () => {
		if (skipped) return;
		population = await Population.open(await open());
		await population.fill(people, definitions);
		before = await everyTable();
	});
	afterAll(() => population?.close());

	/** Every table, and how many rows there are in it. */
	async function everyTable(): Promise<unknown> {
		const { database } = population;
		const tables = await database.rows<{ name: string }>(
			sql`select table_name::text as name from information_schema.tables where table_schema = current_schema() order by 1`
		);
		const counts = await database.rows(
			sql`select (select count(*) from contact) as contacts, (select count(*) from event) as events, (select count(*) from contact_tag) as tags, (select count(*) from ref) as refs`
		);
		return [tables, counts];
	}

	/** Evaluates what can be evaluated, three ways and as a statement to copy, and says what cannot; never throws. */
	async function attack(condition: Raw): Promise<readonly string[] | undefined> {
		const draft = DraftRule.parse({ ...draftOf(condition), note: JSON.stringify(condition) });
		for (const language of [english, german]) explainRule(draft, definitions, language);
		const rootOf = { type: 'group', id: rootId, match: 'all', children: [draft] } as const;
		const typed = readTyped(printTyped(rootOf, definitions), definitions);
		// As JSON has it, which knows neither −0 nor what is no number.
		expect(typed.ok && typed.value.children).toEqual([
			JSON.parse(JSON.stringify({ ...draft, id: 'root.1' }))
		]);
		const rule = parseRule(draft, definitions);
		if (!rule.ok) {
			expect(describeIssues(rule.error, definitions, english)).not.toEqual([]);
			return;
		}
		const members = await population.byAll(rule.value, moment);
		const copied = [inline(compileRule(rule.value, moment)), sqlOf(rule.value, moment)];
		for (const text of copied) expect(await copy(text)).toEqual(members);
		return members;
	}

	/** The names of those that a statement finds, run as another client would run it. */
	async function copy(text: string): Promise<string[]> {
		const rows = await population.database.rows<{ cno: number }>(
			new Sql([text.replace(/;$/, '')], [])
		);
		return rows.map(({ cno }) => people[cno]!.name).sort();
	}

	test.skipIf(skipped).each(Object.entries(places))('a text stays a text: %s', async (_, place) => {
		for (const text of texts) await attack(place(text));
		for (const text of [...unstorable, long]) await attack(place(text));
		expect(await everyTable()).toEqual(before);
	});

	test.skipIf(skipped)('what nobody can have is an issue, also where it is not to be', async () => {
		for (const text of unstorable)
			for (const place of [
				'text is',
				'text isNoneOf',
				'select isNot',
				'a tag',
				'a reference',
				'a link'
			])
				expect([place, await attack(places[place]!(text))]).toEqual([place, undefined]);
	});

	test.skipIf(skipped)('each text finds who has it and nobody else', async () => {
		for (const [i, text] of texts.entries()) {
			const name = people[i]!.name;
			for (const condition of [
				is('text', { operator: 'is', value: text }),
				is('multiselect', { operator: 'isExactly', values: [text.toLowerCase()] }, 'multiselect'),
				...['a field’s id', 'an event', 'a property', 'a campaign', 'a tag', 'a list'].map(
					(place) => places[place]!(text)
				)
			])
				if (text.trim() !== '') expect([text, await attack(condition)]).toEqual([text, [name]]);
		}
	});

	test.skipIf(skipped).each(Object.entries(numberPlaces))(
		'a number stays a number: %s',
		async (_, place) => {
			for (const n of [...numbers, 10_000, 1000, 0.1, 1e21]) await attack(place(n));
			expect(await everyTable()).toEqual(before);
		}
	);

	test.skipIf(skipped)('a statement to copy means the same where a backslash escapes', async () => {
		const { database } = population;
		await database.script('set standard_conforming_strings = off');
		try {
			for (const place of ['text is', 'text isAnyOf', 'text contains', 'a tag'])
				for (const text of texts) await attackCopied(places[place]!(text));
		} finally {
			await database.script('set standard_conforming_strings = on');
		}
		expect(await everyTable()).toEqual(before);

		async function attackCopied(condition: Raw) {
			const rule = parseRule(draftOf(condition), definitions);
			if (!rule.ok) throw new Error(JSON.stringify(rule.error));
			const members = population.byOracle(rule.value, moment);
			expect(await copy(inline(compileRule(rule.value, moment)))).toEqual(members);
		}
	});

	test.skipIf(skipped)('words that are searched for find what has them, or nothing', async () => {
		const suggestions = suggestionsApi(population.database, population.cache);
		const contacts = contactsApi(population.database, population.cache);
		await suggestions.filledFields(texts);
		const source = { of: 'field', field: 'text', family: 'text' } as const;
		for (const text of [...texts, ...unstorable, long]) {
			const isThere = texts.includes(text);
			const { values } = await suggestions.valueCounts(source, text, undefined, moment);
			expect(values.some(({ value }) => value === text)).toBe(isThere);
			await suggestions.knownValues(source, [text]);
			// Fields and events are those of the workspace, whatever they are called.
			for (const id of texts) {
				const property = { of: 'property', types: [id], property: id, family: 'text' } as const;
				await suggestions.valueCounts(property, text, undefined, moment);
				await suggestions.searchValues(text, [{ ...source, field: id }]);
			}
			const sort = { by: texts[0]!, descending: true };
			const ask = { search: text, sort, offset: 0, limit: 5 };
			const { total } = await contacts.contactPage(ask, moment);
			expect(total).toBeLessThanOrEqual(people.length);
			await contacts.contactsWithEmail(text);
		}
		expect(await everyTable()).toEqual(before);
	});
});

test('a zone that there is not is no zone of a workspace', () => {
	for (const zone of [...texts, ...unstorable, long])
		expect(PortableWorkspace.safeParse({ zone }).success).toBe(false);
});

test('a contact or an event of a file with what no text can have is refused, wherever it stands', () => {
	const at = '2024-06-15T10:00:00Z';
	for (const text of unstorable) {
		for (const contact of [
			{ uid: text },
			{ uid: 'a', email: text },
			{ uid: 'a', fields: { city: text } },
			{ uid: 'a', fields: { [text]: 'a' } },
			{ uid: 'a', tags: [text] },
			{ uid: 'a', consent: { email: text } }
		])
			expect([contact, PortableContact.safeParse(contact).success]).toEqual([contact, false]);
		for (const event of [
			{ id: text },
			{ type: text },
			{ ref: text },
			{ properties: { a: [text] } }
		])
			expect(
				PortableEvent.safeParse({ id: 'a', contact: 'a', type: 'a', at, ...event }).success
			).toBe(false);
	}
});

test('every family of operators is attacked', () => {
	const attacked = Object.keys(places).map((place) => place.split(' ')[0]!);
	const numeric = ['number', 'boolean'];
	expect(
		Object.keys(families).filter((of) => !attacked.includes(of) && !numeric.includes(of))
	).toEqual([]);
});
