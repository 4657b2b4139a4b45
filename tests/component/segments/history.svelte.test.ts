import '@testing-library/jest-dom/vitest';
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import Show from './ShowHistory.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, open, swiss, vip, type Opened } from './open';

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

it('saves a version that was put into the draft in one go, and takes that back', async () => {
	const user = userEvent.setup();
	const { workspace } = opened.app;
	const id = addSegment(opened.app, 'Swiss', all(swiss));
	const first = workspace.segment(id)!.savedVersion!.id;
	workspace.replaceRule(id, all(vip));
	workspace.saveSegment(id);
	const second = workspace.segment(id)!.savedVersion!.id;
	opened.show(Show, { id, shown: first, beside: undefined, onaddress: vi.fn() });

	await user.click(await screen.findByRole('button', { name: 'Restore' }));
	expect(await screen.findByRole('link', { name: 'Open the draft' })).toHaveAttribute(
		'href',
		`#/segments/${id}/edit`
	);
	await user.click(screen.getByRole('button', { name: 'Save now' }));
	const segment = () => workspace.segment(id)!;
	expect(segment().saved).toEqual(all(swiss));
	expect(segment().hasChanges).toBe(false);
	await waitFor(() =>
		expect(
			workspace.versions(id).find(({ id }) => id === segment().savedVersion?.id)
		).toMatchObject({ counted: { count: 2 } })
	);
	expect(screen.queryByRole('button', { name: 'Save now' })).toBeNull();

	const saved = (await screen.findByText('“Swiss” saved.')).closest('li')!;
	await user.click(within(saved).getByRole('button', { name: 'Undo' }));
	expect(segment().savedVersion?.id).toBe(second);
	expect(segment().draft).toEqual(all(swiss));
	expect(await screen.findByRole('button', { name: 'Save now' })).toBeVisible();
});
