import '@testing-library/jest-dom/vitest';
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NodeId, rootId, type DraftGroup } from '$lib/rules/rule';
import { saveSegment } from '$lib/segments/save-segment.svelte';
import { sql } from '$lib/sql';
import Show from './ShowDetails.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, group, is, open, swiss, vip, type Opened } from './open';

let population: Population;
let opened: Opened;

beforeAll(async () => {
	// What is loaded when it first opens takes its time to be transformed here.
	await import('../../../src/routes/segments/[id]/StepEditor.svelte');
	population = await Population.open();
}, 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	localStorage.clear();
	opened = await open(population);
});
afterEach(() => {
	cleanup();
	opened.close();
});

const node = (id: string) => NodeId.parse(id);
const newest = is('new', { kind: 'tag', test: { operator: 'anyOf', tags: ['t-new'] } });

/** Shows a segment's details; what its address would be changed to lands in `onaddress`. */
function show(id: string, address: { tab?: string; step?: string } = {}) {
	const onaddress = vi.fn();
	opened.show(Show, { id, tab: undefined, step: undefined, ...address, onaddress });
	return { user: userEvent.setup(), onaddress };
}
const add = (rule: DraftGroup, saved = true) => addSegment(opened.app, 'Warm', rule, saved);
const steps = () =>
	within(screen.getByRole('list', { name: /step by step/ }))
		.getAllByRole('listitem')
		.map((step) => step.textContent!.replace(/\s+/g, ' ').trim());
const counted = (text: RegExp) => waitFor(() => expect(steps().at(-1)).toMatch(text));

describe('the steps', () => {
	it('narrow down from everyone with exact counts', async () => {
		show(add(all(swiss, vip, group('out', 'none', newest))));
		// What is odd comes after the counts.
		await counted(/Nobody is left after this\. 0 contacts, 0/);
		expect(steps()).toEqual([
			expect.stringMatching(/^START Everyone .* 5 remain, 100 %$/),
			expect.stringMatching(/^AND Country is Switzerland 2 remain, 40 % −3 removed/),
			expect.stringMatching(/^AND is tagged vip 1 remain, 20 % −1 removed/),
			expect.stringMatching(
				/^BUT NOT is tagged new Nobody is left after this\. 0 contacts, 0 % −1 removed/
			)
		]);
	});

	it('show a group with what each part has alone', async () => {
		show(add(all(group('either', 'any', swiss, vip))));
		await counted(/3 contacts, 60/);
		expect(steps()[1]).toMatch(
			/AND any of these Country is Switzerland 2 alone ?or is tagged vip 2 alone/
		);
	});

	it('of any widen, and say who was added', async () => {
		show(add(group(rootId, 'any', swiss, vip)));
		await counted(/OR is tagged vip 3 contacts, 60 % \+1 added/);
		expect(steps()[1]).toMatch(/^ANY OF Country is Switzerland 2 remain, 40 %/);
	});

	it('show what is switched off without a count', async () => {
		show(add(all(swiss, { ...vip, muted: true })));
		await waitFor(() => expect(steps()[1]).toMatch(/2 remain/));
		expect(steps()[2]).toMatch(/Switched off, not part of the rule\. off$/);
	});

	it('say what odd thing they do, as the builder does', async () => {
		show(
			add(
				all(
					swiss,
					is('any', { kind: 'field', field: 'country', of: 'text', test: { operator: 'hasValue' } })
				)
			)
		);
		await counted(/This removes nobody\. Is it needed\?/);
		expect(steps()[1]).not.toMatch(/Is it needed/);
	});

	it('say it once of an exclusion', async () => {
		const austrian = is('at', {
			kind: 'field',
			field: 'country',
			of: 'text',
			test: { operator: 'is', value: 'AT' }
		});
		show(add(all(swiss, group('out', 'none', austrian))));
		await counted(/This removes nobody/);
		expect(screen.getAllByText(/This removes nobody/)).toHaveLength(1);
	});

	it('show the instants of a window, and what it means in terms of others', async () => {
		const inactive = is('i', {
			kind: 'inactive',
			types: ['order_placed'],
			window: { operator: 'inLast', n: 7, unit: 'day' }
		});
		const { user } = show(add(all(inactive)));
		await counted(/8 Jun 12:00 to 15 Jun 12:00, Europe\/Zurich/);
		expect(screen.queryByText(/more than/)).toBeNull();
		await user.click(screen.getByText('What this means'));
		expect(await screen.findByText(/more than/)).toBeInTheDocument();
	});

	it('follow a change of contacts at once', async () => {
		show(add(all(vip)));
		await counted(/2 contacts/);
		await population.database.write('another', (tx) =>
			tx.run(sql`insert into contact_tag values ('t-vip', 2, now())`)
		);
		await counted(/3 contacts/);
	});

	it('open their people: who is left and who was taken out', async () => {
		const id = add(all(swiss, vip));
		const { onaddress, user } = show(id);
		await counted(/1 contacts, 20/);
		await user.click(screen.getByRole('button', { name: /^2 remain.* Show contacts/ }));
		expect(onaddress).toHaveBeenCalledWith({ step: 'swiss' });

		cleanup();
		const { user: again } = show(id, { step: 'vip' });
		expect(await screen.findByRole('radio', { name: 'Removed 1' })).not.toBeChecked();
		expect(await screen.findByText('Ada')).toBeVisible();
		await again.click(screen.getByRole('radio', { name: 'Removed 1' }));
		await waitFor(() => expect(screen.queryByText('Ada')).not.toBeInTheDocument());
		expect(await screen.findByText('no-at-sign')).toBeVisible();
	});
});

