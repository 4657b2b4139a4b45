import { describe, expect, test } from 'vitest';
import { describeIssue, describeIssues } from '$lib/rules/describe-issue';
import { english } from '$lib/rules/english';
import type { Definitions } from '$lib/rules/definitions';
import { parseRule, readRule } from '$lib/rules/parse';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { definitions } from '../../fixtures/people';

const id = (text: string) => NodeId.parse(text);
const condition = (node: string, condition: Record<string, unknown>, muted = false): DraftRule => ({
	type: 'condition',
	id: id(node),
	condition: { kind: '', ...condition },
	muted
});
const group = (node: string, match: string, children: DraftRule[], muted = false): DraftRule => ({
	type: 'group',
	id: id(node),
	match,
	children,
	muted
});
const everyone = (node: string, muted = false) => condition(node, { kind: 'everyone' }, muted);
const inSegment = (segment: string) => condition('s', { kind: 'segment', segment, in: true });

const issues = (draft: DraftRule, given: Definitions = definitions, self?: string) => {
	const rule = parseRule(draft, given, self);
	return rule.ok ? [] : rule.error;
};
const types = (draft: DraftRule, given?: Definitions, self?: string) =>
	issues(draft, given, self).map(({ node, type }) => `${node} ${type}`);

describe('what blocks a draft', () => {
	test('all issues at once, each with its node', () => {
		const draft = group('root', 'all', [
			group('empty', 'any', []),
			group('odd', 'some', [everyone('a')]),
			condition('new', { kind: 'telepathy' }),
			condition('half', {
				kind: 'field',
				field: 'country',
				of: 'text',
				test: { operator: 'is', value: '' }
			}),
			condition('gone', {
				kind: 'field',
				field: 'shoe',
				of: 'text',
				test: { operator: 'is', value: 'x' }
			}),
			condition('tag', { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip', 't-gone'] } })
		]);
		expect(types(draft)).toEqual([
			'empty EmptyGroup',
			'odd UnknownMatch',
			'new UnknownKind',
			'half InvalidCondition',
			'gone DeletedReference',
			'tag DeletedReference'
		]);
		for (const issue of issues(draft))
			expect(describeIssue(issue, definitions)).toMatch(/^[A-Z“].*\.$/);
	});

	test('a field whose type changed', () => {
		const draft = condition('c', {
			kind: 'field',
			field: 'score',
			of: 'text',
			test: { operator: 'is', value: '5' }
		});
		expect(issues(draft)).toMatchObject([
			{
				type: 'InvalidCondition',
				problems: ['Score is now a number; choose what to compare it with again.']
			}
		]);
	});

	test('an operator that the field has not', () => {
		const draft = condition('c', {
			kind: 'field',
			field: 'city',
			of: 'text',
			test: { operator: 'domainIs', value: 'x' }
		});
		expect(types(draft)).toEqual(['c InvalidCondition']);
	});

	test('a property that one of several events keeps elsewhere', () => {
		const draft = condition('c', {
			kind: 'event',
			types: ['order_placed', 'visited'],
			did: true,
			where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 1 } }]
		});
		expect(types(draft)).toEqual(['c InvalidCondition']);
	});

	test('nesting deeper than eight', () => {
		const nested = (depth: number): DraftRule =>
			depth === 0 ? everyone('e') : group(`g${depth}`, 'all', [nested(depth - 1)]);
		expect(types(nested(9))).toEqual([]);
		expect(types(nested(10))).toEqual(['g1 TooDeep']);
	});

	test.each([
		[{ operator: 'between', from: 5, to: 1 }],
		[{ operator: 'moreThan', value: Number.NaN }],
		[{ operator: 'isAnyOf', values: [] }]
	])('a test of numbers like %o', (test) => {
		expect(types(condition('c', { kind: 'field', field: 'score', of: 'number', test }))).toEqual([
			'c InvalidCondition'
		]);
	});

	test('a negative or missing time as an event’s window', () => {
		for (const window of [{ operator: 'notInLast', n: 1, unit: 'day' }, { operator: 'hasValue' }])
			expect(
				types(condition('c', { kind: 'event', types: ['order_placed'], did: true, window }))
			).toEqual(['c InvalidCondition']);
	});

	test('what a condition says that is not known, wherever it stands', () => {
		const event = { kind: 'event', types: ['order_placed'], did: true };
		const total = { property: 'total', of: 'number', test: { operator: 'moreThan', value: 1 } };
		const window = { operator: 'inLast', n: 30, unit: 'day' };
		const unknown = (said: Record<string, unknown>) =>
			issues(condition('c', said)).map((issue) =>
				issue.type === 'UnknownPart' ? issue.parts : issue.type
			);
		expect(unknown({ ...event, windows: window })).toEqual([['windows']]);
		expect(unknown({ ...event, where: [total, { ...total, near: 1 }] })).toEqual([['near']]);
		expect(unknown({ ...event, window: { ...window, except: [] }, toString: 1 })).toEqual([
			['except', 'toString']
		]);
		expect(unknown({ ...event, did: false, count: { operator: 'atLeast', n: 2 } })).toEqual([
			['count']
		]);
		expect(unknown({ kind: 'tag', test: { operator: 'hasAny', tags: ['t-vip'] } })).toEqual([
			['tags']
		]);
		expect(unknown({ ...event, v: 2 })).toEqual([['v']]);
		expect(unknown({ ...event, v: 1, where: [total], window: undefined })).toEqual([]);
	});

	test('what a group or a row says beside that', () => {
		const [a, b] = [everyone('a'), everyone('b')];
		const draft = group('root', 'all', [Object.assign(group('g', 'any', [a]), { not: true }), b]);
		expect(issues(draft)).toEqual([
			{ type: 'UnknownPart', node: 'g', muted: false, parts: ['not'] }
		]);
		expect(types(Object.assign(everyone('c'), { limit: 5 }))).toEqual(['c UnknownPart']);
	});
});

