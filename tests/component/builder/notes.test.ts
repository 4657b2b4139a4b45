import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isStandard } from '$lib/fields/field';
import { rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { definitions, moment } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { addSegment, all, group, is, open, swiss, vip, type Opened } from '../segments/open';
import WithBuilder from './WithBuilder.svelte';

/** What stands under the rows of a rule: what is wrong, what is odd, what they mean, and what helps. */

vi.setConfig({ testTimeout: 30_000 });

let population: Population;
let opened: Opened;
let user: UserEvent;

beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	user = userEvent.setup();
	opened = await open(population);
	for (const field of definitions.fields.values())
		if (!isStandard(field.id)) opened.app.workspace.putField(field);
	for (const [id, name] of definitions.lists) opened.app.workspace.putList(id, name);
});
afterEach(() => {
	cleanup();
	opened.close();
});

/** Opens the builder with a rule; gives the draft as it is now. */
function build(rule: DraftGroup): () => DraftGroup {
	const id = addSegment(opened.app, 'Mine', rule, false);
	render(WithBuilder, { app: opened.app, segment: id });
	return () => opened.app.workspace.segment(id)!.draft;
}

const row = (name: RegExp) => screen.findByRole('group', { name });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const field = (id: string, field: string, of: string, test: object): DraftRule =>
	is(id, { kind: 'field', field, of, test });

/** Presses a button by the keyboard, as whoever tabs to it does. */
async function press(name: string) {
	(await button(name)).focus();
	await user.keyboard('{Enter}');
}

