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

/** That of jsdom cannot be read as a stream. */
const fileOf = (lines: readonly object[]) =>
	new NodeFile(
		[[{ format: 'winnow', version: 1 }, ...lines].map((line) => JSON.stringify(line)).join('\n')],
		'shop.ndjson'
	) as unknown as File;

const many = Array.from({ length: 12_000 }, (_, i) => ({ contact: { uid: `new${i}` } }));
const shop = fileOf([{ workspace: {} }, ...many]);

function show(file = shop) {
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

test.each([
	['too many parts', 201, 'has 201 parts; it can have 200.'],
	['too many groups in each other', 0, 'too many groups stand in each other.']
])('a rule of %s is not brought in, and it is said why', async (_, parts, why) => {
	const everyone = { kind: 'everyone' };
	let deep: object = everyone;
	for (let i = 0; i < 70; i++) deep = { match: 'all', children: [deep] };
	const children = parts > 0 ? Array.from({ length: parts }, () => everyone) : [deep];
	const segments = [{ id: 'a', name: 'Large', rule: { match: 'any', children } }];
	const { user } = show(fileOf([{ workspace: { segments } }]));
	await user.click(await screen.findByRole('button', { name: 'Add to this workspace' }));
	expect(await screen.findByText(/^The rule of “Large” in this file/)).toHaveTextContent(why);
	expect(opened.app.workspace.segments).toEqual([]);
});

test('when it was saved is said in the file’s own time zone', async () => {
	const made = { format: 'winnow', version: 1, made: '2026-11-29T21:35:00Z' };
	const lines = [made, { workspace: { zone: 'Asia/Tokyo' } }];
	const text = lines.map((line) => JSON.stringify(line)).join('\n');
	show(new NodeFile([text], 'shop.ndjson') as unknown as File);
	expect(await screen.findByText('Saved 30 Nov 2026, 06:35')).toBeVisible();
});
