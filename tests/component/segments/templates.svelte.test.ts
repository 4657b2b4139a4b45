import '@testing-library/jest-dom/vitest';
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '$lib/sql';
import Gallery from '../../../src/routes/segments/TemplateGallery.svelte';
import { definitions } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { addSegment, all, open, vip, type Opened } from './open';

let population: Population;
let opened: Opened;

beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	opened = await open(population);
	for (const id of ['birthday', 'lat', 'lon'])
		opened.app.workspace.putField(definitions.fields.get(id)!);
});
afterEach(() => {
	cleanup();
	opened.close();
});

/** Shows the gallery; what it says lands in these. */
function show(props: { search?: string; beginning?: boolean } = {}) {
	const [onsearch, onmade, onleave] = [vi.fn(), vi.fn(), vi.fn()];
	opened.show(Gallery, { search: '', onsearch, onmade, onleave, ...props });
	return { user: userEvent.setup(), onsearch, onmade, onleave };
}
const row = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) });
const names = () =>
	screen
		.queryAllByRole('button')
		.filter((button) => button.dataset.template)
		.map((button) => button.querySelector('b')?.textContent);
const segments = () => opened.app.workspace.segments;
/** Until the last is counted. */
const counted = () => waitFor(() => expect(row('10 % hold-out')).toHaveTextContent(/\d$/));

describe('the gallery', () => {
	it('has all templates by groups, each with what it says and its exact count here', async () => {
		show();
		// Before anything is known of the data, nothing can be chosen.
		expect(row('Repeat buyers')).toHaveAttribute('aria-disabled', 'true');
		await counted();
		expect(names()).toHaveLength(22);
		expect(row('Repeat buyers')).toHaveTextContent(/2$/);
		const buyers = within(screen.getByRole('list', { name: 'Buyers' }));
		expect(buyers.getByRole('button', { name: /^VIP/ })).toHaveTextContent(
			/The tenth of all buyers who spent the most\.\s*1$/
		);
		// Where the data decided something, it says what.
		expect(row('High average order')).toHaveTextContent(/Average order ≥ 70\.\s*2$/);
		expect(row('First order in 30 days')).toHaveTextContent(/1$/);
		expect(row('Birthday in 7 days')).toHaveTextContent(/2$/);
		expect(row('Missing key fields')).toHaveTextContent(
			'Email has no value or First name has no value or Country has no value.'
		);
	});

	it('dims what finds nobody, which can be had all the same', async () => {
		const { user, onmade } = show();
		await counted();
		const nobody = row('Lapsed buyers');
		expect(nobody).toHaveClass('nobody');
		expect(nobody).toHaveTextContent(/0$/);
		await user.click(nobody);
		expect(onmade).toHaveBeenCalledWith(expect.anything(), true);
	});

	it('says what a workspace lacks, and does not make what would say nothing', async () => {
		opened.app.workspace.removeDefinition('fields', 'birthday');
		const { user, onmade } = show();
		await counted();
		const birthday = row('Birthday in 7 days');
		expect(birthday).toHaveTextContent('Needs a birthday field.');
		expect(birthday).toHaveAttribute('aria-disabled', 'true');
		expect(row('Bought A, not B')).toHaveTextContent('Needs orders that say what was bought.');
		await user.click(birthday);
		expect(onmade).not.toHaveBeenCalled();
		expect(segments()).toHaveLength(0);
		// There is no cart yet, but what it asks is a rule.
		expect(row('Carted, not ordered')).toHaveTextContent('Needs carts.');
		await user.click(row('Carted, not ordered'));
		expect(segments().map(({ name }) => name)).toEqual(['Carted, not ordered']);
	});

	it('follows a change of contacts', async () => {
		show();
		await counted();
		await population.database.write('no more', (tx) => tx.run(sql`delete from event`));
		await waitFor(() => expect(row('Repeat buyers')).toHaveTextContent(/Needs orders\.\s*0$/));
	});

	it('saves a complete one at once, with Undo', async () => {
		addSegment(opened.app, 'VIP', all(vip));
		const { user, onmade } = show();
		await counted();
		await user.click(row('VIP'));
		const made = segments().find(({ name }) => name === 'VIP 2')!;
		expect(onmade).toHaveBeenCalledWith(made.id, true);
		expect(made.saved).toBeDefined();
		const toast = (await screen.findByText('“VIP 2” made.')).closest('li')!;
		await user.click(within(toast).getByRole('button', { name: 'Undo' }));
		expect(opened.app.workspace.segment(made.id)?.state).toBe('deleted');
	});

	it('leaves one with something to fill in as a draft', async () => {
		const { user, onmade } = show();
		await counted();
		expect(row('Near a place')).toHaveTextContent(
			/Which point, and how far from it\?\s*To fill in$/
		);
		await user.click(row('Near a place'));
		const [made] = segments();
		expect(onmade).toHaveBeenCalledWith(made!.id, false);
		expect(made!.saved).toBeUndefined();
		expect(made!.draft.children).toMatchObject([
			{
				condition: {
					kind: 'place',
					test: { km: 25, fields: { latitude: 'lat', longitude: 'lon' } }
				}
			}
		]);
	});

	it('is searched, walked and chosen from by keyboard', async () => {
		const { user, onsearch, onmade, onleave } = show();
		await counted();
		const box = screen.getByRole('searchbox', { name: 'Search templates' });
		expect(box).toHaveFocus();
		await user.keyboard('top buyers');
		expect(names()).toEqual(['VIP']);
		await waitFor(() => expect(onsearch).toHaveBeenLastCalledWith('top buyers'));
		await user.keyboard('{Escape}');
		expect(onsearch).toHaveBeenLastCalledWith('');
		expect(names()).toHaveLength(22);
		// Also before the address has it.
		await user.keyboard('vip{Escape}');
		expect(box).toHaveValue('');
		expect(names()).toHaveLength(22);

		await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
		expect(row('Engaged in 30 days')).toHaveFocus();
		await user.keyboard('{ArrowUp}');
		expect(box).toHaveFocus();
		// Enter right after the last letter means what was typed.
		await user.keyboard('repeat{Enter}');
		expect(segments().map(({ name }) => name)).toEqual(['Repeat buyers']);
		expect(onmade).toHaveBeenCalledOnce();

		await user.keyboard('{Escape}');
		expect(onleave).not.toHaveBeenCalled();
		await user.keyboard('{Escape}');
		expect(onleave).toHaveBeenCalledOnce();
	});

	it('says that nothing is like what is searched', async () => {
		const { user, onsearch } = show({ search: 'xyz' });
		expect(await screen.findByText('No template is like that')).toBeVisible();
		await user.click(screen.getByRole('button', { name: 'Show all' }));
		expect(onsearch).toHaveBeenCalledWith('');
		expect(names()).toHaveLength(22);
	});

	it('has what most begin with first, and nothing twice', async () => {
		show({ beginning: true });
		await counted();
		const first = within(screen.getByRole('list', { name: 'To begin with' }));
		const begins = first.getAllByRole('listitem').map((item) => item.querySelector('b'));
		expect(begins.map((b) => b?.textContent)).toEqual([
			'Engaged in 30 days',
			'New subscribers in 14 days',
			'Repeat buyers',
			'VIP',
			'Lapsed buyers'
		]);
		expect(new Set(names()).size).toBe(22);
		expect(names()).toHaveLength(22);
	});
});
