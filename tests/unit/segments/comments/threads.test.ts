import { expect, test } from 'vitest';
import { english } from '$lib/rules/english';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { threadsOf } from '$lib/segments/comments/threads';
import type { Comment } from '$lib/workspace/comments';
import { definitions } from '../../../fixtures/people';

const tagged = (id: string): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } }
});
const group = (id: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match: 'all',
	children
});
const said = (id: string, node: string): Comment => ({
	...{ id, node, text: id, at: 0, by: 'ada' },
	resolved: undefined
});

test('comments go by what they are about, in the order of the rows, and those on what is gone come last', () => {
	const draft = group(rootId, tagged('first'), group('group', tagged('inner')));
	const comments = ['gone', 'inner', 'hanging', 'root', 'first', 'inner'].map((node, i) =>
		said(`c${i}`, node)
	);
	const segment = { draft, detached: [tagged('hanging')] };
	const threads = threadsOf(comments, segment, definitions, english);
	expect(threads.map(({ node, comments }) => [node, comments.map(({ id }) => id)])).toEqual([
		['root', ['c3']],
		['first', ['c4']],
		['inner', ['c1', 'c5']],
		['hanging', ['c2']],
		['gone', ['c0']]
	]);
	expect(threads.map(({ about }) => about.text)).toEqual([
		'The whole rule',
		...Array<unknown>(3).fill(expect.stringMatching(/^is tagged/)),
		'A row that was removed'
	]);
});
