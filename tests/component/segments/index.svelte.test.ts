import '@testing-library/jest-dom/vitest';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '$lib/sql';
import Index from '../../../src/routes/segments/SegmentIndex.svelte';
import IndexFilters from '../../../src/routes/segments/IndexFilters.svelte';
import { keepCounts, readKeptCounts } from '$lib/segments/kept-counts';
import { namespaceFor } from '$lib/workspace/current';
import { addSource, createCampaign } from '$lib/workspace/edit-campaigns';
import { Population } from '../../fixtures/population';
import { addSegment, all, is, open, swiss, vip, type Opened } from './open';

let population: Population;
let opened: Opened;

beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	opened = await open(population);
});
afterEach(() => {
	cleanup();
	opened.close();
});

const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });
const cell = (name: string, column: string) => row(name).querySelector(`td.${column}`)!;
const people = (name: string) => cell(name, 'contacts').textContent?.trim();

describe('the index', () => {
	it('shows each segment with its sentence, builder and exact count', async () => {
		addSegment(opened.app, 'Swiss', all(swiss));
		addSegment(opened.app, 'Swiss vips', all(swiss, vip));
		opened.show(Index, {});
		await waitFor(() => expect(people('Swiss vips')).toBe('1'));
		expect(people('Select Swiss Swiss')).toBe('2');
		expect(cell('Swiss vips', 'builder')).toHaveTextContent('Basic');
		expect(cell('Swiss vips', 'share')).toHaveTextContent('20 %');
		expect(screen.getByText('Country is Switzerland and is tagged vip.')).toBeInTheDocument();
	});

	it('has the class of its column on every head and cell, for what is hidden where there is no room', async () => {
		addSegment(opened.app, 'Swiss', all(swiss));
		opened.show(Index, {});
		await waitFor(() => expect(people('Swiss')).toBe('2'));
		const classes = (cells: readonly Element[]) => cells.map(({ classList }) => [...classList]);
		const heads = classes(screen.getAllByRole('columnheader'));
		const cells = classes(within(row('Swiss')).getAllByRole('cell'));
		const columns = [
			'select',
			'name',
			'builder',
			'contacts',
			'share',
			'week',
			'used',
			'created',
			'updated',
			'menu'
		];
		expect(heads).toHaveLength(columns.length);
		expect(cells).toHaveLength(columns.length);
		for (const [at, column] of columns.entries()) {
			expect(heads[at]).toContain(column);
			expect(cells[at]).toContain(column);
		}
	});

	it('says how two selected segments overlap, as it is now, and goes to the overlap of more', async () => {
		const ids = [
			addSegment(opened.app, 'Swiss', all(swiss)),
			addSegment(opened.app, 'Vips', all(vip)),
			addSegment(opened.app, 'Both, not saved', all(swiss, vip), false)
		];
		opened.show(Index, {});
		const user = userEvent.setup();
		const select = (name: string) =>
			user.click(screen.getByRole('checkbox', { name: `Select ${name}` }));
		await select('Swiss');
		const bar = await screen.findByRole('toolbar', { name: 'Selected segments' });
		expect(bar).not.toHaveTextContent('in both');
		await select('Vips');
		await waitFor(() =>
			expect(bar).toHaveTextContent(/1 in both ?, 1 only Swiss, 1 only Vips Open overlap/)
		);
		await population.database.write('a Swiss vip more', (tx) =>
			tx.run(sql`insert into contact_tag select 't-vip', cno, now() from contact where uid = 'cy'`)
		);
		await waitFor(() => expect(bar).toHaveTextContent(/2 in both ?, 0 only Swiss, 1 only Vips/));

		await select('Both, not saved');
		await waitFor(() => expect(bar).toHaveTextContent('Overlap of 3'));
		const { href } = within(bar).getByRole<HTMLAnchorElement>('link', { name: 'Open overlap' });
		const of = new URLSearchParams(href.split('?')[1]).get('of')?.split(',');
		expect(of?.sort()).toEqual([...ids].sort());
	});

	it('says how much uses each segment, and at a click what', async () => {
		const { app } = opened;
		const used = addSegment(app, 'Vips', all(vip));
		addSegment(
			app,
			'Vips in Switzerland',
			all(swiss, is('vips', { kind: 'segment', segment: used, in: true }))
		);
		opened.show(Index, {});
		const usedIn = (name: string) => cell(name, 'used').textContent?.trim();
		await waitFor(() => expect(usedIn('Select Vips Vips')).toBe('1 segment'));
		expect(usedIn('Vips in Switzerland')).toBe('–');

		const user = userEvent.setup();
		await user.click(screen.getByRole('button', { name: 'Vips is used in 1 segment' }));
		const panel = await screen.findByRole('dialog', { name: 'Used in' });
		expect(
			within(panel).getByRole('link', { name: 'Vips in Switzerland' }).getAttribute('href')
		).toMatch(/^#\/segments\//);

		// It follows what is done, and things of several kinds are told apart.
		const made = app.workspace.gesture('Create campaigns', (edit) => {
			for (const id of ['c1', 'c2']) {
				createCampaign(edit, id, id);
				addSource(edit, id, 'include', { type: 'segment', id: used });
			}
		});
		expect(made.ok).toBe(true);
		await screen.findByRole('button', { name: 'Vips is used in 2 campaigns, 1 segment' });
		expect(usedIn('Select Vips Vips')).toBe('2 campaigns …');
	});

	it('follows a change of contacts at once', async () => {
		addSegment(opened.app, 'Vips', all(vip));
		opened.show(Index, {});
		await waitFor(() => expect(people('Vips')).toBe('2'));
		await population.database.write('one more', (tx) =>
			tx.run(sql`insert into contact_tag values ('t-vip', 4, now())`)
		);
		await waitFor(() => expect(people('Vips')).toBe('3'));
	});

	it('says why a segment is not counted, keeps its last count and offers to fix it', async () => {
		const id = addSegment(opened.app, 'Vips', all(vip));
		opened.show(Index, {});
		await waitFor(() => expect(people('Vips')).toBe('2'));
		opened.app.workspace.removeDefinition('tags', 't-vip');
		expect(await screen.findByText(/The tag this refers to was deleted/)).toBeVisible();
		expect(people('Vips')).toMatch(/^2\s*, last counted/);
		expect(screen.getByRole('link', { name: 'Fix' })).toHaveAttribute(
			'href',
			`#/segments/${id}/edit`
		);
		await userEvent.click(screen.getByRole('button', { name: 'More for Vips' }));
		expect(await screen.findByRole('menuitem', { name: 'Export…' })).toHaveAttribute(
			'aria-disabled',
			'true'
		);
	});

	it('does not count drafts', async () => {
		addSegment(opened.app, 'Saved', all(vip));
		addSegment(opened.app, 'Only a draft', all(swiss), false);
		opened.show(Index, {});
		await waitFor(() => expect(people('Saved')).toBe('2'));
		expect(people('Only a draft')).toBe('–');
		expect(row('Only a draft')).toHaveTextContent('Draft');
	});

	it('shows the last counts of this device until there are new ones', async () => {
		addSegment(opened.app, 'Vips', all(vip));
		opened.show(Index, {});
		await waitFor(() => expect(people('Vips')).toBe('2'));
		cleanup();
		opened.show(Index, {});
		expect(people('Vips')).toBe('2');
	});

	it('shows no counts of another workspace, which may have a segment of the same id', async () => {
		const id = addSegment(opened.app, 'Vips', all(vip));
		const count = { total: 77, everyone: 90, at: 1, shares: [] };
		keepCounts(namespaceFor('team:other'), { [id]: count });
		opened.show(Index, {});
		expect(people('Vips')).not.toBe('77');
		await waitFor(() => expect(people('Vips')).toBe('2'));
		cleanup();
		expect(readKeptCounts(namespaceFor('team:other'))).toEqual({ [id]: count });
		opened.show(Index, {});
		expect(people('Vips')).toBe('2');
	});

	it('deletes with Undo', async () => {
		const id = addSegment(opened.app, 'Vips', all(vip));
		addSegment(opened.app, 'Swiss', all(swiss));
		opened.show(Index, {});
		await userEvent.click(screen.getByRole('button', { name: 'More for Vips' }));
		await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
		await waitFor(() => expect(screen.queryByText('Vips')).not.toBeInTheDocument());
		expect(opened.app.workspace.segment(id)?.state).toBe('deleted');
		await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
		expect(row('Vips')).toBeVisible();
	});

	it('duplicates what is saved as saved', async () => {
		addSegment(opened.app, 'Vips', all(vip));
		opened.show(Index, {});
		await userEvent.click(screen.getByRole('button', { name: 'More for Vips' }));
		await userEvent.click(await screen.findByRole('menuitem', { name: 'Duplicate' }));
		await waitFor(() => expect(people('Vips copy')).toBe('2'));
	});

	it('is walked, selected and acted upon by keyboard', async () => {
		const user = userEvent.setup();
		addSegment(opened.app, 'A', all(vip));
		addSegment(opened.app, 'B', all(swiss));
		addSegment(opened.app, 'C', all(swiss));
		opened.show(Index, {});
		await user.keyboard('{ArrowDown}');
		expect(screen.getByRole('link', { name: 'A' })).toHaveFocus();
		await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}');
		expect(screen.getByRole('link', { name: 'B' })).toHaveFocus();
		await user.keyboard(' {ArrowDown} ');
		const bar = await screen.findByRole('toolbar', { name: 'Selected segments' });
		expect(bar).toHaveTextContent('2 selected');
		await user.keyboard('.');
		expect(await screen.findByRole('menu', { name: 'More for C' })).toBeVisible();
		await user.keyboard('{Escape}');
		await user.click(within(bar).getByRole('button', { name: 'Archive' }));
		expect(screen.getAllByRole('link', { name: /^[ABC]$/ })).toHaveLength(1);
		expect(await screen.findByText('2 segments archived.')).toBeInTheDocument();
	});
});

