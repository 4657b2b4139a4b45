import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Definitions } from '$lib/rules/definitions';
import { describeLint, lintRule } from '$lib/rules/lint';
import { isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { definitions, moment } from '../../fixtures/people';
import {
	randomDefinitions,
	randomMoment,
	randomOfOneThing,
	randomPeople,
	randomRule
} from '../../fixtures/random-rules';

const row = (id: string, condition: { kind: string } & Record<string, unknown>): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftRule => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});
const country = (id: string, operator: string, value = 'CH') =>
	row(id, { kind: 'field', field: 'country', of: 'text', test: { operator, value } });
const vip = (id: string) => row(id, { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const lints = (draft: DraftRule) =>
	lintRule(draft, definitions, moment).map(({ node, type }) => `${node} ${type}`);

test('a rule of which nothing is odd', () => {
	expect(lints(group('root', 'all', country('a', 'is'), vip('b')))).toEqual([]);
});

test('two rows that say the same, whatever their ids and the order of their keys', () => {
	const other = row('b', {
		kind: 'field',
		of: 'text',
		test: { value: 'CH', operator: 'is' },
		field: 'country'
	});
	expect(lints(group('root', 'any', country('a', 'is'), other))).toEqual(['b Duplicate']);
	const twice = group('g', 'all', country('c', 'is'), vip('d'));
	const turned = group('h', 'all', vip('e'), country('f', 'is'));
	expect(lints(group('root', 'any', twice, turned))).toEqual(['h Duplicate']);
});

test('what nobody, and what everybody can meet', () => {
	const both = [country('a', 'is'), country('b', 'isNot')] as const;
	expect(lints(group('root', 'all', ...both))).toEqual(['b Contradiction']);
	expect(lints(group('root', 'any', ...both))).toEqual(['b AlwaysTrue']);
	expect(lints(group('root', 'all', vip('a'), group('b', 'none', vip('c'))))).toEqual([
		'b Contradiction'
	]);
	const everyone = row('b', { kind: 'everyone' });
	expect(lints(group('root', 'any', vip('a'), everyone))).toEqual(['b EveryoneAmongOthers']);
	expect(lints(group('root', 'all', everyone))).toEqual([]);
});

const number = (id: string, operator: string, rest: object) =>
	row(id, { kind: 'field', field: 'score', of: 'number', test: { operator, ...rest } });
const seen = (id: string, test: object) =>
	row(id, { kind: 'field', field: 'seen', of: 'datetime', test });

test('what nobody can meet, of one value', () => {
	const both = (...rows: DraftRule[]) => lints(group('root', 'all', ...rows));
	expect(both(country('a', 'is', 'CH'), country('b', 'is', 'DE'))).toEqual(['b Contradiction']);
	expect(both(country('a', 'is', 'CH'), country('b', 'is', ' ch '))).toEqual([]);
	expect(both(country('a', 'is', 'CH'), country('b', 'startsWith', 'd'))).toEqual([
		'b Contradiction'
	]);
	expect(both(country('a', 'contains', 'x'), country('b', 'contains', 'y'))).toEqual([]);
	expect(
		both(number('a', 'moreThan', { value: 10 }), number('b', 'lessThan', { value: 5 }))
	).toEqual(['b Contradiction']);
	expect(both(number('a', 'atLeast', { value: 5 }), number('b', 'atMost', { value: 5 }))).toEqual(
		[]
	);
	// Not below 5 takes in who has no number; below 5 does not.
	expect(
		both(
			number('a', 'lessThan', { value: 5 }),
			group('b', 'none', number('c', 'atMost', { value: 7 }))
		)
	).toEqual(['b Contradiction']);
	expect(
		both(number('a', 'doesNotEqual', { value: 5 }), number('b', 'isAnyOf', { values: [5] }))
	).toEqual(['b Contradiction']);
	expect(
		both(
			number('a', 'moreThan', { value: { field: 'limit' } }),
			number('b', 'lessThan', { value: 5 })
		)
	).toEqual([]);
	expect(
		both(
			seen('a', { operator: 'inLast', n: 7, unit: 'day' }),
			seen('b', { operator: 'moreThanAgo', n: 1, unit: 'month' })
		)
	).toEqual(['b Contradiction']);
	const subscribed = row('a', {
		kind: 'consent',
		channel: 'email',
		is: true,
		state: 'subscribed'
	});
	const never = row('b', {
		kind: 'field',
		field: 'email_consent',
		of: 'select',
		test: { operator: 'hasNoValue' }
	});
	expect(both(subscribed, never)).toEqual(['b Contradiction']);
	const tagged = (id: string, operator: string, ...tags: string[]) =>
		row(id, { kind: 'tag', test: { operator, tags } });
	expect(both(vip('a'), tagged('b', 'noneOf', 't-vip', 't-new'))).toEqual(['b Contradiction']);
	expect(both(tagged('a', 'anyOf', 't-vip', 't-new'), tagged('b', 'noneOf', 't-vip'))).toEqual([]);
	const imported: Definitions = {
		...definitions,
		tags: new Map([...definitions.tags, ['aB3', 'Imported'], ['xY9', 'Also imported']])
	};
	const two = (...rows: DraftRule[]) =>
		lintRule(group('root', 'all', ...rows), imported, moment).map(({ type }) => type);
	expect(two(tagged('a', 'anyOf', 'aB3'), tagged('b', 'noneOf', 'xY9'))).toEqual([]);
	expect(two(tagged('a', 'anyOf', 'aB3'), tagged('b', 'noneOf', 'aB3'))).toEqual(['Contradiction']);
});

test('rows that leave nothing together, though any two of them do', () => {
	const draft = group(
		'root',
		'all',
		row('a', {
			kind: 'field',
			field: 'country',
			of: 'text',
			test: { operator: 'isAnyOf', values: ['CH', 'DE'] }
		}),
		country('b', 'isNot', 'CH'),
		country('c', 'isNot', 'DE')
	);
	const found = lintRule(draft, definitions, moment);
	expect(found).toEqual([{ type: 'Contradiction', node: 'c', with: ['a', 'b'] }]);
	expect(describeLint(found[0]!, draft, definitions)).toBe(
		'Nobody can meet this and “Country is any of Switzerland or Germany” and “Country is not Switzerland”.'
	);
});

test('what everybody meets, of one value', () => {
	const either = (match: string, ...rows: DraftRule[]) =>
		lintRule(group('root', match, ...rows), definitions, moment);
	const has = row('a', {
		kind: 'field',
		field: 'country',
		of: 'text',
		test: { operator: 'hasValue' }
	});
	const none = country('b', 'isNot');
	expect(either('any', has, none)).toMatchObject([{ type: 'AlwaysTrue', node: 'b', with: ['a'] }]);
	const draft = group('root', 'none', has, none);
	const [left] = lintRule(draft, definitions, moment);
	expect(describeLint(left!, draft, definitions)).toBe(
		'Everybody meets this or “Country has a value”, so nobody is left.'
	);
	// Whoever has no score is neither.
	expect(
		either('any', number('a', 'moreThan', { value: 5 }), number('b', 'atMost', { value: 5 }))
	).toEqual([]);
});

test('an exclusion that guards one branch only', () => {
	const guarded = group('g', 'all', country('a', 'is'), group('no', 'none', vip('b')));
	expect(lints(group('root', 'any', guarded, country('c', 'is', 'DE')))).toEqual([
		'no GuardsOneBranch'
	]);
	expect(lints(group('root', 'all', guarded, country('c', 'is', 'DE')))).toEqual([]);
});

test('an archived segment, and rows that are switched off', () => {
	const segments = new Map(definitions.segments);
	segments.set('old', { name: 'Old', archived: true, rule: vip('x') });
	const archived = row('a', { kind: 'segment', segment: 'old', in: true });
	const found = lintRule(archived, { ...definitions, segments }, moment);
	expect(found).toEqual([{ type: 'ArchivedSegment', node: 'a', segment: 'old' }]);
	expect(describeLint(found[0]!, archived, { ...definitions, segments })).toBe(
		'“Old” is archived. It still counts.'
	);
	const off = { ...country('b', 'isNot'), muted: true };
	expect(lints(group('root', 'all', country('a', 'is'), off))).toEqual([]);
});

test('each lint is a sentence that names what it is about', () => {
	const draft = group('root', 'all', country('a', 'is'), country('b', 'isNot'));
	const [lint] = lintRule(draft, definitions, moment);
	expect(describeLint(lint!, draft, definitions)).toBe(
		'Nobody can meet this and “Country is Switzerland”.'
	);
});

test('of any rows about one thing: nobody meets a contradiction, and everybody what is always true', () => {
	const found = { Contradiction: 0, AlwaysTrue: 0 };
	let seen = 0;
	fc.assert(
		fc.property(
			randomPeople,
			fc.array(randomOfOneThing, { minLength: 30, maxLength: 30 }),
			(people, each) => {
				for (const rows of each)
					for (const match of ['all', 'any', 'none']) {
						const draft = group(
							'top',
							match,
							...rows.map(({ negated, condition }, i) =>
								negated ? group(`n${i}`, 'none', row(`r${i}`, condition)) : row(`r${i}`, condition)
							)
						);
						const lint = lintRule(draft, randomDefinitions, randomMoment).find(
							({ type }) => type === 'Contradiction' || type === 'AlwaysTrue'
						);
						if (lint?.type !== 'Contradiction' && lint?.type !== 'AlwaysTrue') continue;
						found[lint.type]++;
						const rule = parseRule(draft, randomDefinitions);
						if (!rule.ok) throw new Error(JSON.stringify(rule.error));
						for (const person of people) {
							if (person.archived) continue;
							const whole = {
								uid: person.name,
								suppressions: [],
								changes: [],
								moves: [],
								...person
							};
							expect(isMember(rule.value, whole, randomMoment)).toBe(match === 'any');
							seen++;
						}
					}
			}
		),
		{ numRuns: 60, seed: 7 }
	);
	expect(found.Contradiction).toBeGreaterThan(200);
	expect(found.AlwaysTrue).toBeGreaterThan(200);
	expect(seen).toBeGreaterThan(5000);
});

test('of any rule: a contradiction has no members, and what is always true leaves nobody out', () => {
	let seen = 0;
	const turned = fc.tuple(randomRule, fc.constantFrom('all', 'any')).map(([rule, match]) => {
		const first = rule.type === 'group' ? rule.children[0]! : rule;
		const copy = JSON.parse(JSON.stringify(first)) as DraftRule;
		return group('top', match, copy, group('not', 'none', { ...copy, id: NodeId.parse('copy') }));
	});
	fc.assert(
		fc.property(randomPeople, turned, (people, draft) => {
			const rule = parseRule(draft, randomDefinitions);
			if (!rule.ok) return;
			const lint = lintRule(draft, randomDefinitions, randomMoment).find(
				({ node }) => node === 'not'
			);
			expect(lint?.type).toBe(
				draft.type === 'group' && draft.match === 'all' ? 'Contradiction' : 'AlwaysTrue'
			);
			for (const person of people) {
				if (person.archived) continue;
				const whole = { uid: person.name, suppressions: [], changes: [], moves: [], ...person };
				expect(isMember(rule.value, whole, randomMoment)).toBe(lint?.type === 'AlwaysTrue');
				seen++;
			}
		}),
		{ numRuns: 200, seed: 11 }
	);
	expect(seen).toBeGreaterThan(300);
});
