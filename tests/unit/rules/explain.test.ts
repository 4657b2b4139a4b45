import { expect, test } from 'vitest';
import { english } from '$lib/rules/english';
import { explainRule } from '$lib/rules/explain';
import { NodeId, type DraftRule } from '$lib/rules/rule';
import { definitions } from '../../fixtures/people';

const leaf = (condition: { kind: string } & Record<string, unknown>, muted = false): DraftRule => ({
	type: 'condition',
	id: NodeId.parse('c'),
	condition,
	muted
});
const group = (match: string, ...children: DraftRule[]): DraftRule => ({
	type: 'group',
	id: NodeId.parse('g'),
	match,
	children
});

const swiss = leaf({
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
});
const vip = leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const orderedCondition = { kind: 'event', types: ['order_placed'], did: true };
const ordered = leaf(orderedCondition);

test.each([
	[
		group('all', swiss, group('any', vip, ordered)),
		'Country is Switzerland and (is tagged vip or has done Placed order).'
	],
	[group('any', swiss, vip), 'Country is Switzerland or is tagged vip.'],
	[
		group('all', swiss, group('none', vip, ordered)),
		'Country is Switzerland, but not whoever is tagged vip or has done Placed order.'
	],
	[group('any', swiss, group('none', vip)), 'Country is Switzerland or none of (is tagged vip).'],
	[group('all', swiss, { ...vip, muted: true }), 'Country is Switzerland.'],
	[group('all', leaf({ kind: 'tag', test: {} })), 'A condition that is not finished.'],
	[group('all'), ''],
	[group('all', group('none', vip)), 'Everyone, but not whoever is tagged vip.'],
	[
		group('all', { ...swiss, muted: true }, group('none', vip)),
		'Everyone, but not whoever is tagged vip.'
	],
	[group('all', swiss, group('any')), 'Country is Switzerland.'],
	[group('all', swiss, group('all', group('any'))), 'Country is Switzerland.'],
	[group('all', group('none')), '']
])('%#', (draft, sentence) => {
	expect(explainRule(draft, definitions, english)).toBe(sentence);
});

test('what becomes of missing values is said of filters as well', () => {
	const filter = { of: 'number', test: { operator: 'moreThan', value: 5 }, missing: 'include' };
	const bought = { ...orderedCondition, where: [{ property: 'total', ...filter }] };
	const owns = { operator: 'anyItem', where: [{ path: 'age', ...filter }] };
	expect(
		explainRule(
			group('all', leaf(bought), leaf({ kind: 'field', field: 'profile', of: 'json', test: owns })),
			definitions,
			english
		)
	).toBe(
		'Has done Placed order where Total > 5 (or no value) and Profile has any item where age > 5 (or no value).'
	);
});
