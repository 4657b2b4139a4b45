import { describe, expect, test } from 'vitest';
import type { Definitions } from '$lib/rules/definitions';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { completionsOf, describeTypedIssue } from '$lib/rules/typed/issue';
import { printTyped, readTyped } from '$lib/rules/typed/rule';
import { definitions as people } from '../../../fixtures/people';

const definitions: Definitions = {
	...people,
	segments: new Map([
		...people.segments,
		['s-week', { name: 'Contacted this week', archived: false, rule: undefined }]
	])
};

function read(text: string): DraftGroup {
	const rule = readTyped(text, definitions);
	if (!rule.ok) throw new Error(describeTypedIssue(rule.error));
	return rule.value;
}

function issueIn(text: string) {
	const rule = readTyped(text, definitions);
	if (rule.ok) throw new Error(`“${text}” is read as ${JSON.stringify(rule.value)}`);
	return rule.error;
}

/** The conditions of a flat rule. */
const conditionsIn = (text: string) =>
	read(text).children.map((child) => child.type === 'condition' && child.condition);

const group = (match: string, ...children: readonly DraftRule[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match,
	children
});
const leaf = (condition: { kind: string } & Record<string, unknown>): DraftRule => ({
	type: 'condition',
	id: NodeId.parse('a'),
	condition
});

/** `all(any(a, b), a)`, by the names of fields. */
function shape(node: DraftRule): string {
	if (node.type === 'condition') return String(node.condition.field ?? node.condition.kind);
	return `${node.match}(${node.children.map(shape).join(', ')})`;
}

test('a rule reads as a sentence does', () => {
	const text =
		'country is any of CH, DE and ordered at least 2 times in the last 90 days where total > 50 and not in segment "Contacted this week"';
	expect(read(text)).toEqual({
		type: 'group',
		id: 'root',
		match: 'all',
		children: [
			{
				type: 'condition',
				id: 'root.1',
				condition: {
					kind: 'field',
					field: 'country',
					of: 'text',
					test: { operator: 'isAnyOf', values: ['CH', 'DE'] }
				}
			},
			{
				type: 'condition',
				id: 'root.2',
				condition: {
					kind: 'purchase',
					about: 'orders',
					test: { operator: 'atLeast', n: 2 },
					window: { operator: 'inLast', n: 90, unit: 'day' },
					where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 50 } }]
				}
			},
			{
				type: 'condition',
				id: 'root.3',
				condition: { kind: 'segment', segment: 's-week', in: false }
			}
		]
	});
	expect(printTyped(read(text), definitions)).toBe(
		'Country is any of CH, DE and ordered at least 2 times in the last 90 days where Total > 50 and not in segment "Contacted this week"'
	);
});

describe('groups', () => {
	test.each([
		['vip is true', 'all(vip)'],
		['vip is true and city is Bern', 'all(vip, city)'],
		['vip is true or city is Bern', 'any(vip, city)'],
		['vip is true and (city is Bern or city is Basel)', 'all(vip, any(city, city))'],
		['(vip is true or city is Bern)', 'any(vip, city)'],
		['none of (vip is true or city is Bern)', 'none(vip, city)'],
		['none of (vip is true and city is Bern)', 'none(all(vip, city))'],
		['all of (vip is true or city is Bern)', 'all(any(vip, city))'],
		['vip is true and none of (city is Bern)', 'all(vip, none(city))'],
		['any of ((vip is true))', 'any(all(vip))'],
		['all of ()', 'all()'],
		['VIP IS TRUE\n\tAND City IS "bern"', 'all(vip, city)']
	])('%s', (text, expected) => {
		expect(shape(read(text))).toBe(expected);
	});
});

test('what is switched off and what people noted is kept', () => {
	const text = 'VIP is true [off] and (City is Bern or City is Basel) ["both \\"B\\""] [off]';
	expect(read(text).children).toMatchObject([
		{ muted: true },
		{ muted: true, note: 'both "B"', match: 'any' }
	]);
	expect(read(printTyped(read(text), definitions))).toEqual(read(text));
});

test('names are read with or without quotes, by id, and in any capitals', () => {
	for (const name of ['first name', '"First name"', 'FIRST NAME', '#first_name'])
		expect(conditionsIn(`${name} is Ada`)).toMatchObject([{ field: 'first_name' }]);
	expect(conditionsIn('did "Opened email", placed order')).toMatchObject([
		{ types: ['email_opened', 'order_placed'] }
	]);
});

