import { Blob as NodeBlob, File as NodeFile } from 'node:buffer';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { App } from '$lib/app.svelte';
import { WorkspaceOpening } from '$lib/portable/opening.svelte';
import { WorkspaceSaving } from '$lib/portable/saving.svelte';
import { sql } from '$lib/sql';
import { projectionHash } from '$lib/workspace/projection';
import { emptied } from '../../fixtures/portable';
import { Population } from '../../fixtures/population';
import { addSegment, all, group, is, open, swiss, vip, type Opened } from '../segments/open';

let population: Population;
beforeAll(async () => {
	// Those of jsdom cannot be read as a stream.
	vi.stubGlobal('Blob', NodeBlob);
	vi.stubGlobal('File', NodeFile);
	population = await Population.open();
}, 60_000);
afterAll(async () => {
	vi.unstubAllGlobals();
	await population.close();
});

let before: Opened;
beforeEach(async () => void (before = await open(population)));

const bought = is('bought', { kind: 'event', types: ['order_placed'], did: true });

/** Segments of every sort: saved often, worked on, referring to another, archived, deleted, never saved. */
function fill({ app }: Opened): void {
	const { workspace } = app;
	const buyers = addSegment(app, 'Buyers', all(bought));
	addSegment(app, 'Swiss or VIP', group('root', 'any', swiss, vip));
	const refers = is('refers', { kind: 'segment', segment: buyers, in: true });
	addSegment(app, 'Swiss buyers', all(swiss, refers));
	const often = addSegment(app, 'Often saved', all(swiss));
	workspace.replaceRule(often, all(vip));
	workspace.saveSegment(often);
	workspace.replaceRule(often, all(vip, swiss));
	const archived = addSegment(app, 'Archived', all(vip));
	workspace.setState(archived, 'archived');
	const deleted = addSegment(app, 'Deleted', all(swiss));
	workspace.setState(deleted, 'deleted');
	addSegment(app, 'Never saved', all(vip), false);
	workspace.putSettings({ name: 'Drill', currency: 'CHF', historyMonths: 24 });
}

/** All that must be the same afterwards. */
async function everything(app: App) {
	const { workspace } = app;
	const segments = [...workspace.segments, ...workspace.deletedSegments];
	const saved = segments.flatMap(({ id }) => {
		const rule = app.savedRule(id);
		return rule?.ok ? [[id, rule.value] as const] : [];
	});
	const { counts, everyone } = await app.ask(
		'countRules',
		saved.map(([, rule]) => rule),
		app.moment
	);
	return {
		everyone,
		counts: Object.fromEntries(saved.map(([id], i) => [id, counts[i]])),
		hashes: Object.fromEntries(
			segments.map(({ id, draft, detached, issues }) => [
				id,
				projectionHash({ rule: draft, detached, issues })
			])
		),
		states: Object.fromEntries(segments.map(({ id, state, created }) => [id, [state, created]])),
		versions: Object.fromEntries(segments.map(({ id }) => [id, workspace.versions(id)])),
		settings: workspace.settings,
		names: [...app.definitions.fields, ...app.definitions.tags, ...app.definitions.eventTypes],
		tables: await tables()
	};
}

async function tables(): Promise<Record<string, number>> {
	const names = ['contact', 'contact_tag', 'list_member', 'event', 'suppression', 'field_change'];
	const counts = await population.database.rows<{ n: number }>(sql`
		select count(*)::int as n from contact union all
		select count(*)::int from contact_tag union all
		select count(*)::int from list_member union all
		select count(*)::int from event union all
		select count(*)::int from suppression union all
		select count(*)::int from field_change`);
	return Object.fromEntries(names.map((name, i) => [name, counts[i]!.n]));
}

test('saved encrypted, wiped and restored, everything is as it was', async () => {
	fill(before);
	const was = await everything(before.app);
	expect(Object.keys(was.counts).length).toBeGreaterThan(4);
	expect(Object.values(was.counts).filter((count) => count! > 0).length).toBeGreaterThan(2);
	const saving = new WorkspaceSaving(before.app, 'files', () => 1_700_000_000_000);
	const file = await saving.run(true, 'the drill');
	expect(file?.name).toMatch(/^Drill 2023-11-14\.winnow$/);
	before.close();

	const after = await open(population); // a new document
	await emptied(population.database);
	await after.app.refresh();
	expect(Object.values(await tables())).toEqual([0, 0, 0, 0, 0, 0]);
	const opening = new WorkspaceOpening(after.app, file!);
	await opening.look();
	expect(opening.state).toMatchObject({ status: 'locked', made: '2023-11-14T22:13:20.000Z' });
	await opening.unlock('the spill');
	expect(opening.state).toMatchObject({ status: 'locked', wrong: true });
	await opening.unlock('the drill');
	expect(opening.state).toMatchObject({
		...{ status: 'found', isEmpty: true },
		contents: { counts: { contacts: was.tables.contact, events: was.tables.event } }
	});
	await opening.bring(true);
	expect(opening.state).toMatchObject({ status: 'done', segments: 6 });
	await after.app.refresh();
	expect(await everything(after.app)).toEqual(was);
	after.close();
});
