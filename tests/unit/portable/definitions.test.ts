import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addDefinitions, withDefinitions } from '$lib/portable/definitions';
import { portableWorkspace, PortableWorkspace } from '$lib/portable/workspace';
import { Workspace } from '$lib/workspace/workspace.svelte';

let ids = 0;
const newId = (length: number) => String(++ids).padStart(length, '0');
const workspace = () => new Workspace(new Y.Doc(), { by: 'device', now: () => 1, newId });
const written = ({ settings, definitions, segments }: Workspace): PortableWorkspace =>
	PortableWorkspace.parse(
		JSON.parse(JSON.stringify(portableWorkspace(settings, definitions, segments)))
	);
const opened = (into: Workspace, file: PortableWorkspace, settings = true) =>
	into.gesture('Open workspace file', (edit) => addDefinitions(edit, file, { settings, newId }));

const tomorrow = { kind: 'tomorrow', of: ['all', { it: null }] };
const file = PortableWorkspace.parse({
	...{ name: 'Shop', zone: 'Europe/Zurich', weekStart: 7, currency: 'CHF', historyMonths: null },
	fields: [
		{ id: 'plan', name: 'Plan', type: 'select', options: [{ id: 'gold', name: 'Gold' }] },
		{ id: 'size', name: 'Size', type: 'number' }
	],
	tags: [{ id: 'vip', name: 'VIP' }],
	lists: [{ id: 'news', name: 'News' }],
	eventTypes: [
		{
			id: 'order_placed',
			name: 'Placed order',
			properties: [{ id: 'shop', name: 'Shop', type: 'text' }]
		},
		{
			id: 'visited',
			name: 'Visited',
			properties: [{ id: 'place', name: 'Place', type: 'text', column: 'ref' }]
		}
	],
	segments: [
		{
			...{ id: 'a', name: 'All', description: 'Of them', tags: ['vip'], builder: 'visual' },
			rule: {
				...{ id: 'root', match: 'all' },
				children: [
					{ id: '1', ...tomorrow, muted: true, note: 'later' },
					{
						id: '2',
						match: 'none',
						note: 'not these',
						later: 1,
						children: [{ id: '3', ...tomorrow }]
					}
				]
			}
		},
		{
			...{ id: 'b', name: 'Being worked on', archived: true },
			rule: { id: 'root', match: 'all', children: [{ id: '1', ...tomorrow }] },
			draft: { id: 'root', match: 'any', children: [] }
		},
		{
			...{ id: 'c', name: 'Never saved' },
			rule: { id: 'root', match: 'any', children: [{ id: '1', ...tomorrow }] },
			draft: true
		}
	]
});

test('an empty workspace becomes what the file says, and is written as that file again', () => {
	const into = workspace();
	expect(opened(into, file)).toEqual({ ok: true, value: 3 });
	expect(written(into)).toEqual(file);
	expect(into.segment('a')?.hasChanges).toBe(false);
	expect(into.segment('b')?.state).toBe('archived');
	expect(into.segment('c')?.saved).toBeUndefined();
});

test('a property that is kept otherwise than Winnow has it is written, and is so again where it is opened', () => {
	const items = { id: 'items', name: 'What was in it', type: 'text' } as const;
	const total = { id: 'total', name: 'Sum', type: 'text' } as const;
	const old = PortableWorkspace.parse({
		eventTypes: [{ id: 'order_placed', name: 'Placed order', properties: [total, items] }]
	});
	const [from, into] = [workspace(), workspace()];
	opened(from, old);
	const saved = written(from);
	expect(saved.eventTypes).toEqual([
		{ id: 'order_placed', name: 'Placed order', properties: [items] }
	]);
	opened(into, saved);
	expect(into.definitions.eventTypes.get('order_placed')?.properties).toContainEqual(items);
	expect(written(into)).toEqual(saved);
});

test('opened again, nothing changes', () => {
	const into = workspace();
	opened(into, file);
	const before = Y.encodeStateAsUpdate(into.doc);
	expect(opened(into, file)).toEqual({ ok: true, value: 0 });
	expect(Y.encodeStateAsUpdate(into.doc)).toEqual(before);
});

test('what is there stays; what is not is added, and taken back by one undo', () => {
	const into = workspace();
	into.putField({
		id: 'plan',
		name: 'My plan',
		type: 'select',
		options: [{ id: 'free', name: 'Free' }]
	});
	into.putTag('vip', 'Very important');
	const mine = into.createSegment('Mine');
	expect(mine.ok).toBe(true);
	const before = written(into);

	opened(into, file, false);
	expect(into.settings).toMatchObject({ name: 'My workspace', zone: 'UTC', weekStart: 1 });
	expect(into.definitions.fields.get('plan')).toMatchObject({
		name: 'My plan',
		options: [
			{ id: 'gold', name: 'Gold' },
			{ id: 'free', name: 'Free' }
		]
	});
	expect(into.definitions.tags.get('vip')).toBe('Very important');
	expect(into.definitions.lists.get('news')).toBe('News');
	expect(into.definitions.eventTypes.get('order_placed')?.properties.at(-1)?.id).toBe('shop');
	expect(into.segments.map(({ name }) => name).sort()).toEqual([
		...['All', 'Being worked on', 'Mine', 'Never saved']
	]);
	into.undo();
	expect(written(into)).toEqual(before);
});

test('a segment that was deleted comes back as the file has it', () => {
	const into = workspace();
	opened(into, file);
	into.setState('a', 'deleted');
	into.renameSegment('a', 'Other');
	expect(opened(into, file)).toEqual({ ok: true, value: 1 });
	expect(written(into)).toEqual(file);
});

test('what cannot be kept is found out before anything is written', () => {
	const into = workspace();
	const children = Array.from({ length: 201 }, (_, i) => ({ id: `n${i}`, kind: 'everyone' }));
	const large = { id: 'x', name: 'Large', rule: { match: 'any', children } };
	const stamp = { at: 1, by: 'device' };
	const adding = { settings: true, newId };
	const tooLarge = PortableWorkspace.parse({ segments: [large] });
	expect(withDefinitions(into.doc, tooLarge, stamp, adding)).toEqual({
		ok: false,
		error: [{ type: 'HasIssues', segment: 'x' }]
	});
	const slashed = PortableWorkspace.parse({ tags: [{ id: 'a/b', name: 'A' }] });
	expect(withDefinitions(into.doc, slashed, stamp, adding)).toEqual({
		ok: false,
		error: [{ type: 'UnusableId', id: 'a/b' }]
	});
	const lost = PortableWorkspace.parse({
		segments: [{ id: 'a/b', name: 'A', rule: { match: 'all', children: [] } }]
	});
	const refused = withDefinitions(into.doc, lost, stamp, adding);
	expect(refused.ok ? [] : refused.error[0]).toEqual({ type: 'UnusableId', id: 'a/b' });
	const named = withDefinitions(into.doc, file, stamp, adding);
	expect(named.ok && named.value.fields.get('size')?.type).toBe('number');
	expect(into.segments).toEqual([]);
	expect(into.definitions.fields.has('size')).toBe(false);
});
