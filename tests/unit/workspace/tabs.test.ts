import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { connectTabs, type Tabs } from '$lib/workspace/tabs';

let count = 0;
let name: string;
const open: Tabs[] = [];

beforeEach(() => {
	count += 1;
	name = `tabs ${count}`;
});

afterEach(() => {
	for (const tabs of open.splice(0)) tabs.close();
});

function tab(doc: Y.Doc, build = 1): Tabs {
	const tabs = connectTabs(doc, name, build);
	open.push(tabs);
	return tabs;
}

/** Until the document holds this key. */
const has = (doc: Y.Doc, key: string): Promise<void> =>
	new Promise((resolve) => {
		const look = () => {
			if (!doc.getMap('fields').has(key)) return;
			doc.off('update', look);
			resolve();
		};
		doc.on('update', look);
		look();
	});

describe('two tabs', () => {
	it('have the same document, whatever each had before', async () => {
		const [first, second] = [new Y.Doc(), new Y.Doc()];
		first.getMap('fields').set('first', 1);
		second.getMap('fields').set('second', 2);
		tab(first);
		tab(second);
		await Promise.all([has(first, 'second'), has(second, 'first')]);

		first.getMap('fields').set('later', 3);
		await has(second, 'later');
		expect(second.getMap('fields').toJSON()).toEqual({ first: 1, second: 2, later: 3 });
		expect(first.getMap('fields').toJSON()).toEqual(second.getMap('fields').toJSON());
	});

	it('do not send back what they were sent', async () => {
		const [first, second] = [new Y.Doc(), new Y.Doc()];
		tab(first);
		tab(second);
		const heard: (string | null)[] = [];
		const listener = new BroadcastChannel(`winnow-workspace:${name}`);
		const end = new Promise<void>((resolve) => {
			listener.onmessage = ({ data }: MessageEvent<{ type: string; update: Uint8Array }>) => {
				if (data.type === 'end') resolve();
				if (data.type !== 'update') return;
				for (const struct of Y.decodeUpdate(data.update).structs)
					if (struct instanceof Y.Item) heard.push(struct.parentSub);
			};
		});
		// There and back twice: by then all answers to "This is what I have" are given.
		for (const [from, to, key] of [
			[first, second, 'a'],
			[second, first, 'b'],
			[first, second, 'c'],
			[second, first, 'd']
		] as const) {
			from.getMap('fields').set(key, 1);
			await has(to, key);
		}
		const speaker = new BroadcastChannel(`winnow-workspace:${name}`);
		speaker.postMessage({ type: 'end' });
		await end;
		listener.close();
		speaker.close();
		expect(heard.filter((key) => key === 'd')).toEqual(['d']);
	});

	it('tell the older that a newer app runs, and still share', async () => {
		const [first, second] = [new Y.Doc(), new Y.Doc()];
		const older = tab(first, 1);
		const told = new Promise<void>((resolve) => older.subscribe(resolve));
		const newer = tab(second, 2);
		await told;
		expect([older.outdated, newer.outdated]).toEqual([true, false]);
		second.getMap('fields').set('new', 1);
		await has(first, 'new');
	});

	it('tell the older also when it is the one that comes later', async () => {
		const newer = tab(new Y.Doc(), 2);
		const older = tab(new Y.Doc(), 1);
		await new Promise<void>((resolve) => older.subscribe(resolve));
		expect([older.outdated, newer.outdated]).toEqual([true, false]);
	});

	it('pass over messages of another sort', async () => {
		const doc = new Y.Doc();
		tab(doc);
		const other = new BroadcastChannel(`winnow-workspace:${name}`);
		for (const message of [null, 'hello', { type: 'update', update: 'text' }, { type: 'dance' }])
			other.postMessage(message);
		const source = new Y.Doc();
		source.getMap('fields').set('a', 1);
		other.postMessage({ type: 'update', update: Y.encodeStateAsUpdate(source) });
		await has(doc, 'a');
		other.close();
		expect(doc.getMap('fields').toJSON()).toEqual({ a: 1 });
	});
});
