import 'fake-indexeddb/auto';
import '@testing-library/jest-dom/vitest';
import { cleanup, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { keepSample, knownWorkspaces } from '$lib/workspace/current';
import Banners from '../../../src/routes/Banners.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, open, swiss, type Opened } from '../segments/open';

let population: Population;
let opened: Opened;
beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	localStorage.setItem('winnow:workspace', 'sample');
	opened = await open(population);
});
afterEach(() => {
	cleanup();
	opened.close();
});

const banner = () => screen.findByText(/^This is the sample/);
const show = () => opened.show(Banners, { app: opened.app, newVersion: false });

it('asks before it deletes a sample in which somebody made something', async () => {
	addSegment(opened.app, 'Swiss', all(swiss));
	show();
	await banner();
	await userEvent.click(screen.getByRole('button', { name: 'Leave the sample' }));
	const dialog = await screen.findByRole('dialog', { name: 'Leave the sample?' });
	expect(dialog).toHaveTextContent('cannot be undone');
	expect(localStorage.getItem('winnow:workspace')).toBe('sample');
	expect(localStorage.getItem('winnow-sample:left')).toBe(null);
});

it('offers no way out of a sample that was shared, which is listed with the other workspaces', async () => {
	const choices = async () => (await knownWorkspaces()).map(({ choice }) => choice);
	show();
	await banner();
	expect(await choices()).toEqual(['main']);
	cleanup();

	keepSample();
	opened.app.workspace.setViewer(true);
	show();
	await screen.findByText(/^You are a viewer here/);
	expect(screen.queryByText(/^This is the sample/)).toBe(null);
	expect(await choices()).toEqual(['main', 'sample']);
});
