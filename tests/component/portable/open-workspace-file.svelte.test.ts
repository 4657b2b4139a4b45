import '@testing-library/jest-dom/vitest';
import { File as NodeFile } from 'node:buffer';
import { cleanup, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import OpenWorkspaceFile from '$lib/portable/OpenWorkspaceFile.svelte';
import { sql } from '$lib/sql';
import { Population } from '../../fixtures/population';
import { open, type Opened } from '../segments/open';

let population: Population;
let opened: Opened;

beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => void (opened = await open(population)));
afterEach(() => {
	cleanup();
	opened.close();
});

const many = Array.from({ length: 12_000 }, (_, i) => ({ contact: { uid: `new${i}` } }));
const lines = [{ format: 'winnow', version: 1 }, { workspace: {} }, ...many];
const text = lines.map((line) => JSON.stringify(line)).join('\n');
// That of jsdom cannot be read as a stream.
const file = new NodeFile([text], 'shop.ndjson') as unknown as File;

function show() {
	const onclose = vi.fn();
	opened.show(OpenWorkspaceFile, { file, onclose });
	return { user: userEvent.setup(), onclose };
}
async function contacts(): Promise<number> {
	const [row] = await population.database.rows<{ n: number }>(
		sql`select count(*)::int as n from contact`
	);
	return row!.n;
}

test('closed while it is read, it stays until it says how that ended', async () => {
	const { user, onclose } = show();
	await screen.findByText('Checking shop.ndjson');
	await user.keyboard('{Escape}');
	expect(onclose).not.toHaveBeenCalled();
	expect(await screen.findByRole('status')).toHaveTextContent('It was cancelled.');
	await user.keyboard('{Escape}');
	expect(onclose).toHaveBeenCalledOnce();
});

test('closed while it is brought in, it stays, and nothing of it is here', async () => {
	const before = await contacts();
	const { user, onclose } = show();
	await user.click(await screen.findByRole('button', { name: 'Add to this workspace' }));
	await screen.findByText('Bringing in shop.ndjson');
	await user.click(screen.getByRole('button', { name: 'Close' }));
	expect(onclose).not.toHaveBeenCalled();
	await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('It was cancelled.'));
	expect(await contacts()).toBe(before);
});