describe('a repair', () => {
	it('removes an empty group, is taken back in one step, and leaves the focus on a row', async () => {
		const draft = build(all(swiss, group('g', 'any')));
		await press('Remove the group');
		expect(draft().children).toMatchObject([{ id: 'swiss' }]);
		await waitFor(async () => expect(await row(/^Country/)).toHaveFocus());
		await user.click(await button(/^Undo/));
		expect(draft().children).toMatchObject([{ id: 'swiss' }, { id: 'g' }]);
	});

	it('takes a deleted tag out, or another in its place', async () => {
		const draft = build(
			all(is('t', { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip', 'gone'] } }))
		);
		await press('Take the deleted tag out');
		expect(draft().children).toMatchObject([{ condition: { test: { tags: ['t-vip'] } } }]);
		await waitFor(async () => expect(await row(/is tagged vip/)).toHaveFocus());
		await user.click(await button(/^Undo/));

		await press('Choose another tag: Choose another tag');
		await user.type(await screen.findByRole('combobox', { name: 'Choose another tag' }), 'new');
		await user.keyboard('{Enter}');
		expect(draft().children).toMatchObject([{ condition: { test: { tags: ['t-vip', 't-new'] } } }]);
	});

	it('starts a condition anew after its field got another type', async () => {
		const draft = build(
			all(field('p', 'score', 'text', { operator: 'isAnyOf', values: ['7.5', '0'] }))
		);
		expect(await screen.findByText(/Score is now a number/)).toBeInTheDocument();
		await press('Compare Score as a number');
		expect(draft().children).toMatchObject([
			{ condition: { of: 'number', test: { operator: 'isAnyOf', values: [7.5, 0] } } }
		]);
		await waitFor(async () => expect(await row(/Score is any of/)).toHaveFocus());
	});

	it('opens what is still to be filled in', async () => {
		build(all(field('c', 'city', 'text', { operator: 'contains' })));
		await press('Fill it in');
		expect(await screen.findByRole('dialog', { name: 'City, text' })).toBeInTheDocument();
	});

	it('of the whole rule stands above its rows', async () => {
		const draft = build(group(rootId, 'xor', swiss, vip));
		expect(await screen.findByText(/Choose whether all, any or none/)).toBeInTheDocument();
		await press('Any is enough');
		expect(draft().match).toBe('any');
		await waitFor(async () => expect(await row(/^Country/)).toHaveFocus());
	});

	it('switches a row on where all are off', async () => {
		const draft = build(all({ ...swiss, muted: true }));
		await press('Switch on “Country is Switzerland”');
		expect(draft().children[0]?.muted).toBeFalsy();
		await waitFor(async () => expect(await row(/^Country/)).toHaveFocus());
	});

	it('of a segment with trouble opens that segment', async () => {
		const id = addSegment(opened.app, 'Unsaved', all(swiss), false);
		build(all(is('s', { kind: 'segment', segment: id, in: true })));
		const link = await screen.findByRole('link', { name: 'Open “Unsaved”' });
		expect(link).toHaveAttribute('href', expect.stringContaining(`segments/${id}/edit`));
	});
});

describe('contacts without a value', () => {
	const elsewhere = field('e', 'country', 'text', { operator: 'isNoneOf', values: ['CH'] });

	it('are counted where the condition decides about them, and turned by one key', async () => {
		const draft = build(all(elsewhere));
		expect(
			await screen.findByText(/of those who get here have no Country: taken in\./)
		).toHaveTextContent('2');
		await press('Leave them out');
		expect(draft().children).toMatchObject([{ condition: { missing: 'exclude' } }]);
		expect(await screen.findByText(/have no Country: left out\./)).toBeInTheDocument();
		expect(await button('Take them in')).toHaveFocus();
		await user.keyboard('{Enter}');
		expect(draft().children[0]).toMatchObject({ condition: { test: { operator: 'isNoneOf' } } });
		expect(draft().children[0]).not.toHaveProperty('condition.missing');
	});

	it('are counted among those who get as far as the row', async () => {
		build(all(vip, elsewhere));
		expect(await screen.findByText(/of those who get here has no Country/)).toHaveTextContent('1');
	});

	it('are not spoken of where nobody is without', async () => {
		const city = field('city', 'city', 'text', { operator: 'isNot', value: 'Bern' });
		build(all(swiss, group('g', 'any', elsewhere, city)));
		// Rows are asked for in their order.
		await screen.findByText(/of those who get here has no City/);
		expect(screen.queryByText(/no Country/)).toBeNull();
	});
});

describe('values of another type', () => {
	it('are counted under the row of their field', async () => {
		build(all(field('s', 'score', 'number', { operator: 'atLeast', value: 0 })));
		expect(
			await screen.findByText(
				/of Score does not read as a number and counts as missing\./,
				{},
				{ timeout: 3000 }
			)
		).toHaveTextContent(/^1 value/);
	});
});

describe('times', () => {
	it('are resolved under every row with a window', async () => {
		const window = { operator: 'inLast', n: 7, unit: 'day' };
		build(
			all(
				is('m', {
					kind: 'message',
					did: true,
					activity: 'opened',
					emails: { which: 'any' },
					window
				}),
				is('i', { kind: 'inactive', types: ['order_placed'], window }),
				is('l', { kind: 'list', test: { operator: 'joined', lists: ['l-news'], window } }),
				is('c', { kind: 'consent', channel: 'email', is: true, state: 'subscribed', window }),
				is('h', {
					kind: 'changed',
					field: 'country',
					did: true,
					what: 'hasBeen',
					value: { of: 'text', test: { operator: 'is', value: 'CH' } },
					n: 7,
					unit: 'day'
				})
			)
		);
		await waitFor(() =>
			expect(screen.getAllByText('8 Jun 12:00 to 15 Jun 12:00, Europe/Zurich')).toHaveLength(5)
		);
	});
});

describe('what a row means', () => {
	const inactive = is('i', {
		kind: 'inactive',
		types: ['order_placed'],
		window: { operator: 'inLast', n: 7, unit: 'day' }
	});

	async function show() {
		await user.click((await screen.findAllByRole('button', { name: 'More for this row' }))[0]!);
		await user.click(await screen.findByRole('menuitem', { name: /Show what this means/ }));
		return within(await screen.findByRole('region', { name: 'What this means' }));
	}

	it('is shown, and takes its place as one step', async () => {
		const draft = build(all(inactive, swiss));
		const before = await row(/has done Placed order before/);
		await waitFor(() => expect(before.querySelector('.after')).toHaveTextContent(/\d/));
		const left = before.querySelector('.after')!.textContent;
		const shown = await show();
		expect(shown.getByText(/more than/)).toBeInTheDocument();
		await user.click(shown.getByRole('button', { name: 'Replace by these conditions' }));
		expect(draft().children).toMatchObject([
			{ match: 'all', children: [{ condition: { did: true } }, { condition: { did: false } }] },
			{ id: 'swiss' }
		]);
		const after = await row(/^Group: all of 2 rows/);
		await waitFor(() => expect(after).toHaveFocus());
		await waitFor(() => expect(after.querySelector('.after')).toHaveTextContent(left!));
		await user.click(await button(/^Undo/));
		expect(draft().children).toMatchObject([{ id: 'i' }, { id: 'swiss' }]);
	});

	it('of a segment is its rule, to be copied', async () => {
		const id = addSegment(opened.app, 'Swiss', all(swiss, { ...vip, muted: true }));
		const draft = build(all(is('s', { kind: 'segment', segment: id, in: false })));
		const shown = await show();
		await user.click(shown.getByRole('button', { name: 'Copy its rules here' }));
		expect(draft().children).toMatchObject([
			{ match: 'none', children: [{ match: 'all', children: [{}, { muted: true }] }] }
		]);
	});
});

describe('a segment that would come back to this one', () => {
	it('cannot be added, and the picker and the row say why', async () => {
		const { app } = opened;
		const a = addSegment(app, 'A', all(swiss));
		const b = addSegment(app, 'B', all(is('a', { kind: 'segment', segment: a, in: true })));
		const c = addSegment(app, 'C', all(is('b', { kind: 'segment', segment: b, in: true })));
		const diamond = addSegment(
			app,
			'D',
			all(
				is('b', { kind: 'segment', segment: b, in: true }),
				is('c', { kind: 'segment', segment: c, in: true })
			)
		);
		expect(app.savedRule(diamond)?.ok).toBe(true);

		render(WithBuilder, { app, segment: a });
		await user.click(await button('Add rule'));
		await user.type(await screen.findByRole('combobox', { name: 'Add rule' }), 'in segment');
		const option = await screen.findByRole('option', { name: /In segment C/ });
		expect(option).toHaveAttribute('aria-disabled', 'true');
		expect(option).toHaveTextContent('This comes back to itself: A → C → B → A.');
		await user.click(option);
		expect(app.workspace.segment(a)!.draft.children).toHaveLength(1);
	});
});