describe('a value', () => {
	it('is changed where it stands, as a draft that can be saved', async () => {
		const id = add(all(swiss));
		const { user } = show(id);
		await counted(/2 contacts/);
		await user.click(screen.getByRole('button', { name: 'Switzerland' }));
		const editor = await screen.findByRole('dialog', { name: 'Change the condition' });
		await user.click(await within(editor).findByRole('button', { name: /Country, values/ }));
		await user.click(await screen.findByRole('option', { name: /Germany/ }));
		await waitFor(() =>
			expect(steps()[1]).toMatch(/Country is any of Switzerland or Germany 3 contacts/)
		);
		const draft = screen.getByText('Draft', { selector: 'b' }).closest('[role="status"]')!;
		await waitFor(() => expect(draft).toHaveTextContent(/Draft 2 → ?becomes 3/));

		const saved = () => JSON.stringify(opened.app.workspace.segment(id)!.saved);
		expect(saved()).not.toContain('DE');
		await user.keyboard('{Escape}{Escape}');
		await user.click(screen.getByRole('button', { name: 'Save' }));
		expect(saved()).toContain('DE');
		expect(screen.queryByRole('button', { name: 'Discard' })).not.toBeInTheDocument();
		await counted(/3 contacts/);
	});

	it('changed by mistake is discarded', async () => {
		const id = add(all(swiss));
		opened.app.workspace.addCondition(
			id,
			{ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } },
			{ parent: rootId }
		);
		const { user } = show(id);
		await counted(/Country is Switzerland 2 contacts/);
		await user.click(screen.getByRole('radio', { name: 'Draft' }));
		await counted(/is tagged vip 1 contacts/);
		await user.click(screen.getByRole('button', { name: 'Discard' }));
		await counted(/Country is Switzerland 2 contacts/);
		expect(opened.app.workspace.segment(id)!.hasChanges).toBe(false);
	});
});

describe('a rule with an issue', () => {
	it('keeps the count it had when it was last saved, and does not say that it is counted', async () => {
		const id = add(all(swiss));
		show(id);
		await counted(/2 contacts/);
		await screen.findByText(/^Counted at/);
		cleanup();
		const { app } = opened;
		app.workspace.replaceRule(id, all(swiss, vip));
		expect(saveSegment(app, id, { count: 1, everyone: 5 })).toBe(true);
		app.workspace.removeDefinition('tags', 't-vip');
		show(id);
		expect(await screen.findByText(/This segment is not counted now/)).toBeVisible();
		await waitFor(() => expect(steps()[2]).toMatch(/ 1 contacts, last count$/));
		expect(screen.queryByText(/^Counted at/)).toBeNull();
	});

	it('says so at its step, keeps the last count, and cannot be exported', async () => {
		const id = add(all(swiss, vip));
		show(id);
		await counted(/1 contacts/);
		cleanup();
		opened.app.workspace.removeDefinition('tags', 't-vip');
		show(id);
		expect(await screen.findByText(/This segment is not counted now/)).toBeVisible();
		expect(steps()[2]).toMatch(/The tag this refers to was deleted\..* 1 contacts, last count$/);
		expect(screen.getByRole('button', { name: /^Export/ })).toBeDisabled();
		expect(screen.getByRole('button', { name: /^Export/ })).toHaveAccessibleDescription(
			/Solve it first/
		);
		expect(screen.getByRole('button', { name: 'Copy SQL' })).toBeDisabled();
	});
});

describe('why', () => {
	it('tells of anybody, step by step', async () => {
		const { user } = show(add(all(swiss, vip)));
		await counted(/1 contacts/);
		await user.type(screen.getByLabelText('Find a contact'), 'no-at');
		await screen.findByRole('option', { name: /no-at-sign/ });
		await user.keyboard('{ArrowDown}{Enter}');
		expect(await screen.findByText('Why is no-at-sign not in here?')).toBeVisible();
		expect(screen.getByText(/^Stopped at/)).toHaveTextContent('Stopped at Is tagged vip.');
		const tree = screen.getByRole('group', { name: 'Step by step' });
		expect(await within(tree).findByText('Would be in if:')).toBeVisible();
		expect(
			[...tree.querySelectorAll('.node')].map((item) => [
				item.querySelector('.says')!.textContent,
				item.querySelector('svg')!.ariaLabel,
				item.querySelector('.decided')!.textContent!.trim()
			])
		).toEqual([
			['Country is Switzerland', 'Holds:', 'Country: Switzerland'],
			['is tagged vip', 'Does not hold:', 'no such tag']
		]);
	});

	it('tells of a member', async () => {
		const { user } = show(add(all(swiss, vip)));
		await user.click(await screen.findByRole('button', { name: 'Why is Ada in here?' }));
		expect(await screen.findByText('Passed all 2 steps.')).toBeVisible();
	});
});

