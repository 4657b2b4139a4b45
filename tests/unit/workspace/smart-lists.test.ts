import { beforeEach, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { hasTag } from '$lib/contacts/within';
import type { SmartListView } from '$lib/smart-lists/view';
import * as smartLists from '$lib/workspace/edit-smart-lists';
import { registersOf } from '$lib/workspace/registers';
import { readSmartList } from '$lib/workspace/smart-lists';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { device, edit, meet, refusalsOf, send } from '../../fixtures/workspace/devices';

const view: SmartListView = {
	...{ rule: hasTag('vip'), search: 'ada', columns: ['email', 'score'], density: 'compact' },
	...{ widths: { email: 240 }, sort: { by: 'score', descending: true } }
};
let doc: Y.Doc;
const s = 'list';
const read = (from = doc) => readSmartList(registersOf(from), s)!;

beforeEach(() => {
	doc = device(1);
	edit(doc, (e) => smartLists.createSmartList(e, s, 'VIPs', view), 1000);
});

it('is what was kept, when and by whom', () => {
	expect(read()).toEqual({
		...{ id: s, name: 'VIPs', state: 'active', view, issues: [] },
		...{ created: { at: 1000, by: 'ada' }, updated: { at: 1000, by: 'ada' } }
	});
	edit(doc, (e) => smartLists.renameSmartList(e, s, 'Regulars'), 2000, 'bea');
	expect(read()).toMatchObject({ name: 'Regulars', updated: { at: 2000, by: 'bea' } });
});

it('that does not read shows nobody rather than everyone', () => {
	for (const broken of [{ columns: [] }, { rule: { type: 'group' }, columns: [] }, 'all']) {
		edit(doc, (e) => e.write('smartLists', `${s}/view`, broken));
		expect(read().view).toBeUndefined();
		expect(read().issues).toHaveLength(1);
	}
	edit(doc, (e) => e.write('smartLists', `${s}/view`, undefined));
	expect(read().view).toBeUndefined();
});

it('keeps what a newer app says of a view beside, and takes an unheard-of density as comfortable', () => {
	edit(doc, (e) => e.write('smartLists', `${s}/view`, { ...view, density: 'airy', wrap: true }));
	expect(read().view).toEqual({ ...view, density: 'comfortable', wrap: true });
});

it('that two people change at once is what one of them made it, whole', () => {
	const bea = device(2);
	send(doc, bea);
	edit(doc, (e) => smartLists.setView(e, s, { ...view, columns: ['city'], search: 'a' }));
	edit(bea, (e) => smartLists.setView(e, s, { ...view, columns: ['email'], search: 'b' }));
	edit(bea, (e) => smartLists.renameSmartList(e, s, 'Ours'));
	meet(doc, bea);
	expect(read()).toEqual(read(bea));
	expect(read().name).toBe('Ours');
	const { columns, search } = read().view!;
	expect([
		['city', 'a'],
		['email', 'b']
	]).toContainEqual([columns[0], search]);
});

it('is kept when it is deleted, and none is edited that is not there', () => {
	const w = new Workspace(doc, { by: 'ada', now: () => 3000 });
	w.gesture('Delete', (e) => smartLists.setSmartListState(e, s, 'deleted'));
	expect(w.smartLists).toEqual([]);
	expect(w.deletedSmartLists.map(({ id }) => id)).toEqual([s]);
	w.undo();
	expect(w.smartLists.map(({ name }) => name)).toEqual(['VIPs']);
	expect(refusalsOf(doc, (e) => smartLists.setView(e, 'gone', view))).toEqual([
		{ type: 'SmartListGone', smartList: 'gone' }
	]);
});
