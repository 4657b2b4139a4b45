import { expect, test } from 'vitest';
import { isLowered, type Condition } from '$lib/rules/conditions/registry';
import { draftOfRule, expansionOf } from '$lib/rules/expand';
import { isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import { NodeId, nodesOf, type DraftCondition, type DraftRule } from '$lib/rules/rule';
import { allExamples } from '../../fixtures/examples';
import { definitions, moment, people } from '../../fixtures/people';

const nodeOf = (condition: DraftCondition['condition']): DraftCondition => ({
	type: 'condition',
	id: NodeId.parse('a'),
	condition
});
const membersOf = (draft: DraftRule) => {
	const rule = parseRule(draft, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return people
		.filter((person) => isMember(rule.value, { ...person, uid: person.name }, moment))
		.map(({ name }) => name);
};
const lowered = allExamples.filter(({ condition }) => isLowered(condition.kind));

test('the kinds that are others in other words', () => {
	expect(new Set(lowered.map(({ condition }) => condition.kind))).toEqual(
		new Set(['inactive', 'message', 'purchase', 'segment'])
	);
});

test.each(lowered)('what “$explains” means has the same members', ({ condition, members }) => {
	const expansion = expansionOf(nodeOf(condition), definitions, undefined)!;
	const nodes = [...nodesOf(expansion.means)];
	expect(membersOf(expansion.means)).toEqual(members);
	expect(nodes.some((node) => node.type === 'condition' && isLowered(node.condition.kind))).toBe(
		false
	);
	expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	expect(expansion.copied).toBe(condition.kind === 'segment');
});

test('other kinds, and what is not sound, mean what they say', () => {
	const expand = (condition: DraftCondition['condition']) =>
		expansionOf(nodeOf(condition), definitions, undefined);
	expect(expand({ kind: 'everyone' })).toBeUndefined();
	expect(expand({ kind: 'horoscope' })).toBeUndefined();
	expect(expand({ kind: 'inactive', types: [] })).toBeUndefined();
	expect(expand({ kind: 'segment', segment: 'gone', in: true })).toBeUndefined();
});

test('a rule as a draft says what people chose, not what that is lowered to', () => {
	const rule = parseRule(nodeOf({ kind: 'segment', segment: 's-swiss', in: true }), definitions);
	if (!rule.ok) throw new Error('not sound');
	expect(draftOfRule(rule.value, () => NodeId.parse('new'))).toEqual({
		type: 'condition',
		id: 'new',
		condition: { kind: 'segment', segment: 's-swiss', in: true }
	});
});
