import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { chosen, readWorkspace } from '../../../src/cli/workspace';
import { hasTag } from '$lib/contacts/within';
import { addDefinitions } from '$lib/portable/definitions';
import { wholeWorkspace } from '$lib/portable/whole';
import { PortableWorkspace } from '$lib/portable/workspace';
import * as campaigns from '$lib/workspace/edit-campaigns';
import { setCampaign } from '$lib/workspace/edit-segment';
import { renameSmartList } from '$lib/workspace/edit-smart-lists';
import { Workspace } from '$lib/workspace/workspace.svelte';

let ids = 0;
const newId = (length: number) => String(++ids).padStart(length, '0');
const workspace = () => new Workspace(new Y.Doc(), { by: 'ada', now: () => 1_000, newId });
const written = (from: Workspace): PortableWorkspace =>
	PortableWorkspace.parse(JSON.parse(JSON.stringify(wholeWorkspace(from, true))));
const opened = (into: Workspace, file: PortableWorkspace) =>
	into.gesture('Open', (edit) => addDefinitions(edit, file, { settings: false, newId }));

function made() {
	const from = workspace();
	const view = { rule: hasTag('vip'), columns: ['email'], density: 'compact' } as const;
	const list = from.createSmartList('VIPs', view);
	const built = from.createSegment('');
	if (!list.ok || !built.ok) throw new Error('refused');
	from.saveSegment(built.value);
	from.gesture('Create campaign', (edit) => {
		campaigns.createCampaign(edit, 'c', 'Autumn');
		campaigns.setSubject(edit, 'c', 'Dear {first_name}');
		campaigns.addSource(edit, 'c', 'include', { type: 'segment', id: built.value });
		setCampaign(edit, built.value, 'c');
	});
	return { from, list: list.value, built: built.value };
}

test('campaigns, the segments built for them, and smart lists are in a backup, and come back as they were', () => {
	const { from, list, built } = made();
	const into = workspace();
	expect(opened(into, written(from))).toEqual({ ok: true, value: 0 });
	expect(into.campaign('c')).toEqual(from.campaign('c'));
	expect(into.smartList(list)).toEqual(from.smartList(list));
	expect(into.segments).toEqual([]);
	expect(into.campaignSegments.map(({ id }) => id)).toEqual([built]);
	expect(into.definitions.segments.get(built)?.name).toBe('Audience of Autumn');
});

test('what is there stays as it is, and what cannot be kept is left out', () => {
	const { from, list } = made();
	const file = written(from);
	from.gesture('Rename', (edit) => renameSmartList(edit, list, 'Regulars'));
	opened(from, file);
	expect(from.smartList(list)?.name).toBe('Regulars');

	const into = workspace();
	const hostile = { 'a/name': 'x'.repeat(300_000), '__proto__/new': 1, 'toString/new': 1, '': 2 };
	const { smartLists } = file.registers!;
	opened(into, { ...file, registers: { smartLists: { ...smartLists, ...hostile } } });
	expect(into.smartLists.map(({ name }) => name)).toEqual(['VIPs']);
	expect([...into.doc.getMap('smartLists').keys()].sort()).toEqual(
		[...from.doc.getMap('smartLists').keys()].filter((key) => !key.endsWith('/updated')).sort()
	);
});

function discussed() {
	const from = workspace();
	const made = from.createSegment('Regulars');
	if (!made.ok) throw new Error('refused');
	const said = ['Why so many?', 'Seen to'].map((text) => {
		const comment = from.addComment(made.value, { node: 'root', text }, 'Ada Lovelace');
		if (!comment.ok) throw new Error('refused');
		return comment.value;
	});
	from.setResolved(made.value, [said[1]!], true, undefined);
	return { from, segment: made.value, said };
}

test('comments are in a backup, open and resolved, and come back with who said them and when', () => {
	const { from, segment } = discussed();
	const into = workspace();
	opened(into, written(from));
	expect(into.comments(segment).map(({ text }) => text)).toEqual(['Why so many?', 'Seen to']);
	expect(into.comments(segment)).toEqual(from.comments(segment));
	expect(into.personName('ada')).toBe('Ada Lovelace');
	expect(wholeWorkspace(from, false).registers).toBeUndefined();
});

test('added to what is there, no comment is there twice, and none of a segment that is not there', () => {
	const { from, segment, said } = discussed();
	const file = written(from);
	from.setResolved(segment, [said[0]!], true, undefined);
	from.removeComment(segment, said[1]!, () => true);
	const stray = { 'nowhere/x': { node: 'root', text: 'Lost', at: 1, by: 'ada' } };
	const { registers } = file;
	const comments = { ...registers!.comments, ...stray };
	opened(from, { ...file, registers: { ...registers, comments } });
	expect(from.comments(segment).map(({ text, resolved }) => [text, resolved?.by])).toEqual([
		['Why so many?', 'ada'],
		['Seen to', 'ada']
	]);
	expect(from.comments('nowhere')).toEqual([]);
});

test('whoever asks a shell for all segments does not get those of campaigns', () => {
	const { from } = made();
	const source = { name: 'file', workspace: written(from) } as Parameters<typeof readWorkspace>[0];
	expect(chosen(readWorkspace(source), [])).toEqual([]);
});
