import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { App } from '$lib/app.svelte';
import type { Team } from '$lib/sync/team.svelte';
import Toaster from '$lib/ui/Toaster.svelte';
import { endErrors, toast } from '$lib/ui/toast';
import Banners from '../../../src/routes/Banners.svelte';
import Index from '../../../src/routes/segments/SegmentIndex.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, open, swiss, type Opened } from './open';
import Show from './ShowDetails.svelte';

let population: Population;
let opened: Opened;
let id: string;
beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	opened = await open(population);
	id = addSegment(opened.app, 'Swiss', all(swiss));
});
afterEach(() => {
	cleanup();
	opened.close();
});

it('the index offers a new segment only to who may make one', async () => {
	opened.show(Index, {});
	expect(await screen.findByRole('link', { name: /New segment/ })).toBeVisible();
	opened.app.workspace.setViewer(true);
	await waitFor(() => expect(screen.queryByRole('link', { name: /New segment/ })).toBe(null));
	expect(screen.getByRole('link', { name: /Templates/ })).toBeVisible();
});

it('the details offer to edit only to who may', async () => {
	opened.show(Show, { id, tab: undefined, step: undefined, onaddress: () => {} });
	expect(await screen.findByRole('link', { name: /Edit rules/ })).toBeVisible();
	opened.app.workspace.setViewer(true);
	await waitFor(() => expect(screen.queryByRole('link', { name: /Edit rules/ })).toBe(null));
	expect(screen.getByRole('button', { name: /Export/ })).toBeEnabled();
});

it('who was removed is told so in place of what a viewer may do', async () => {
	const { workspace, engine } = opened.app;
	const state = { status: 'refused', reason: 'removed', waiting: 0, unreadable: 0, isFull: false };
	const team = { state, role: 'viewer', close() {} } as unknown as Team;
	const app = new App(workspace, engine, () => Promise.resolve(team));
	workspace.setViewer(true);
	opened.show(Banners, { app, newVersion: false });
	await screen.findByText(/^You are a viewer here/);
	await app.openTeam();
	await screen.findByText('You were removed from this team');
	expect(screen.queryByText(/^You are a viewer here/)).toBe(null);
	app.close();
});

it('an error ends with its page, what can be undone does not', async () => {
	render(Toaster);
	await toast('The relay does not answer.', { tone: 'danger' });
	await toast('Archived.', { undo: () => {} });
	await screen.findByText('The relay does not answer.');
	endErrors();
	await waitFor(() => expect(screen.queryByText('The relay does not answer.')).toBe(null));
	expect(screen.getByText('Archived.')).toBeInTheDocument();
});
