import '@testing-library/jest-dom/vitest';
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sql } from '$lib/sql';
import Index from '../../../src/routes/segments/SegmentIndex.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, open, swiss, type Opened } from './open';
import Show from './ShowDetails.svelte';

vi.setConfig({ testTimeout: 30_000 });

let population: Population;
let opened: Opened;
let user: ReturnType<typeof userEvent.setup>;

beforeAll(async () => {
	// What is loaded when it first opens takes its time to be transformed here.
	await import('../../../src/routes/segments/[id]/trend/Trend.svelte');
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
});

const add = (saved = true) => addSegment(opened.app, 'Swiss', all(swiss), saved);
const show = (id: string, asOf?: string) =>
	opened.show(Show, { id, tab: 'trend', step: undefined, asOf, onaddress: vi.fn() });
/** As the page does once nothing has changed for a second. */
const look = (id: string) => {
	const rule = opened.app.savedRule(id);
	if (!rule?.ok) throw new Error('It was not saved.');
	return opened.app.ask('lookAtSegments', [{ segment: id, rule: rule.value }], opened.app.moment);
};
const toFrance = (cno: number) =>
	population.database.write(`to France ${cno} ${Math.random()}`, (tx) =>
		tx.run(sql`update contact set country = 'FR', country_key = 'fr' where cno = ${cno}::int`)
	);
const worked = () => screen.findByText(/recomputed from events/, {}, { timeout: 20_000 });
const day = () => screen.getByRole('slider').getAttribute('aria-valuetext');

it('days before it was saved are worked out, marked, and walked by keyboard', async () => {
	await population.database.write('created long ago', (tx) =>
		tx.run(sql`update contact set created_at = '2020-01-01'`)
	);
	show(add());
	await worked();
	expect(day()).toBe('15 Jun 2024: 2. 0 entered, 0 left.');
	screen.getByRole('slider').focus();
	await user.keyboard('{ArrowLeft}');
	expect(day()).toBe('14 Jun 2024: 2. 0 entered, 0 left. Recomputed.');
	await user.keyboard('{PageDown}');
	expect(day()).toMatch(/^7 Jun 2024/);
	await user.keyboard('{End}');
	expect(day()).toMatch(/^15 Jun 2024/);

	await user.click(screen.getByRole('button', { name: 'Show as table' }));
	const rows = within(screen.getByRole('table')).getAllByRole('row');
	const cells = rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim()));
	expect(cells).toHaveLength(91);
	expect(cells[1]).toEqual(['15 Jun 2024', '2', '0', '0', 'noted']);
	expect(cells[90]).toEqual(['18 Mar 2024', '2', '0', '0', 'recomputed']);
});

it('who left is named with the cause, and opens', async () => {
	const id = add();
	show(id);
	await worked();
	expect(screen.getByText(/Nobody has entered or left/)).toBeVisible();
	await toFrance(0);
	await look(id);
	const entry = await screen.findByRole('button', { name: 'Ada left' });
	expect(entry.closest('li')).toHaveTextContent('data changed');
	await user.click(entry);
	const dialog = await screen.findByRole('dialog', { name: /^Ada left, 15 Jun 2024/ });
	expect(await within(dialog).findByRole('link', { name: 'Ada' })).toBeVisible();
});

it('it is asked as of an instant, in the address or by its name', async () => {
	show(add(), '2024-06-22');
	const section = await screen.findByRole('region', { name: 'As of' });
	await waitFor(() =>
		expect(section).toHaveTextContent(/22 Jun 2024, 00:00: 2 contacts. If nothing but time passes/)
	);
	await user.click(within(section).getByRole('button', { name: 'In 24 h' }));
	await waitFor(() => expect(section).toHaveTextContent(/16 Jun 2024, 12:00: 2 contacts/));
	await user.click(within(section).getByRole('button', { name: 'Clear' }));
	expect(section).not.toHaveTextContent('contacts.');
});

it('one that was never saved says from when it is noted', async () => {
	show(add(false));
	expect(await screen.findByText(/from when it is saved/)).toBeVisible();
});

it('the index says by how many it grew in seven days, or since when it is known', async () => {
	const id = add();
	await look(id);
	opened.show(Index, {});
	const cell = () => screen.getByRole('row', { name: /Swiss/ }).querySelector('td.week')!;
	await waitFor(() => expect(cell()).toHaveTextContent(/^– Noted since 15 Jun 2024, 12:00: ±0$/));
	await population.database.run(
		sql`update segment_log set at = at - interval '8 days' where segment = ${id}`
	);
	await toFrance(0);
	await look(id);
	await waitFor(() => expect(cell()).toHaveTextContent(/^−1$/));
});