describe('the header', () => {
	it('renames in place, and Escape leaves the name as it was', async () => {
		const id = add(all(vip));
		const { user } = show(id);
		await user.keyboard('{F2}');
		await user.keyboard('Other{Escape}');
		expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Warm');
		await user.click(screen.getByRole('button', { name: 'Warm' }));
		await user.keyboard('Warmer{Enter}');
		expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Warmer');
		expect(opened.app.workspace.segment(id)!.name).toBe('Warmer');
	});

	it('tags, with a known tag and with a new one', async () => {
		const id = add(all(vip));
		const { user } = show(id);
		await user.click(screen.getByRole('button', { name: '+ Tag' }));
		await user.click(await screen.findByRole('button', { name: 'old' }));
		await user.click(screen.getByRole('button', { name: '+ Tag' }));
		await user.type(await screen.findByLabelText('Tag'), 'Retention{Enter}');
		const { workspace } = opened.app;
		const names = () =>
			workspace.segment(id)!.tags.map((tag) => workspace.definitions.tags.get(tag));
		expect(names().sort()).toEqual(['Retention', 'old']);
		await user.click(screen.getByRole('button', { name: 'Remove tag old' }));
		expect(names()).toEqual(['Retention']);
	});

	it('of an archived segment offers to restore it, and changes nothing else', async () => {
		const id = add(all(vip));
		opened.app.workspace.setState(id, 'archived');
		const { user } = show(id);
		expect(screen.queryByRole('link', { name: /Edit rules/ })).not.toBeInTheDocument();
		expect(screen.queryByRole('button', { name: 'Warm' })).not.toBeInTheDocument();
		await user.click(screen.getByRole('button', { name: 'Restore' }));
		expect(opened.app.workspace.segment(id)!.state).toBe('active');
		expect(screen.getByRole('link', { name: /Edit rules/ })).toBeVisible();
	});
});

describe('the tabs', () => {
	it('say how many are in other segments too, most first, and lead to the overlap', async () => {
		const id = add(all(swiss));
		const { app } = opened;
		const vips = addSegment(app, 'Vips', all(vip));
		const same = addSegment(app, 'Where they live', all(swiss));
		addSegment(app, 'Never saved', all(vip), false);
		show(id, { tab: 'overlap' });
		const link = await screen.findByRole('link', { name: 'Vips' });
		const rows = within(link.closest('ul')!).getAllByRole('listitem');
		expect(rows.map((row) => row.textContent!.trim())).toEqual([
			expect.stringMatching(/^Where they live 2$/),
			expect.stringMatching(/^Vips 1$/)
		]);
		const overlapWith = (other: string) =>
			`#/segments/overlap?${new URLSearchParams({ of: `${id},${other}` })}`;
		expect(link).toHaveAttribute('href', overlapWith(vips));
		expect(screen.getByRole('link', { name: 'Where they live' })).toHaveAttribute(
			'href',
			overlapWith(same)
		);
		expect(screen.getByRole('link', { name: 'Compare with several' })).toBeVisible();
	});

	it('show SQL that can be copied', async () => {
		show(add(all(vip)), { tab: 'sql' });
		expect(await screen.findByRole('region', { name: 'The statement' })).toHaveTextContent(
			/where tag = any\(array\['t-vip'\]::text\[\]\)/
		);
	});

	it('show every saved version, and restore one as a draft', async () => {
		const id = add(all(swiss));
		const { workspace } = opened.app;
		workspace.remove(id, node('swiss'));
		workspace.addCondition(
			id,
			{ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } },
			{ parent: rootId }
		);
		workspace.saveSegment(id);
		const { user } = show(id, { tab: 'history' });
		expect(screen.getByText('Is tagged vip.', { selector: 'ol p' })).toBeVisible();
		await user.click(screen.getByRole('button', { name: 'Restore' }));
		await counted(/Country is Switzerland 2 contacts/);
		expect(workspace.segment(id)!.hasChanges).toBe(true);
		expect(JSON.stringify(workspace.segment(id)!.saved)).toContain('t-vip');
	});
});

it('without rules, says so and offers to write some', () => {
	show(add(all(), false));
	expect(screen.getByRole('heading', { name: 'No rules yet' })).toBeVisible();
	expect(screen.getAllByRole('link', { name: /Edit rules/ })).toHaveLength(2);
});
