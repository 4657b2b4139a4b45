import '@testing-library/jest-dom/vitest';
import { File } from 'node:buffer';
import { cleanup, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { importRunner } from '$lib/imports/import-runner.svelte';
import { pendingFile } from '$lib/imports/pending.svelte';
import ImportPage from '../../../src/routes/import/+page.svelte';
import { Population } from '../../fixtures/population';
import { open, type Opened } from '../segments/open';

vi.setConfig({ testTimeout: 30_000 });

let population: Population;
let opened: Opened;
let user: ReturnType<typeof userEvent.setup>;

beforeAll(async () => {
	population = await Population.open();
}, 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	user = userEvent.setup();
	opened = await open(population);
});
afterEach(() => {
	cleanup();
	opened.close();
	pendingFile.set(undefined);
});

const come = () => opened.show(ImportPage, {});
const leave = cleanup;
const fileOf = (name: string, ...lines: readonly string[]) =>
	new File([lines.join('\n')], name, { type: 'text/csv' }) as unknown as globalThis.File;
const button = (name: string | RegExp) => screen.getByRole('button', { name });
/** The button that imports, once it can be pressed. */
const ready = (name: string | RegExp) => waitFor(() => expect(button(name)).toBeEnabled());

it('what was chosen about a file is still there for who leaves the page and comes back', async () => {
	const looked = () => screen.getByRole('checkbox', { name: /^That is right for everybody/ });
	pendingFile.set(fileOf('people.csv', 'Email,Hat size', 'eve@example.com,7', 'flo@example.com,8'));
	come();
	await user.selectOptions(
		await screen.findByLabelText('Email consent of everybody in this file'),
		'Subscribed'
	);
	await user.click(looked());
	await user.selectOptions(screen.getByLabelText('What “Hat size” becomes'), 'Ignore');
	await user.type(screen.getByLabelText('Tag all of them'), 'spring{Tab}');
	await user.selectOptions(screen.getByLabelText('Add all of them to a list'), 'A new list…');
	await user.type(screen.getByLabelText(/^Name of the new list/), 'Spring{Tab}');

	leave();
	come();
	expect(
		await screen.findByLabelText('Email consent of everybody in this file')
	).toHaveDisplayValue('Subscribed');
	expect(looked()).toBeChecked();
	expect(screen.getByLabelText('What “Hat size” becomes')).toHaveDisplayValue(/ignore/i);
	expect(screen.getByLabelText('Tag all of them')).toHaveValue('spring');
	expect(screen.getByLabelText(/^Name of the new list/)).toHaveValue('Spring');
	await ready('Import 2 contacts');
});

/** Events of people nobody knows; all rows are rejected once such people are no longer added. */
const orders = () =>
	fileOf(
		'orders.csv',
		'Order ID,Email,Created at,Total',
		'1,eve@example.com,2024-03-04 10:00,10.50',
		'2,flo@example.com,2024-03-05 10:00,20.00'
	);

it('the button shows no number that may not hold, and says why there is nothing to import', async () => {
	pendingFile.set(orders());
	come();
	await ready('Import 2 events');
	await user.click(screen.getByRole('radio', { name: 'Reject the row' }));
	// Whoever has seen enough need not wait.
	expect(button('Import')).toBeEnabled();
	expect(screen.getByText('Looking at the rows again…')).toBeInTheDocument();
	expect(screen.queryByText(/2 rows: 2 new/)).not.toBeInTheDocument();
	expect(await screen.findByText('All rows are rejected: Unknown people.')).toBeInTheDocument();
	expect(button('Import')).toBeDisabled();
	expect(screen.getByText('Rejected: 2 rows')).toBeInTheDocument();
});

it('how an import ended is shown until the page is left, and once to who left while it ran', async () => {
	const choose = () => screen.findByText('Choose a file of contacts or of events');
	pendingFile.set(orders());
	come();
	await ready('Import 2 events');
	await user.click(button('Import 2 events'));
	expect(await screen.findByRole('heading', { name: 'Done' })).toBeInTheDocument();
	leave();
	come();
	await choose();

	const more = orders();
	pendingFile.set(fileOf('more.csv', await more.text(), '3,gus@example.com,2024-03-06 10:00,5.00'));
	await ready('Import 1 event');
	await user.click(button('Import 1 event'));
	leave();
	await waitFor(() => expect(importRunner(opened.app).state.status).toBe('done'));
	come();
	expect(await screen.findByRole('heading', { name: 'Done' })).toBeInTheDocument();
	leave();
	come();
	await choose();
});

it('a file that does not say what people agreed to is said to get nobody who can be sent email', async () => {
	pendingFile.set(fileOf('people.csv', 'Email', 'hal@example.com', 'ida@example.com'));
	come();
	const consent = await screen.findByLabelText('Email consent of everybody in this file');
	expect(consent).toHaveAccessibleDescription(
		'Contacts that are added cannot be sent email until they are subscribed.'
	);
	await ready('Import 2 contacts');
	await user.click(button('Import 2 contacts'));
	expect(
		await screen.findByText(/^None of the 2 contacts that were added can be sent email/)
	).toBeInTheDocument();
});
