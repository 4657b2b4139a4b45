import { describe, expect, test } from 'vitest';
import type { FieldType } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { describeRepairs } from '$lib/rules/describe-repair';
import { parseRule, readRule } from '$lib/rules/parse';
import { replacementsOf } from '$lib/rules/references';
import { repairsOf, type Repair } from '$lib/rules/repairs';
import { NodeId, nodesOf, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { definitions } from '../../fixtures/people';

const row = (id: string, condition: { kind: string } & Record<string, unknown>): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});
const swiss = row('swiss', {
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
});
const root = (...children: DraftRule[]) => group('root', 'all', ...children);
const repairs = (draft: DraftRule, given = definitions, self?: string): readonly Repair[] =>
	readRule(draft, given, self).issues.flatMap((issue) => repairsOf(issue, draft, given));
const said = (draft: DraftRule, given = definitions, self?: string) =>
	describeRepairs(repairs(draft, given, self), draft, given);

/** The definitions with a field of another type. */
const retyped = (id: string, type: FieldType): Definitions => ({
	...definitions,
	fields: new Map([...definitions.fields, [id, { ...definitions.fields.get(id)!, type }]])
});

describe('of groups', () => {
	test('an empty one goes', () => {
		expect(said(root(swiss, group('g', 'any')))).toBe('Remove the group.');
		expect(said(root())).toBe('');
	});

	test('where all is switched off, a row is switched on', () => {
		const draft = root({ ...swiss, muted: true }, { ...group('g', 'any', swiss), muted: true });
		expect(repairs(draft)).toEqual([
			{ type: 'SwitchOn', node: 'swiss' },
			{ type: 'SwitchOn', node: 'g' }
		]);
		expect(said(draft)).toBe('Switch on “Country is Switzerland”, or switch on the group.');
	});

	test('a match that cannot be read is chosen', () => {
		expect(said(root(group('g', 'xor', swiss)))).toBe(
			'All must hold, or any is enough, or none may hold.'
		);
	});

	test('of those too deep one goes that says nothing', () => {
		const deep = (levels: number, match: (level: number) => string): DraftRule =>
			levels === 0
				? swiss
				: group(`g${levels}`, match(levels), deep(levels - 1, match), {
						...swiss,
						id: NodeId.parse(`s${levels}`)
					});
		const draft = root(deep(9, (level) => (level === 4 || level % 2 ? 'any' : 'all')));
		expect(repairs(draft)[0]).toEqual({ type: 'Ungroup', node: 'g3' });
		const needed = root(deep(9, (level) => (level % 2 ? 'any' : 'all')));
		expect(repairs(needed).map(({ type }) => type)).toEqual(['Remove']);
	});
});

describe('of what was deleted', () => {
	const tagged = (...tags: string[]) =>
		row('t', { kind: 'tag', test: { operator: 'anyOf', tags } });

	test('one of several is taken out, or another takes its place', () => {
		const draft = root(tagged('gone', 't-vip'));
		expect(said(draft)).toBe('Choose another tag, or take the deleted tag out, or remove the row.');
		expect(repairs(draft)[1]).toMatchObject({
			condition: { test: { operator: 'anyOf', tags: ['t-vip'] } }
		});
		expect(said(root(tagged('gone')))).toBe('Choose another tag, or remove the row.');
	});

	test('others are of its kind, and fit', () => {
		const { condition } = row('x', {
			kind: 'field',
			field: 'gone',
			of: 'number',
			test: { operator: 'atLeast', value: 3 }
		}) as DraftRule & { type: 'condition' };
		const found = replacementsOf(condition, { type: 'field', id: 'gone' }, definitions);
		expect(found.map(({ id }) => id)).toEqual(['score', 'limit', 'lat', 'lon']);
		expect(found[0]!.condition).toEqual({ ...condition, field: 'score' });
	});

	test('a segment is not replaced by one that comes back', () => {
		const refers = (segment: string) => row('s', { kind: 'segment', segment, in: true });
		const given: Definitions = {
			...definitions,
			segments: new Map([
				...definitions.segments,
				['back', { name: 'Back', archived: false, rule: refers('me') }],
				['me', { name: 'Me', archived: false, rule: swiss }],
				['new', { name: 'New', archived: false, rule: undefined }]
			])
		};
		const draft = refers('gone') as DraftRule & { type: 'condition' };
		const reference = { type: 'segment', id: 'gone' } as const;
		const found = replacementsOf(draft.condition, reference, given, 'me');
		expect(found.map(({ name }) => name)).toEqual(['Swiss']);
	});
});

