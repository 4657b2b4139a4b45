import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftGroup } from '$lib/rules/rule';
import { entriesOf, isPast, monthOf } from '$lib/workspace/audit';
import { openWorkspace } from '$lib/workspace/open.svelte';
import type { Root } from '$lib/workspace/registers';
import type { Workspace } from '$lib/workspace/workspace.svelte';

const november = Date.parse('2026-11-29T12:00:00Z');
const december = Date.parse('2026-12-01T00:00:00Z');
const opened: Workspace[] = [];
let name: string;
let count = 0;
let now: number;

beforeEach(() => {
	name = `logged ${(count += 1)}`;
	now = november;
});
afterEach(async () => {
	for (const workspace of opened.splice(0)) await workspace.close();
});

async function open(by = 'ada'): Promise<Workspace> {
	const workspace = await openWorkspace(name, { by, device: 'd1', now: () => now });
	if (!workspace.ok) throw new Error(workspace.error.message);
	opened.push(workspace.value);
	return workspace.value;
}

const made = <T>(edited: { ok: true; value: T } | { ok: false; error: unknown }): T => {
	if (!edited.ok) throw new Error(JSON.stringify(edited.error));
	return edited.value;
};

describe('the log of changes', () => {
	it('has every register that was changed, with what was there before and after', async () => {
		const workspace = await open();
		const segment = made(workspace.createSegment('One'));
		made(workspace.renameSegment(segment, 'Two'));
		workspace.undo();
		const entries = await workspace.log!.read(monthOf(now));
		const common = { at: now, by: 'ada', device: 'd1', segment };
		const register = `segments ${segment}/name`;
		expect(entries?.slice(-2)).toEqual([
			{ ...common, register, op: 'Rename segment', before: 'One', after: 'Two' },
			{ ...common, register, op: 'Undo: Rename segment', before: 'Two', after: 'One' }
		]);
		const [first] = entries!.filter((entry) => entry.register === register);
		expect(first).toMatchObject({ op: 'Create segment', before: undefined, after: 'One' });
		expect(entries!.filter((entry) => /seen|updated/.test(entry.register))).toEqual([]);
	});

	it('is there after a restart, month by month', async () => {
		const workspace = await open();
		made(workspace.createTag('In November'));
		now = december;
		made(workspace.createTag('In December'));
		await workspace.close();
		const again = await open('bea');
		expect(await again.log!.months()).toEqual(['2026-12', '2026-11']);
		expect((await again.log!.read('2026-11'))!.map(({ after }) => after)).toContain('In November');
		made(again.createTag('Later'));
		expect((await again.log!.read('2026-12'))!.map(({ by, after }) => [by, after])).toEqual([
			['ada', 'In December'],
			['bea', 'Later']
		]);
	});

	it('lets go of whole months, of no other workspace and of none that is kept', async () => {
		const workspace = await open();
		made(workspace.createTag('In November'));
		now = december;
		made(workspace.createTag('In December'));
		made(workspace.putSettings({ logMonths: 1 }));
		await workspace.log!.trim(december);
		expect(await workspace.log!.months()).toEqual(['2026-12', '2026-11']);
		await workspace.log!.trim(Date.parse('2027-01-02T00:00:00Z'));
		await expect.poll(() => workspace.log!.months()).toEqual(['2026-12']);
	});

	it('keeps of a large value how large it was', async () => {
		const workspace = await open();
		const names = Array.from({ length: 300 }, (_, i) => `a name of some length ${i}`);
		const children = [{ type: 'condition', id: 'a', condition: { kind: 'tag', names } }];
		const rule = { type: 'group', id: 'root', match: 'all', children } as unknown as DraftGroup;
		made(workspace.createSegment('Large', rule));
		const entries = await workspace.log!.read(monthOf(now));
		const { after } = entries!.find(({ register }) => register.endsWith('/a/b'))!;
		expect(Object.keys(after as object)).toEqual(['characters']);
	});

	it('adds what two tabs did to one log', async () => {
		const [one, two] = [await open(), await open('bea')];
		made(one.createTag('A'));
		await one.log!.months();
		made(two.createTag('B'));
		await two.log!.months();
		await expect
			.poll(async () => (await one.log!.read(monthOf(now)))?.map(({ after }) => after))
			.toEqual(['A', 'B']);
	});
});

it('a month is past when it is older than so many before this one', () => {
	expect(isPast('2026-10', november, 1)).toBe(false);
	expect(isPast('2026-09', november, 1)).toBe(true);
	expect(isPast('2025-10', november, 13)).toBe(false);
	expect(isPast('1999-01', november, null)).toBe(false);
});

it('what the app passes on by itself of suppressed addresses is not noted, and a comment is, with its segment', () => {
	const change = (root: Root, key: string) => ({ root, key, before: undefined, after: 1 });
	const changes = [
		change('suppressions', 'hash/manual'),
		change('meta', 'suppressionKey/k'),
		change('comments', 's/c')
	];
	const entries = entriesOf({ at: 1, by: 'ada', label: 'Comment', segments: [], changes }, 'd');
	expect(entries).toMatchObject([{ register: 'comments s/c', segment: 's' }]);
});
