import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeLint, lintRule } from '$lib/rules/lint';
import { isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { definitions } from '../../fixtures/people';
import {
	randomDefinitions,
	randomMoment,
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
	lintRule(draft, definitions).map(({ node, type }) => `${node} ${type}`);

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
	const found = lintRule(archived, { ...definitions, segments });
	expect(found).toEqual([{ type: 'ArchivedSegment', node: 'a', segment: 'old' }]);
	expect(describeLint(found[0]!, archived, { ...definitions, segments })).toBe(
		'“Old” is archived. It still counts.'
	);
	const off = { ...country('b', 'isNot'), muted: true };
	expect(lints(group('root', 'all', country('a', 'is'), off))).toEqual([]);
});

test('each lint is a sentence that names what it is about', () => {
	const draft = group('root', 'all', country('a', 'is'), country('b', 'isNot'));
	const [lint] = lintRule(draft, definitions);
	expect(describeLint(lint!, draft, definitions)).toBe(
		'Nobody can meet this and “Country is Switzerland”.'
	);
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
			const lint = lintRule(draft, randomDefinitions).find(({ node }) => node === 'not');
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
