import { expect, test } from 'vitest';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { withKnownIds } from '$lib/segments/builder/known-ids';

const leaf = (id: string, field: string, value: number): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'field', field, value }
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	...{ type: 'group', match, children },
	id: NodeId.parse(id)
});
const ids = (node: DraftRule): unknown =>
	node.type === 'condition' ? node.id : [node.id, ...node.children.map(ids)];

function known(rule: DraftGroup, before: DraftGroup): unknown {
	let made = 0;
	return ids(withKnownIds(rule, before, () => NodeId.parse(`new${++made}`)));
}

const before = group(
	rootId,
	'all',
	leaf('a', 'city', 1),
	leaf('b', 'city', 2),
	group('g', 'any', leaf('c', 'plan', 3), leaf('d', 'score', 4))
);

test('what is said again keeps its id, wherever it stands now', () => {
	const rule = group(
		't',
		'all',
		leaf('t1', 'city', 2),
		leaf('t2', 'vip', 5),
		leaf('t3', 'city', 1)
	);
	expect(known(rule, before)).toEqual(['root', 'b', 'new1', 'a']);
});

test('what is changed keeps the id of what it was, and what is in a group that of the group', () => {
	const rule = group(
		't',
		'any',
		leaf('t1', 'city', 9),
		leaf('t2', 'city', 2),
		group('t3', 'none', leaf('t4', 'score', 4), leaf('t5', 'plan', 8), leaf('t6', 'vip', 1))
	);
	expect(known(rule, before)).toEqual(['root', 'a', 'b', ['g', 'd', 'c', 'new1']]);
});

test('no id is given twice', () => {
	const rule = group(
		't',
		'all',
		leaf('t1', 'city', 1),
		leaf('t2', 'city', 1),
		leaf('t3', 'city', 1)
	);
	expect(known(rule, before)).toEqual(['root', 'a', 'b', 'new1']);
});
