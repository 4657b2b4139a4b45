import { describe, expect, it } from 'vitest';
import { textOf } from '$lib/rules/phrase';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { isBasic } from '$lib/segments/builder-of';
import { english } from '$lib/rules/english';
import { linesOf, stepsOf, textOfPart, type StepPart } from '$lib/segments/steps';
import { definitions } from '../../fixtures/people';

type Condition = { kind: string } & Record<string, unknown>;
const is = (id: string, condition: Condition, more: object = {}): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition,
	...more
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});
const root = (match: string, ...children: DraftRule[]) => group(rootId, match, ...children);

const consent = is('consent', {
	kind: 'field',
	field: 'email_consent',
	of: 'select',
	test: { operator: 'is', value: 'subscribed' }
});
const swiss = is('swiss', { kind: 'segment', segment: 's-swiss', in: true });
const vip = is('vip', { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const ordered = is('ordered', {
	kind: 'event',
	types: ['order_placed'],
	did: true,
	where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 50 } }]
});

const said = (draft: DraftGroup) =>
	stepsOf(draft, definitions, english).map(({ word, part }) => `${word} ${textOfPart(part)}`);

describe('steps', () => {
	it('say how each hangs on the ones before', () => {
		expect(said(root('all', consent, vip))).toEqual([
			'AND Email consent is Subscribed',
			'AND is tagged vip'
		]);
		expect(said(root('any', consent, vip, swiss)).map((text) => text.split(' ')[0])).toEqual([
			'ANY',
			'OR',
			'OR'
		]);
		expect(said(root('none', consent, vip))).toEqual([
			'NONE OF Email consent is Subscribed',
			'NOR is tagged vip'
		]);
	});

	it('say “but not” of what a root of all excludes, whose counts are the group’s', () => {
		const [, one] = stepsOf(
			root('all', consent, group('out', 'none', swiss)),
			definitions,
			english
		);
		expect(one).toMatchObject({ id: 'out', word: 'BUT NOT', excludes: true });
		expect(one!.part).toMatchObject({ type: 'condition', id: 'swiss', sign: 'exclusion' });

		const [several] = stepsOf(root('all', group('out', 'none', swiss, vip)), definitions, english);
		expect(textOfPart(several!.part)).toBe('any of these: is in segment Swiss or is tagged vip');
	});

	it('keep a none group in another group as it is', () => {
		const [step] = stepsOf(root('any', group('out', 'none', swiss)), definitions, english);
		expect(step).toMatchObject({ word: 'ANY OF', excludes: false });
		expect(step!.part).toMatchObject({ type: 'group', head: 'none of these' });
	});

	it('show what is switched off, without letting it be the first', () => {
		const muted = { ...consent, muted: true };
		const steps = stepsOf(root('any', muted, vip, swiss), definitions, english);
		expect(steps.map(({ muted, word }) => [muted, word])).toEqual([
			[true, 'ANY OF'],
			[false, 'ANY OF'],
			[false, 'OR']
		]);
	});

	it('have the sign of their kind, and consent its own', () => {
		const parts = stepsOf(root('all', consent, vip, ordered), definitions, english).map(
			({ part }) => part
		);
		expect(parts.map((part) => part.type === 'condition' && part.sign)).toEqual([
			'consent',
			'group',
			'event'
		]);
	});

	it('show what they cannot read', () => {
		const future = is('future', { kind: 'weather', sunny: true });
		const [step] = stepsOf(root('all', future), definitions, english);
		expect(textOfPart(step!.part)).toBe('a condition that is not finished');
		const [odd] = stepsOf(root('all', group('odd', 'most', vip)), definitions, english);
		expect((odd!.part as StepPart & { type: 'group' }).head).toBe('a group that cannot be read');
	});
});

it('linesOf puts “where” on a line of its own', () => {
	const [step] = stepsOf(root('all', ordered), definitions, english);
	const part = step!.part as StepPart & { type: 'condition' };
	expect(part.lines.map(textOf)).toEqual(['has done Placed order', 'where Total > 50']);
	expect(linesOf(['is in no list'], english)).toEqual([['is in no list']]);
});

it('isBasic is all or any of conditions', () => {
	expect(isBasic(root('all', vip))).toBe(true);
	expect(isBasic(root('any', vip, swiss))).toBe(true);
	expect(isBasic(root('all'))).toBe(true);
	expect(isBasic(root('none', vip))).toBe(false);
	expect(isBasic(root('all', group('g', 'any', vip)))).toBe(false);
});