test('countries are known by their names', () => {
	expect(
		conditionsIn(
			'country is any of Switzerland, new zealand, "Vereinigtes Königreich", AT, ostmark'
		)
	).toMatchObject([{ test: { values: ['CH', 'NZ', 'GB', 'AT', 'ostmark'] } }]);
	expect(conditionsIn('country is "ch"')).toMatchObject([{ test: { value: 'ch' } }]);
});

test('operators may be called as other tools call them', () => {
	expect(conditionsIn('score >= 5 and score at least 5 and score ≥ 5')).toEqual(
		Array(3).fill({
			kind: 'field',
			field: 'score',
			of: 'number',
			test: { operator: 'atLeast', value: 5 }
		})
	);
	expect(conditionsIn('city exists and plan is Gold and tagged vip')).toMatchObject([
		{ test: { operator: 'hasValue' } },
		{ test: { operator: 'is', value: 'gold' } },
		{ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } }
	]);
});

describe('what is said in other words is printed in the words there are', () => {
	test.each([
		[
			'country is CH and ordered twice in 90 days',
			'Country is CH and ordered exactly 2 times in the last 90 days'
		],
		['ordered once', 'ordered exactly 1 time'],
		['ordered 5 times', 'ordered exactly 5 times'],
		['ordered more than once in the past 30 days', 'ordered more than 1 time in the last 30 days'],
		['did placed order at least twice', 'did "Placed order" at least 2 times'],
		['email opened 3 times in 2 weeks', 'email opened exactly 3 times in the last 2 weeks'],
		['has 2 tags', 'has exactly 2 tags'],
		['country is Germany or France', 'Country is any of DE, FR'],
		['country is one of Germany, France', 'Country is any of DE, FR'],
		['country is one of Germany, France or New Zealand', 'Country is any of DE, FR, NZ'],
		['country in (Brazil, Canada)', 'Country is any of BR, CA'],
		['country not in (Brazil, Canada)', 'Country is none of BR, CA'],
		['country is none of Germany or France', 'Country is none of DE, FR'],
		['score is 5 or 6,5', 'Score is any of 5, 6.5'],
		['plan is free or gold', 'Plan is any of Free, Gold'],
		['city is Bern or "vip"', 'City is any of Bern, vip'],
		['tagged vip or new', 'tagged any of vip, new'],
		['has tag vip', 'tagged any of vip'],
		['does not have the tag vip', 'tagged none of vip'],
		['score > 15,5', 'Score > 15.5'],
		['score between 1,5 and 0,125', 'Score between 1.5 and 0.125'],
		['score > 1234,567', 'Score > 1234.567'],
		['ordered where total > 15,5', 'ordered where Total > 15.5'],
		['subscribed', 'subscribed to email'],
		['not subscribed and vip is true', 'not subscribed to email and VIP is true'],
		['is unsubscribed in the last 30 days', 'unsubscribed from email in the last 30 days']
	])('%s', (text, printed) => {
		const said = printTyped(read(text), definitions);
		expect(said.replace('"Placed order"', 'Placed order')).toBe(
			printed.replace('"Placed order"', 'Placed order')
		);
		expect(read(said)).toEqual(read(text));
	});
});

test('values after “or” belong to the condition before them, and only where no condition begins', () => {
	const cases = [
		['country is Germany or France and vip is true', 'all(country, vip)'],
		['vip is true and country is Germany or France', 'all(vip, country)'],
		['country is Germany or France or vip is true', 'any(country, vip)'],
		['vip is true and (country is Germany or France)', 'all(vip, country)'],
		['none of (country is Germany or France)', 'none(country)'],
		['city is Bern or ordered', 'any(city, purchase)'],
		['city is Bern or city is Basel', 'any(city, city)'],
		['city is Bern or everyone', 'any(city, everyone)'],
		['vip is true or subscribed', 'any(vip, consent)']
	] as const;
	for (const [text, expected] of cases) expect([text, shape(read(text))]).toEqual([text, expected]);
});

