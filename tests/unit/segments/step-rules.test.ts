import { describe, expect, it } from 'vitest';
import { parseRule } from '$lib/rules/parse';
import { isMember } from '$lib/rules/oracle';
import { NodeId, rootId, type DraftGroup, type DraftRule, type Rule } from '$lib/rules/rule';
import {
	draftUpTo,
	prefixes,
	ruleBefore,
	ruleChangedBy,
	ruleUpTo,
	stepRules,
	widens
} from '$lib/segments/step-rules';
import { definitions, moment, people } from '../../fixtures/people';

const tagged = (id: string, tag: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: [tag] } }
});
const country = (id: string, code: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'field', field: 'country', of: 'text', test: { operator: 'is', value: code } }
});
const root = (match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match,
	children
});
const ruleOf = (draft: DraftGroup): Rule => {
	const rule = parseRule(draft, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};
const names = (rule: Rule | undefined) =>
	rule && people.filter((person) => isMember(rule, person, moment)).map(({ name }) => name);
const node = (id: string) => NodeId.parse(id);

const swissNotNew = root('all', country('a', 'CH'), {
	...root('none', tagged('c', 't-new')),
	id: node('b')
});

describe.each(['all', 'any', 'none'])('of a root of %s', (match) => {
	const rule = ruleOf(root(match, country('a', 'CH'), tagged('b', 't-vip'), tagged('c', 't-old')));
	const everybody = names({ type: 'condition', id: node('x'), condition: { kind: 'everyone' } })!;

	it('each step changes exactly the difference to the step before', () => {
		let before = match === 'any' ? [] : everybody;
		for (const id of ['a', 'b', 'c'].map(node)) {
			const after = names(ruleUpTo(rule, id))!;
			const changed = names(ruleChangedBy(rule, id))!;
			expect(changed).toEqual(
				widens(rule)
					? after.filter((name) => !before.includes(name))
					: before.filter((name) => !after.includes(name))
			);
			before = after;
		}
		expect(before).toEqual(names(rule));
	});

	it('who reaches a step is who the step before left', () => {
		expect(ruleBefore(rule, node('a'))).toBeUndefined();
		expect(names(ruleBefore(rule, node('c')))).toEqual(names(ruleUpTo(rule, node('b'))));
	});

	it('a person is in exactly where the steps say so', () => {
		const rules = stepRules(rule);
		for (const name of everybody) {
			const holds = rules.map((step) => names(step.rule)!.includes(name));
			expect(match === 'any' ? holds.some(Boolean) : holds.every(Boolean), name).toBe(
				names(rule)!.includes(name)
			);
		}
	});
});

it('a step that excludes takes out whom it excludes', () => {
	const rule = ruleOf(swissNotNew);
	expect(names(ruleUpTo(rule, node('a')))).toContain('ada');
	expect(names(ruleChangedBy(rule, node('b')))).toEqual(['ada']);
});

it('there is no rule of a step that is not there', () => {
	const rule = ruleOf(swissNotNew);
	expect(ruleUpTo(rule, node('gone'))).toBeUndefined();
	expect(ruleChangedBy(rule, node('gone'))).toBeUndefined();
	expect(ruleBefore(rule, node('gone'))).toBeUndefined();
});

it('prefixes end with the whole rule, however few they may be', () => {
	const rule = ruleOf(root('all', country('a', 'CH'), tagged('b', 't-vip'), tagged('c', 't-new')));
	const lengths = (most: number) =>
		prefixes(rule, most).map((prefix) => (prefix.type === 'group' ? prefix.children.length : 0));
	expect(lengths(6)).toEqual([1, 2, 3]);
	expect(lengths(2)).toEqual([1, 3]);
	expect(lengths(1)).toEqual([3]);
	expect(prefixes(ruleOf(root('all', country('a', 'CH'))), 6)).toHaveLength(1);
});

it('a draft as far as a step is the start of another segment', () => {
	const start = draftUpTo(swissNotNew, node('a'));
	expect(start.children.map(({ id }) => id)).toEqual(['a']);
	expect(start.id).toBe(rootId);
	expect(draftUpTo(swissNotNew, node('b'))).toEqual(swissNotNew);
});