describe('of segments', () => {
	const refers = (segment: string) => root(row('s', { kind: 'segment', segment, in: true }));
	const given: Definitions = {
		...definitions,
		segments: new Map([
			['new', { name: 'New', archived: false, rule: undefined }],
			['broken', { name: 'Broken', archived: false, rule: root() }],
			['back', { name: 'Back', archived: false, rule: refers('me') }],
			['me', { name: 'Me', archived: false, rule: swiss }]
		])
	};

	test('the one with the trouble is opened', () => {
		expect(said(refers('new'), given)).toBe('Open “New”, or remove the row.');
		expect(said(refers('broken'), given)).toBe('Open “Broken”, or remove the row.');
		expect(said(refers('back'), given, 'me')).toBe('Remove the row, or open “Back”.');
	});
});

describe('of conditions', () => {
	test('what is unfinished is filled in, what is unknown goes', () => {
		expect(said(root(row('a', { kind: 'tag', test: { operator: 'anyOf', tags: [] } })))).toBe(
			'Fill it in.'
		);
		expect(said(root(row('a', { kind: 'horoscope' })))).toBe('Remove the row.');
	});

	const refitted = (condition: { kind: string } & Record<string, unknown>, given: Definitions) => {
		const [repair] = repairs(root(row('a', condition)), given);
		if (repair?.type !== 'Refit') throw new Error(`no refit but ${repair?.type}`);
		return repair;
	};
	const plan = (test: object, missing?: string) => ({
		kind: 'field',
		field: 'plan',
		of: 'select',
		test,
		...(missing ? { missing } : {})
	});

	test('of a field that got another type, what can be said is kept', () => {
		const number = retyped('plan', 'number');
		const whole = refitted(plan({ operator: 'isNoneOf', values: ['3', '7.5'] }, 'exclude'), number);
		expect(whole.condition).toEqual({
			kind: 'field',
			field: 'plan',
			of: 'number',
			test: { operator: 'isNoneOf', values: [3, 7.5] },
			missing: 'exclude'
		});
		expect(said(root(row('a', plan({ operator: 'is', value: '3' }))), number)).toBe(
			'Compare Plan as a number.'
		);
		expect(refitted(plan({ operator: 'is', value: '3' }), number).condition).toMatchObject({
			test: { operator: 'equals', value: 3 }
		});
		expect(refitted(plan({ operator: 'hasNoValue' }), number).condition).toMatchObject({
			of: 'number',
			test: { operator: 'hasNoValue' }
		});
	});

	test('what cannot be said is to be filled in, and never the contrary', () => {
		const number = retyped('plan', 'number');
		const { condition } = refitted(plan({ operator: 'isNot', value: 'gold' }, 'exclude'), number);
		expect(condition).toMatchObject({ of: 'number', test: { operator: 'atLeast' } });
		const parsed = parseRule(row('a', condition), number);
		expect(parsed.ok ? [] : parsed.error.map(({ type }) => type)).toEqual(['InvalidCondition']);
	});

	test('an option that there is not is not kept', () => {
		const given = retyped('plan', 'text');
		const text = refitted(plan({ operator: 'isAnyOf', values: ['gold'] }), given);
		expect(text.condition).toMatchObject({ of: 'text', test: { values: ['gold'] } });
		const back = (value: string) =>
			refitted(
				{ kind: 'field', field: 'plan', of: 'text', test: { operator: 'is', value } },
				definitions
			);
		expect(back('Gold ').condition).toMatchObject({ test: { operator: 'is', value: 'gold' } });
		expect(back('silver').condition).toMatchObject({ test: { operator: 'isAnyOf' } });
		expect(back('silver').condition.test).not.toHaveProperty('values');
	});

	test('of what became JSON it is to be filled in what is asked', () => {
		const condition = plan({ operator: 'isNot', value: 'gold' });
		const json = retyped('plan', 'json');
		const refit = refitted(condition, json);
		expect(refit.condition).toEqual({ ...condition, of: 'json', test: { operator: 'anyItem' } });
		expect(parseRule(row('a', refit.condition), json).ok).toBe(false);
		expect(refitted(plan({ operator: 'hasNoValue' }), json).condition).toMatchObject({
			of: 'json',
			test: { operator: 'hasNoValue' }
		});
	});

	test('what is wrong in a comparison with JSON is not its type', () => {
		const where = [{ path: 'sku', of: 'text', test: { operator: 'domainIs', value: 'a.ch' } }];
		for (const comparison of [
			{ path: 'mail', of: 'text', test: { operator: 'domainIs', value: 'a.ch' } },
			{ path: 'mail', of: 'text', test: { operator: 'hasValue' }, missing: 'include' },
			{ of: 'json', test: { operator: 'anyItem', where } }
		]) {
			const draft = root(row('a', { kind: 'field', field: 'profile', ...comparison }));
			expect(repairs(draft).map(({ type }) => type)).toEqual(['Remove']);
		}
	});

	test('days and instants keep their windows', () => {
		const window = { operator: 'inLast', n: 7, unit: 'day' };
		const condition = { kind: 'field', field: 'renewal', of: 'date', test: window };
		expect(refitted(condition, retyped('renewal', 'datetime')).condition).toMatchObject({
			of: 'datetime',
			test: window
		});
		const hours = { ...window, unit: 'hour' };
		const seen = { kind: 'field', field: 'seen', of: 'datetime', test: hours };
		const date: Definitions = {
			...definitions,
			fields: new Map([['seen', { id: 'seen', name: 'Seen', type: 'date' }]])
		};
		expect(refitted(seen, date).condition).toMatchObject({
			of: 'date',
			test: { operator: 'inLast' }
		});
	});

	test('a filter of events, and a value that once was', () => {
		const total = { property: 'total', of: 'text', test: { operator: 'is', value: '50' } };
		const event = { kind: 'event', types: ['order_placed'], did: true, where: [total] };
		expect(refitted(event, definitions).condition).toMatchObject({
			where: [{ property: 'total', of: 'number', test: { operator: 'equals', value: 50 } }]
		});
		const was = {
			kind: 'changed',
			field: 'score',
			did: true,
			what: 'was',
			value: { of: 'text', test: { operator: 'is', value: '7' } }
		};
		expect(refitted(was, definitions).condition).toMatchObject({
			value: { of: 'number', test: { operator: 'equals', value: 7 } }
		});
	});
});

test('whatever is repaired by a changed condition is sound, or to be filled in', () => {
	const number = retyped('plan', 'number');
	const one = { value: '4' };
	const several = { values: ['4', 'x'] };
	const tests = { is: one, isNot: one, isAnyOf: several, isNoneOf: several, hasValue: {} };
	const drafts: DraftRule[] = Object.entries(tests).map(([operator, said]) =>
		row('a', { kind: 'field', field: 'plan', of: 'select', test: { operator, ...said } })
	);
	for (const draft of drafts)
		for (const repair of repairs(root(draft), number)) {
			if (repair.type !== 'Refit') throw new Error(repair.type);
			const after = readRule(root(row('a', repair.condition)), number).issues;
			expect(
				after.flatMap((issue) => repairsOf(issue, root(row('a', repair.condition)), number))
			).toEqual(after.length > 0 ? [{ type: 'FillIn', node: 'a' }] : []);
		}
	expect([...nodesOf(root(...drafts))]).toHaveLength(6);
});