describe('what may be meant in two ways is not read', () => {
	test.each([
		['country is not Germany or France', '“is none of …, …”'],
		['city is Bern or vip', 'a value in quotes'],
		['city is Bern or subscribed', 'a value in quotes'],
		['country is Germany or France [off]', '“[”'],
		['score > 1,000', 'in one way only'],
		['score > 1.500', 'in one way only'],
		['score > 1.000,5', 'in one way only'],
		['score = 1,5,6', '“,”'],
		['has tag vip, new', '“,”'],
		['in order (placed order then opened email) in 30 days', '“30”']
	])('%s', (text, said) => {
		expect(describeTypedIssue(issueIn(text))).toContain(said);
	});

	test('“subscribed”, where a field is called so', () => {
		const field = { id: 'own', name: 'Subscribed', type: 'boolean' } as const;
		const own = { ...definitions, fields: new Map([...definitions.fields, ['own', field]]) };
		expect(readTyped('subscribed is true', own)).toMatchObject({
			value: { children: [{ condition: { kind: 'field', field: 'own' } }] }
		});
		const bare = readTyped('subscribed', own);
		expect(!bare.ok && describeTypedIssue(bare.error)).toContain(
			'“subscribed to email”, or more about the field “Subscribed”'
		);
	});
});

test('numbers of a list stand between commas', () => {
	expect(conditionsIn('score is any of 1,5')).toMatchObject([{ test: { values: [1, 5] } }]);
	expect(conditionsIn('score in (1, 5)')).toMatchObject([{ test: { values: [1, 5] } }]);
});

test('several filters stand in brackets, so that what follows them is a condition', () => {
	expect(
		conditionsIn('did placed order where (total > 5 and currency is CHF) and country is CH')
	).toMatchObject([
		{ where: [{ property: 'total' }, { property: 'currency' }] },
		{ kind: 'field' }
	]);
});

test('parts of JSON values are reached by a path, items of lists asked about together', () => {
	expect(
		conditionsIn(
			'profile at address.city is Bern and profile at age > 30 and profile has any item where (sku is A and price as number = 5)'
		)
	).toMatchObject([
		{ field: 'profile', path: 'address.city', of: 'text', test: { operator: 'is', value: 'Bern' } },
		{ path: 'age', of: 'number', test: { operator: 'moreThan', value: 30 } },
		{
			of: 'json',
			test: {
				operator: 'anyItem',
				where: [
					{ path: 'sku', of: 'text', test: { operator: 'is', value: 'A' } },
					{ path: 'price', of: 'number', test: { operator: 'equals', value: 5 } }
				]
			}
		}
	]);
});

test('a part of a JSON value is compared as what is said, else as the first that makes sense of it', () => {
	const said = (text: string) => {
		const [condition] = conditionsIn(text);
		return condition && { of: condition.of, test: condition.test };
	};
	const cases = [
		['= 5', 'number', { operator: 'equals', value: 5 }],
		['is 5', 'number', { operator: 'equals', value: 5 }],
		['is any of 5, 6', 'number', { operator: 'isAnyOf', values: [5, 6] }],
		['is any of 5, Bern', 'text', { operator: 'isAnyOf', values: ['5', 'Bern'] }],
		['is "5"', 'text', { operator: 'is', value: '5' }],
		['is Bern', 'text', { operator: 'is', value: 'Bern' }],
		['is true', 'boolean', { operator: 'isTrue' }],
		['is 2024-06-15', 'date', { operator: 'on', day: '2024-06-15' }],
		['in the last 3 hours', 'datetime', { operator: 'inLast', n: 3, unit: 'hour' }],
		['as text is 5', 'text', { operator: 'is', value: '5' }],
		['as text has a value', 'text', { operator: 'hasValue' }],
		['as number has no value', 'number', { operator: 'hasNoValue' }],
		['as JSON has a value', 'json', { operator: 'hasValue' }]
	] as const;
	for (const [text, of, test] of cases)
		expect([text, said(`profile at a ${text}`)]).toEqual([text, { of, test }]);
	for (const text of ['is Bern', 'as text is 5', 'as number > 5', 'as text has a value'])
		expect(printTyped(read(`profile at a ${text}`), definitions)).toBe(`Profile at a ${text}`);
});

test('that a part of a JSON value is there is said as what', () => {
	for (const text of [
		'profile at a has a value',
		'profile at a is not empty',
		'profile has any item where sku has no value'
	])
		expect(describeTypedIssue(issueIn(text))).toContain('“as number”');
	expect(conditionsIn('profile has a value')).toMatchObject([{ of: 'json' }]);
});

