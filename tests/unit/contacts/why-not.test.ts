import { expect, test } from 'vitest';
import type { DraftGroup, NodeId } from '$lib/rules/rule';
import { english } from '$lib/rules/english';
import { stepsOf } from '$lib/segments/steps';
import { whyNot } from '../../../src/routes/contacts/[id]/why-not';
import { definitions } from '../../fixtures/people';

const tagged = (id: string, tag: string) => ({
	type: 'condition' as const,
	id: id as NodeId,
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: [tag] } }
});
const draft = (match: string): DraftGroup => ({
	type: 'group',
	id: 'root' as NodeId,
	match,
	children: [tagged('a', 't-vip'), { ...tagged('off', 't-new'), muted: true }, tagged('b', 't-new')]
});
const why = (match: string, a: boolean, b: boolean) =>
	whyNot(
		stepsOf(draft(match), definitions, english),
		new Map([
			['a' as NodeId, a],
			['b' as NodeId, b]
		]),
		match,
		english
	);

test('where each step must hold, the first that does not is named', () => {
	expect(why('all', true, false)).toEqual({
		lead: 'Stopped at step 3:',
		steps: [expect.stringContaining(definitions.tags.get('t-new')!)]
	});
	expect(why('all', true, true)).toBeUndefined();
});

test('where one is enough, all that failed are named, and nothing that is switched off', () => {
	expect(why('any', false, false)).toEqual({
		lead: 'Neither of these holds:',
		steps: [
			expect.stringContaining(definitions.tags.get('t-vip')!),
			expect.stringContaining(definitions.tags.get('t-new')!)
		]
	});
});

test('where none may hold, it is said that the named one must not', () => {
	expect(why('none', false, true)?.steps).toEqual([expect.stringMatching(/^not: /)]);
});
