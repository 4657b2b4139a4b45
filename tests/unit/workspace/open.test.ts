import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootId } from '$lib/rules/rule';
import { openInMemory, openWorkspace, type OpenOptions } from '$lib/workspace/open.svelte';
import type { Workspace } from '$lib/workspace/workspace.svelte';

const opened: Workspace[] = [];
let count = 0;
let name: string;

beforeEach(() => {
	count += 1;
	name = `open ${count}`;
});

afterEach(async () => {
	for (const workspace of opened.splice(0)) await workspace.close();
});

async function open(options: Partial<OpenOptions> = {}): Promise<Workspace> {
	const workspace = await openWorkspace(name, { by: 'ada', now: () => 1, ...options });
	if (!workspace.ok) throw new Error(workspace.error.message);
	opened.push(workspace.value);
	return workspace.value;
}

describe('a workspace', () => {
	it('is begun once, in the zone of who begins it', async () => {
		const first = await open({ zone: 'Asia/Tokyo' });
		expect(first.settings.zone).toBe('Asia/Tokyo');
		expect(first.doc.getMap('meta').toJSON()).toEqual({
			schema: 1,
			minWriter: 1,
			epoch: 0,
			created: { at: 1, by: 'ada' }
		});
		await first.close();
		const second = await open({ zone: 'Europe/Oslo', now: () => 2 });
		expect(second.settings.zone).toBe('Asia/Tokyo');
		expect(second.doc.getMap('meta').get('created')).toEqual({ at: 1, by: 'ada' });
		expect(second.undoLabel()).toBeUndefined();
	});

	it('is as it was left when it is opened again', async () => {
		const first = await open();
		const segment = first.createSegment('Regulars');
		if (!segment.ok) throw new Error('refused');
		first.addCondition(segment.value, { kind: 'everyone' }, { parent: rootId });
		first.saveSegment(segment.value);
		const before = first.segment(segment.value);
		await first.close();
		expect(first.saveState).toEqual({ status: 'saved' });
		const second = await open();
		expect(second.segment(segment.value)).toEqual(before);
		expect(second.segments).toHaveLength(1);
	});

	it('is the same in two tabs, until one of them runs an older app', async () => {
		const older = await open({ build: 1 });
		const tab = await open({ build: 1 });
		const created = tab.createSegment('Regulars');
		if (!created.ok) throw new Error('refused');
		await told(older, () => older.segment(created.value)?.name === 'Regulars');

		const newer = await open({ build: 2 });
		await told(newer, () => older.readOnly === 'newerTab');
		expect(older.renameSegment(created.value, 'X')).toMatchObject({ ok: false });
		expect(newer.renameSegment(created.value, 'Best')).toMatchObject({ ok: true });
		await told(older, () => older.segment(created.value)?.name === 'Best');
	});

	it('does not open as an empty one when storage fails', async () => {
		const indexedDB = {
			open() {
				throw new DOMException('Not here', 'SecurityError');
			}
		} as unknown as IDBFactory;
		expect(await openWorkspace(name, { by: 'ada', indexedDB })).toMatchObject({
			ok: false,
			error: { type: 'unavailable' }
		});
	});

	it('in memory can be edited, and never says that it is saved', () => {
		const workspace = openInMemory({ by: 'ada' });
		expect(workspace.createSegment('Regulars')).toMatchObject({ ok: true });
		expect(workspace.saveState.status).toBe('failed');
	});

	it('that is joined is not begun here', () => {
		expect(openInMemory({ by: 'ada', joining: true }).doc.getMap('meta').size).toBe(0);
	});
});

/** Until this holds, looking each time the tabs have spoken. */
function told(workspace: Workspace, holds: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const channel = new BroadcastChannel(`winnow-workspace:${name}`);
		const look = () => {
			if (!holds()) return;
			workspace.doc.off('afterTransaction', look);
			channel.close();
			resolve();
		};
		channel.onmessage = look;
		workspace.doc.on('afterTransaction', look);
		look();
	});
}
