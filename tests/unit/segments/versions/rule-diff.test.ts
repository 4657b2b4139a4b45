import { expect, it } from 'vitest';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { ruleDiff } from '$lib/segments/versions/rule-diff';

const is = (id: string, tag = id): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'tag', tag }
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});
const all = (...children: DraftRule[]) => group(rootId, 'all', ...children);

/** Each line as its sign, where it stands and who it is. */
const lines = (before: DraftGroup, after: DraftGroup): string[] =>
	ruleDiff(before, after).map((line) => {
		const signs = { added: '+', removed: '-', same: ' ' };
		const sign =
			line.type === 'changed'
				? `${line.said ? '~' : ''}${line.moved ? '>' : ''}`
				: signs[line.type];
		return `${sign}${'.'.repeat(line.depth)}${line.id}`;
	});

it('a rule and itself are the same', () => {
	const rule = all(is('a'), group('g', 'any', is('b')));
	expect(lines(rule, rule)).toEqual([' root', ' .a', ' .g', ' ..b']);
});

it('tells what was added, removed and said otherwise, each in its place', () => {
	const before = all(is('a'), is('b'), is('c'));
	const after = all(is('n'), is('a', 'other'), is('c'), is('m'));
	expect(lines(before, after)).toEqual([' root', '+.n', '~.a', '-.b', ' .c', '+.m']);
});

it('a group that is gone takes along what was in it, but not what moved out', () => {
	const before = all(is('a'), group('g', 'any', is('b'), is('c')));
	const after = all(is('a'), is('c'));
	expect(lines(before, after)).toEqual([' root', ' .a', '-.g', '-..b', '>.c']);
});

it('one that moved is told, not all that it passed', () => {
	const before = all(is('a'), is('b'), is('c'), is('d'));
	expect(lines(before, all(is('d'), is('a'), is('b'), is('c')))).toEqual([
		' root',
		'>.d',
		' .a',
		' .b',
		' .c'
	]);
});

it('a change of match, of a note and of being switched off is a change', () => {
	const before = all(is('a'), group('g', 'any', is('b')));
	const after = group(
		rootId,
		'any',
		{ ...is('a'), muted: true },
		{ ...group('g', 'any', is('b')), note: 'x' }
	);
	expect(lines(before, after)).toEqual(['~root', '~.a', '~.g', ' ..b']);
});

it('every node of either rule has one line', () => {
	const before = all(is('a'), group('g', 'any', is('b'), group('h', 'all', is('c'))), is('d'));
	const after = all(group('h', 'any', is('d'), is('e')), group('k', 'none', is('b')), is('a'));
	const ids = ruleDiff(before, after).map(({ id }) => id as string);
	expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'g', 'h', 'k', 'root']);
});