test('what has no words is JSON, and stays as it is', () => {
	const newer = { kind: 'telepathy', strength: { most: 3 }, list: ['}', '"'] };
	const unfinished = { kind: 'field', field: 'city', of: 'text', test: { operator: 'isAnyOf' } };
	const clash = { kind: 'field', field: 'score', of: 'text', test: { operator: 'is', value: 'a' } };
	const gone = {
		kind: 'field',
		field: 'gone',
		of: 'text',
		test: { operator: 'is', value: 'a' }
	};
	const rule = group('any', ...[newer, unfinished, clash, gone].map(leaf));
	const text = printTyped(rule, definitions);
	expect(read(text).children.map((child) => 'condition' in child && child.condition)).toEqual([
		newer,
		unfinished,
		clash,
		gone
	]);
});

test('what was deleted is said by its id', () => {
	const rule = group('all', leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-gone'] } }));
	const text = printTyped(rule, definitions);
	expect(text).toBe('tagged any of #t-gone');
	expect(conditionsIn(text)).toEqual([
		{ kind: 'tag', test: { operator: 'anyOf', tags: ['t-gone'] } }
	]);
});

test('a match that nobody here knows is kept', () => {
	const rule = group('most', leaf({ kind: 'everyone' }));
	expect(printTyped(rule, definitions)).toBe('"most" of (everyone)');
	expect(read('"most" of (everyone)').match).toBe('most');
});

describe('what cannot be read says where, and what could stand there', () => {
	test.each([
		['', 'Line 1, character 1: expected', 'but found the end.'],
		['country is any of CH, and vip is true', 'character 23: expected a value', '“and”'],
		[
			'country is CH and vip is true or city is Bern',
			'character 31: expected “and”, or brackets',
			'“or”'
		],
		['country equls CH', 'character 9: expected', '“equls”'],
		['did placed order in the last 90 dayz', 'character 33: expected “minute”', '“dayz”'],
		['vip is true\nand cuty is Bern', 'Line 2, character 5: expected', '“cuty”'],
		['vip is true and (city is Bern', 'character 30: expected', 'the end'],
		['tagged any of gone', 'character 15: expected a tag', '“gone”'],
		['score > many', 'character 9: expected “field” or a number', '“many”'],
		['city is New York', 'character 13: expected', '“York”'],
		['{"no":"kind"}', 'a condition as JSON, with its "kind"', '{"no":"kind"}'],
		['score is any of 1,000', 'character 19: expected a number', '“000”'],
		['city is "Bern', 'character 9: expected', '“"Bern”']
	])('%j', (text, where, found) => {
		const said = describeTypedIssue(issueIn(text));
		expect(said).toContain(where);
		expect(said).toContain(found);
	});

	test('brackets without end or bottom are no trouble', () => {
		expect(issueIn('('.repeat(50_000)).expected.length).toBeGreaterThan(0);
		expect(
			issueIn(`${'none of ('.repeat(500)}everyone${')'.repeat(500)}`).token.from
		).toBeGreaterThan(0);
	});
});

test('what can be typed next is what fits what is there already', () => {
	expect(completionsOf(issueIn('tagged any of '))).toEqual(['vip', 'new', 'old']);
	expect(completionsOf(issueIn('tagged any of n'))).toEqual(['new']);
	expect(completionsOf(issueIn('country is CH an'))).toEqual(['and']);
	for (const begun of ['con', '"Con', 'contacted th'])
		expect(completionsOf(issueIn(`in segment ${begun}`))).toEqual(['"Contacted this week"']);
	expect(completionsOf(issueIn('in segment '))).toContain('"Contacted this week"');
});

test('a name that others begin with stands in quotes', () => {
	const coffee: Definitions = {
		...definitions,
		tags: new Map([
			['c', 'Coffee'],
			['ct', 'Coffee or tea']
		]),
		fields: new Map([
			['tea', { id: 'tea', name: 'tea', type: 'boolean' }],
			[
				'drink',
				{
					...{ id: 'drink', name: 'Drink', type: 'select' },
					options: [
						{ id: 'c', name: 'Coffee' },
						{ id: 'ct', name: 'Coffee or tea' }
					]
				}
			]
		])
	};
	const rule = group(
		'any',
		leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['c'] } }),
		leaf({ kind: 'field', field: 'tea', of: 'boolean', test: { operator: 'isTrue' } }),
		leaf({ kind: 'field', field: 'drink', of: 'select', test: { operator: 'is', value: 'c' } }),
		leaf({ kind: 'field', field: 'tea', of: 'boolean', test: { operator: 'isFalse' } })
	);
	const text = printTyped(rule, coffee);
	expect(text).toBe('tagged any of "Coffee" or tea is true or Drink is "Coffee" or tea is false');
	const again = readTyped(text, coffee);
	expect(again.ok && printTyped(again.value, coffee)).toBe(text);
});