describe('the words for what is wrong', () => {
	const said = (draft: Record<string, unknown>) =>
		describeIssues(issues(condition('c', draft)), definitions, english);
	const event = { kind: 'event', types: ['order_placed'], did: true };

	test('say what to do, and that something is missing only where nothing says what', () => {
		expect(said({ kind: 'field', field: 'city' })).toEqual(['Something is still missing here.']);
		expect(said({ ...event, types: [], window: { operator: 'inLast' } })).toEqual([
			'Choose what was done. Type a whole number.'
		]);
	});

	test('say nothing twice', () => {
		const odd = { property: 'x', of: 'text', test: { operator: 'is', value: 'a' } };
		expect(said({ ...event, where: [odd, odd] })).toEqual(['Placed order has no property “x”.']);
		expect(said({ kind: 'tag', test: { operator: 'anyOf', tags: ['one', 'two'] } })).toEqual([
			'The tag this refers to was deleted. Choose another or remove the row.'
		]);
	});
});

describe('muted nodes', () => {
	test('are absent, and their issues in nobody’s way', () => {
		const draft = group('root', 'all', [
			everyone('a'),
			condition('b', { kind: 'telepathy' }, true)
		]);
		const { rule, issues } = readRule(draft, definitions);
		expect(rule).toMatchObject({ children: [{ id: 'a' }] });
		expect(issues).toMatchObject([{ node: 'b', type: 'UnknownKind', muted: true }]);
	});

	test('mute what is in them; a group with nothing else in it is absent, not empty', () => {
		const draft = group('root', 'all', [everyone('a'), group('g', 'any', [everyone('b', true)])]);
		expect(parseRule(draft, definitions)).toMatchObject({
			ok: true,
			value: { children: [{ id: 'a' }] }
		});
	});

	test('leave nothing to evaluate when nothing else is there', () => {
		expect(types(group('root', 'none', [everyone('a', true)]))).toEqual(['root NothingLeft']);
		expect(types(everyone('a', true))).toEqual(['a NothingLeft']);
	});
});

describe('segments that refer to segments', () => {
	const segments = (rules: Record<string, DraftRule | undefined>): Definitions => ({
		...definitions,
		segments: new Map(
			Object.entries(rules).map(([id, rule]) => [
				id,
				{ name: id.toUpperCase(), archived: false, rule }
			])
		)
	});

	test('a diamond passes', () => {
		const given = segments({ a: everyone('x'), b: inSegment('a'), c: inSegment('a') });
		expect(types(group('root', 'all', [inSegment('b'), inSegment('c')]), given, 'd')).toEqual([]);
	});

	test('a loop is refused with its path, whoever is asked', () => {
		const given = segments({ a: inSegment('b'), b: inSegment('c'), c: inSegment('a') });
		expect(issues(inSegment('b'), given, 'a').map((issue) => describeIssue(issue, given))).toEqual([
			'This comes back to itself: A → B → C → A.'
		]);
		expect(types(inSegment('a'), given, 'outside')).toEqual(['s Cycle']);
	});

	test('one that refers to itself', () => {
		const given = segments({ a: everyone('x') });
		expect(types(inSegment('a'), given, 'a')).toEqual(['s Cycle']);
	});

	test('one never saved, one with an issue, one deleted', () => {
		const given = segments({ fresh: undefined, broken: group('g', 'all', []) });
		expect(types(inSegment('fresh'), given)).toEqual(['s NeverSaved']);
		expect(types(inSegment('broken'), given)).toEqual(['s BrokenSegment']);
		expect(types(inSegment('gone'), given)).toEqual(['s DeletedReference']);
	});
});