it('a search that is still being typed does not follow whoever leaves', async () => {
	vi.useFakeTimers();
	try {
		const onchange = vi.fn();
		opened.show(IndexFilters, { rows: [], search: '', tag: undefined, onchange });
		const box = screen.getByRole('searchbox', { name: 'Search segments' });
		await fireEvent.input(box, { target: { value: 'vip' } });
		vi.advanceTimersByTime(1000);
		expect(onchange.mock.calls).toEqual([[{ q: 'vip' }]]);
		await fireEvent.input(box, { target: { value: 'vips' } });
		cleanup();
		vi.advanceTimersByTime(1000);
		expect(onchange).toHaveBeenCalledOnce();
	} finally {
		vi.useRealTimers();
	}
});

describe('with nothing yet', () => {
	it('offers to bring contacts or to look at a sample', async () => {
		await population.fill([], opened.app.definitions);
		opened.show(Index, {});
		expect(
			await screen.findByText('Everything stays in this browser. Nothing is uploaded.')
		).toBeVisible();
		expect(screen.getByLabelText('Choose file')).toHaveAttribute('type', 'file');
		expect(screen.getByRole('button', { name: 'Explore sample data' })).toBeVisible();
	});

	it('offers templates, counted on these contacts, once there are some', async () => {
		opened.show(Index, {});
		const list = await screen.findByRole('list', { name: 'To begin with' });
		await waitFor(() =>
			expect(within(list).getByRole('button', { name: /^Repeat buyers/ })).toHaveTextContent(/2$/)
		);
	});
});
