import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { App } from '$lib/app.svelte';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { Engine } from '$lib/engine/engine';
import { builtInEventTypes } from '$lib/events/event-type';
import { isStandard } from '$lib/fields/field';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import Toaster from '$lib/ui/Toaster.svelte';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import '../ui/ready';
import WithBuilder from './WithBuilder.svelte';
import { alone } from '../alone';

vi.setConfig({ testTimeout: 30_000 });

let population: Population;
let app: App;
let user: UserEvent;

beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
}, 60_000);
afterAll(() => population.close());

beforeEach(() => {
	localStorage.clear();
	user = userEvent.setup();
	const workspace = new Workspace(new Y.Doc(), { by: 'me', now: () => moment.now });
	workspace.putSettings({ zone: moment.zone });
	for (const field of definitions.fields.values())
		if (!isStandard(field.id)) workspace.putField(field);
	const builtIn = new Set(builtInEventTypes.map(({ id }) => id));
	for (const type of definitions.eventTypes.values())
		if (!builtIn.has(type.id)) workspace.putEventType(type);
	for (const [id, name] of definitions.tags) workspace.putTag(id, name);
	for (const [id, name] of definitions.lists) workspace.putList(id, name);
	app = new App(
		workspace,
		engineOf(createApi(population.database, () => {})),
		alone,
		() => moment.now
	);
});
afterEach(() => {
	cleanup();
	app.close();
});

/** The worker's methods without a worker between. */
function engineOf(api: EngineApi): Engine {
	const call = async (method: keyof EngineApi, ...args: never[]) =>
		// What crosses to a worker is copied.
		structuredClone(await (api[method] as (...args: never[]) => unknown)(...structuredClone(args)));
	return {
		call,
		callWith: (_: unknown, ...rest: [keyof EngineApi, ...never[]]) => call(...rest),
		onnews: () => () => {},
		onstate: () => () => {},
		state: { status: 'ready' },
		close() {}
	} as unknown as Engine;
}

const field = (id: string, field: string, of: string, test: object): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'field', field, of, test }
});
const country = (id: string, ...values: string[]) =>
	field(id, 'country', 'text', { operator: 'isAnyOf', values });
const tagged = (id: string, ...tags: string[]): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'tag', test: { operator: 'anyOf', tags } }
});
const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});

/** Opens the builder; gives the id of its segment, once it has one. */
function open(rule?: DraftGroup) {
	const made = rule && app.workspace.createSegment('Mine', rule);
	const known = made?.ok ? made.value : undefined;
	render(WithBuilder, { app, segment: known });
	return () => known ?? app.workspace.segments.at(-1)!.id;
}

const draftOf = (id: string) => app.workspace.segment(id)!.draft;
const row = (name: RegExp) => screen.findByRole('group', { name });
const total = (text: string) =>
	waitFor(() => expect(document.querySelector('.total .huge')).toHaveTextContent(text));
const isSettled = () =>
	waitFor(() => expect(document.querySelector('.total .result')).toBeInTheDocument());

/** Focuses a row, as the arrow keys and Tab do. */
async function focus(name: RegExp) {
	const found = await row(name);
	found.focus();
	return found;
}

async function pick(button: string, words: string) {
	await user.click(screen.getByRole('button', { name: button }));
	const box = await screen.findByRole('combobox', { name: button });
	await user.type(box, words);
	return box;
}

describe('a new segment', () => {
	it('is made by its first rule, found by a value, with the keyboard alone', async () => {
		const id = open();
		const box = await screen.findByRole('combobox', { name: 'Add rule' });
		await user.type(box, 'switz');
		await screen.findByRole('option', { name: /Country is Switzerland\s+2/ });
		expect(app.workspace.segments).toHaveLength(0);
		await user.keyboard('{Enter}');

		await total('2');
		expect(draftOf(id()).children).toMatchObject([
			{
				condition: {
					kind: 'field',
					field: 'country',
					test: { operator: 'isAnyOf', values: ['CH'] }
				}
			}
		]);
		expect(app.workspace.segment(id())).toMatchObject({ name: 'Country is Switzerland' });
		await waitFor(async () => expect(await row(/Country is Switzerland/)).toHaveFocus());
	});

	it('is taken back as a whole', async () => {
		const id = open();
		await user.type(await screen.findByRole('combobox'), 'tagged vip{Enter}');
		await screen.findByRole('group', { name: /is tagged vip/ });
		const made = id();
		await user.click(screen.getByRole('button', { name: /^Undo/ }));
		expect(app.workspace.segment(made)).toBeUndefined();
	});

	it('keeps the name that somebody gave it', async () => {
		const id = open();
		await user.type(await screen.findByRole('combobox'), 'tagged vip{Enter}');
		await screen.findByRole('group', { name: /is tagged vip/ });
		app.workspace.renameSegment(id(), 'Ours');
		await waitFor(async () => expect(await row(/is tagged vip/)).toHaveFocus());
		await user.keyboard('n');
		await row(/is not tagged vip/);
		expect(app.workspace.segment(id())?.name).toBe('Ours');
	});
});

describe('the picker', () => {
	it('opens what is still to be chosen of what it adds', async () => {
		open(group(rootId, 'all', country('a', 'CH')));
		await pick('Add rule', 'city{Enter}');
		expect(await screen.findByRole('dialog', { name: 'City, values' })).toBeInTheDocument();
	});

	it('leads to no complaint until the row is left unfinished', async () => {
		open(group(rootId, 'all', country('a', 'CH')));
		await pick('Add rule', 'city{Enter}');
		await screen.findByRole('dialog', { name: 'City, values' });
		const box = await screen.findByRole('combobox', { name: 'City, values' });
		await waitFor(() => expect(box).toHaveFocus());
		expect(screen.queryByText('One row needs your attention.')).toBeNull();
		expect(screen.getByText('Still to be filled in.')).toBeInTheDocument();
		await user.keyboard('{Escape}');
		expect(await screen.findByText('One row needs your attention.')).toBeInTheDocument();
		expect(screen.queryByText('Still to be filled in.')).toBeNull();
	});

	it('finds tags with their counts, operators by other names, and says how full fields are', async () => {
		open(group(rootId, 'all', country('a', 'CH')));
		await user.click(screen.getByRole('button', { name: 'Add rule' }));
		const box = await screen.findByRole('combobox');
		await screen.findByRole('option', { name: /Score\s+60 % filled/ });
		await user.type(box, 'vip');
		await screen.findByRole('option', { name: /Tagged vip\s+2/ });
		await user.clear(box);
		await user.type(box, 'city is blank');
		expect(await screen.findByRole('option', { name: 'City has no value' })).toBeInTheDocument();
	});

	it('shows the sign that the row will have', async () => {
		open(group(rootId, 'all', field('a', 'email_consent', 'select', { operator: 'hasValue' })));
		expect((await row(/^Email consent has a value/)).querySelector('.kind.consent')).toBeVisible();
		await pick('Add rule', 'email consent');
		const option = await screen.findByRole('option', { name: /^Email consent\b(?! )/ });
		expect(option.querySelector('.kind.consent')).toBeVisible();
	});

	it('never says how many lack one field of those who lack another', async () => {
		const isNot = (name: string) => ({
			kind: 'field',
			...{ field: name, of: 'text', test: { operator: 'isNot', value: 'x' } }
		});
		const id = open(
			group(rootId, 'all', {
				...{ type: 'condition', id: NodeId.parse('a') },
				condition: isNot('city')
			})
		);
		const said = () =>
			screen
				.queryByText(/of those who get here/)
				?.textContent?.replace(/\s+/g, ' ')
				.trim();
		await waitFor(() => expect(said()).toMatch(/^3 of those who get here have no City:/));
		app.workspace.setCondition(id(), NodeId.parse('a'), isNot('first_name'));
		await tick();
		expect(said()).toBeUndefined();
		await waitFor(() => expect(said()).toMatch(/^4 of those who get here have no First name:/));
	});

	it('says once what is wrong with a row twice', async () => {
		open(group(rootId, 'all', tagged('a', 't-gone', 't-lost')));
		expect(await screen.findAllByText(/The tag this refers to was deleted/)).toHaveLength(1);
	});

	it('shows what was used lately on top', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		await pick('Add rule', 'opened{Enter}');
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(2));
		await user.click(screen.getByRole('button', { name: 'Add rule' }));
		const lately = await screen.findByRole('group', { name: 'Lately used' });
		expect(within(lately).getAllByRole('option')).toHaveLength(1);
		expect(within(lately).getByRole('option', { name: 'Opened email' })).toBeInTheDocument();
	});

	it('does not offer a segment to itself', async () => {
		const rule = group(rootId, 'all', country('a', 'CH'));
		const made = app.workspace.createSegment('Swiss', rule);
		if (!made.ok) throw new Error('not made');
		app.workspace.saveSegment(made.value);
		render(WithBuilder, { app, segment: made.value });
		await pick('Add rule', 'segment swiss');
		const option = await screen.findByRole('option', { name: /In segment Swiss/ });
		expect(option).toHaveAttribute('aria-disabled', 'true');
		await user.click(option);
		expect(draftOf(made.value).children).toHaveLength(1);
	});
});

describe('counts', () => {
	it('stand beside each row: who is left, who went, and alone', async () => {
		open(
			group(
				rootId,
				'all',
				country('a', 'CH'),
				group('g', 'any', tagged('t', 't-vip'), tagged('u', 't-old')),
				group(
					'x',
					'none',
					tagged('y', 't-new'),
					field('z', 'vip', 'boolean', { operator: 'isTrue' })
				)
			)
		);
		await total('0');
		const numbers = async (name: RegExp) => {
			const found = (await row(name)).querySelector('.numbers')!;
			return [...found.querySelectorAll('.figure')].map(({ textContent }) => textContent);
		};
		expect(await numbers(/^Country/)).toEqual(['2', '2', '−3']);
		expect(await numbers(/^Group/)).toEqual(['3', '1', '−1']);
		expect(await numbers(/^is tagged old/)).toEqual(['1']);
		// Each row that is left out has a count of its own after it.
		expect(await numbers(/^is tagged new/)).toEqual(['1', '0', '−1']);
		expect(await numbers(/^VIP is true/)).toEqual(['1', '0', '±0']);
	});

	it('of the last change say who left and who came', async () => {
		open(group(rootId, 'all', country('a', 'CH', 'DE')));
		await total('3');
		const dialog = user.click(screen.getByRole('button', { name: /Country, values/ }));
		await dialog;
		await user.click(await screen.findByRole('option', { name: /Germany/ }));
		await total('2');
		await screen.findByText('by your last change', { exact: false });
		expect(screen.getByText(/Left by the last change/)).toHaveTextContent('1');
		expect(document.querySelector('.change')).toHaveTextContent('−1 by your last change');
	});

	it('say of what somebody else changed that it came since, and count that alone', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH', 'DE')));
		await total('3');
		await user.click(screen.getByRole('button', { name: /Country, values/ }));
		await user.click(await screen.findByRole('option', { name: /Germany/ }));
		await total('2');
		await screen.findByText('by your last change', { exact: false });

		const theirs = new Y.Doc();
		Y.applyUpdate(theirs, Y.encodeStateAsUpdate(app.workspace.doc));
		const colleague = new Workspace(theirs, { by: 'colleague', now: () => moment.now });
		const condition = { kind: 'field', field: 'country', of: 'text' };
		const test = { operator: 'isAnyOf', values: ['CH', 'DE', 'AT'] };
		colleague.setCondition(id(), NodeId.parse('a'), { ...condition, test });
		Y.applyUpdate(app.workspace.doc, Y.encodeStateAsUpdate(theirs), 'wire');
		await screen.findByText('since your last change', { exact: false });
		await waitFor(() =>
			expect(document.querySelector('.change')).toHaveTextContent(/^\+\d since your last change$/)
		);
		expect(screen.queryByText(/Left by the last change/)).toBeNull();
	});

	it('of the last change are of the typing, not of leaving the field', async () => {
		const id = open(
			group(rootId, 'all', field('a', 'city', 'text', { operator: 'contains', value: 'z' }))
		);
		await total('2');
		await user.click(screen.getByRole('button', { name: /City, text/ }));
		await user.type(await screen.findByLabelText('Text'), 'ü');
		await total('1');
		await waitFor(() =>
			expect(draftOf(id()).children[0]).toMatchObject({ condition: { test: { value: 'zü' } } })
		);
		await user.tab();
		await user.keyboard('{Escape}');
		await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
		expect(document.querySelector('.change')).toHaveTextContent('−1 by your last change');
	});

	it('of values are of those who get as far as the row', async () => {
		open(
			group(
				rootId,
				'all',
				tagged('t', 't-vip'),
				field('a', 'country', 'text', { operator: 'isAnyOf' })
			)
		);
		await user.click(screen.getByRole('button', { name: /Country, values/ }));
		await screen.findByText('Counted among 2 people.');
		expect(screen.getByRole('option', { name: /Switzerland CH 1/ })).toBeInTheDocument();
	});

	it('are announced', async () => {
		open(group(rootId, 'all', country('a', 'CH'), tagged('t', 't-vip')));
		await total('1');
		await focus(/is tagged vip/);
		await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
		await waitFor(
			() => expect(screen.getByText('Moved to step 1 of 2; 1 person')).toBeInTheDocument(),
			{ timeout: 3000 }
		);
	});

	it('stay on screen, dimmed, while the draft cannot be evaluated', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		await total('2');
		await user.click(screen.getByRole('button', { name: 'Add group' }));
		await screen.findByText(/This group is empty/);
		await total('2');
		expect(document.querySelector('.total .huge')).toHaveClass('quiet');
		await user.keyboard('{Escape}');
		await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
		expect(screen.getByText('One row needs your attention.')).toBeInTheDocument();
		await user.keyboard('{Control>}s{/Control}');
		expect(app.workspace.segment(id())?.saved).toBeUndefined();
	});
});

describe('a row', () => {
	it('is duplicated, switched off and deleted by single keys', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH'), tagged('t', 't-vip')));
		await focus(/is tagged vip/);
		await user.keyboard('d');
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(3));
		await user.keyboard('{ArrowUp}{ArrowUp}');
		await waitFor(async () => expect(await row(/^Country/)).toHaveFocus());
		await user.keyboard(' ');
		expect(draftOf(id()).children[0]).toMatchObject({ muted: true });
		await row(/Country is Switzerland, switched off/);
		await user.keyboard('{Backspace}');
		expect(draftOf(id()).children.map(({ id }) => id)).not.toContain('a');
		await waitFor(() =>
			expect(document.activeElement?.getAttribute('aria-label')).toMatch(/is tagged vip/)
		);
	});

	it('is turned round with its own word, or else with a group', async () => {
		const opened: DraftRule = {
			type: 'condition',
			id: NodeId.parse('e'),
			condition: {
				kind: 'event',
				types: ['email_opened'],
				did: true,
				count: { operator: 'atLeast', n: 1 }
			}
		};
		const id = open(group(rootId, 'all', opened, country('a', 'CH')));
		await total('1');
		await focus(/^Country/);
		await user.keyboard('n');
		await waitFor(async () => expect(await row(/Country is none of Switzerland/)).toHaveFocus());
		await focus(/^has done Opened/);
		await user.keyboard('n');
		await total('2');
		expect(draftOf(id()).children[0]).toMatchObject({ match: 'none', children: [{ id: 'e' }] });
		await waitFor(async () => expect(await row(/^has done Opened/)).toHaveFocus());
		await user.keyboard('n');
		expect(draftOf(id()).children[0]).toMatchObject({ id: 'e' });
	});

	it('moves with Alt and the arrows, into groups and out of them', async () => {
		const id = open(
			group(
				rootId,
				'all',
				country('a', 'CH'),
				tagged('t', 't-vip'),
				group('g', 'any', tagged('u', 't-old'))
			)
		);
		const order = () =>
			JSON.stringify(
				draftOf(id()).children.map((node) =>
					node.type === 'group' ? [node.id, ...node.children.map(({ id }) => id)] : node.id
				)
			);
		await focus(/is tagged vip/);
		await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
		expect(order()).toBe('["t","a",["g","u"]]');
		await waitFor(async () => expect(await row(/is tagged vip/)).toHaveFocus());
		await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
		await waitFor(async () => expect(await row(/is tagged vip/)).toHaveFocus());
		await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
		expect(order()).toBe('["a",["g","t","u"]]');
		await waitFor(async () => expect(await row(/is tagged vip/)).toHaveFocus());
		await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
		expect(order()).toBe('["a",["g","u"],"t"]');
	});

	it('goes where the menu says', async () => {
		const id = open(
			group(rootId, 'all', country('a', 'CH'), group('g', 'any', tagged('u', 't-old')))
		);
		await user.click((await screen.findAllByRole('button', { name: 'More for this row' }))[0]!);
		await user.click(await screen.findByRole('menuitem', { name: /Move to…/ }));
		await user.click(
			await screen.findByRole('option', { name: /Into the group “any of: Is tagged old/ })
		);
		expect(draftOf(id()).children).toMatchObject([
			{ id: 'g', children: [{ id: 'u' }, { id: 'a' }] }
		]);
	});

	it('has a note', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		await user.click(await screen.findByRole('button', { name: 'More for this row' }));
		await user.click(await screen.findByRole('menuitem', { name: 'Add a note' }));
		const box = await screen.findByRole('textbox', { name: 'Note' });
		await user.type(box, 'Asked for by Mia{Enter}');
		expect(draftOf(id()).children[0]).toMatchObject({ note: 'Asked for by Mia' });
		expect(await screen.findByText('Asked for by Mia')).toBeInTheDocument();
	});

	it('of an unknown kind is drawn locked, and kept', async () => {
		const strange: DraftRule = {
			type: 'condition',
			id: NodeId.parse('s'),
			condition: { kind: 'horoscope', sign: 'leo' }
		};
		const id = open(group(rootId, 'all', country('a', 'CH'), strange));
		expect(
			await screen.findByText(/“horoscope” that this version cannot read/)
		).toBeInTheDocument();
		expect(screen.getByText(/made by a newer version/)).toBeInTheDocument();
		await focus(/^Country/);
		await user.keyboard('d');
		expect(draftOf(id()).children.at(-1)).toEqual(strange);
	});

	it('says what odd thing it does', async () => {
		open(
			group(
				rootId,
				'all',
				country('a', 'CH'),
				field('b', 'country', 'text', { operator: 'hasValue' })
			)
		);
		expect(await screen.findByText('This removes nobody. Is it needed?')).toBeInTheDocument();
	});

	it('is pasted from text', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		const target = await focus(/^Country/);
		const text = JSON.stringify(tagged('t', 't-vip'));
		await user.paste({ getData: () => text } as unknown as DataTransfer);
		expect(target).toBeInTheDocument();
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(2));
		expect(draftOf(id()).children[1]).toMatchObject({ condition: { kind: 'tag' } });
	});
});

describe('groups', () => {
	it('are made of the selected rows and dissolved again', async () => {
		const id = open(
			group(rootId, 'all', country('a', 'CH'), tagged('t', 't-vip'), tagged('u', 't-old'))
		);
		await focus(/is tagged vip/);
		await user.keyboard('{Shift>}{ArrowDown}{/Shift}{Control>}g{/Control}');
		expect(draftOf(id()).children).toMatchObject([
			{ id: 'a' },
			{ match: 'any', children: [{ id: 't' }, { id: 'u' }] }
		]);
		await waitFor(async () => expect(await row(/^Group/)).toHaveFocus());
		await user.keyboard('{Control>}{Shift>}g{/Shift}{/Control}');
		expect(draftOf(id()).children).toMatchObject([{ id: 'a' }, { id: 't' }, { id: 'u' }]);
	});

	it('combine as chosen, with what each way comes to', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH'), tagged('t', 't-vip')));
		await total('1');
		await user.click(screen.getByRole('button', { name: 'How these combine: all' }));
		await screen.findByRole('menuitemcheckbox', { name: 'none of these: 2' });
		await user.click(screen.getByRole('menuitemcheckbox', { name: 'any of these: 3' }));
		expect(draftOf(id()).match).toBe('any');
		await total('3');
		expect(screen.getByText('or')).toBeInTheDocument();
	});

	it('go when the last row in them goes', async () => {
		const id = open(
			group(rootId, 'all', country('a', 'CH'), group('g', 'any', tagged('u', 't-old')))
		);
		await focus(/is tagged old/);
		await user.keyboard('{Delete}');
		expect(draftOf(id()).children).toMatchObject([{ id: 'a' }]);
	});

	it('collapse to a sentence', async () => {
		open(group(rootId, 'all', group('g', 'any', tagged('u', 't-old'), tagged('t', 't-vip'))));
		await user.click(await screen.findByRole('button', { name: 'Collapse this group' }));
		expect(
			screen.getByText('Is tagged old or is tagged vip.', { selector: '.said' })
		).toBeInTheDocument();
		expect(screen.queryByRole('group', { name: /^is tagged old/ })).not.toBeInTheDocument();
	});
});

describe('but not', () => {
	it('excludes at the end of a rule of which any is enough', async () => {
		const id = open(group(rootId, 'any', country('a', 'CH'), tagged('t', 't-vip')));
		await total('3');
		await pick('Exclude', 'tagged new{Enter}');
		await total('2');
		expect(draftOf(id())).toMatchObject({
			match: 'all',
			children: [
				{ match: 'any', children: [{ id: 'a' }, { id: 't' }] },
				{ match: 'none', children: [{ condition: { kind: 'tag' } }] }
			]
		});
	});

	it('takes new rules before it', async () => {
		const id = open(
			group(rootId, 'all', country('a', 'CH'), group('x', 'none', tagged('y', 't-new')))
		);
		await pick('Add rule', 'tagged vip{Enter}');
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(3));
		expect(draftOf(id()).children.at(-1)).toMatchObject({ id: 'x' });
	});
});

describe('the draft', () => {
	it('is taken back and done again step by step, typing as one', async () => {
		const id = open(group(rootId, 'all', field('a', 'city', 'text', { operator: 'contains' })));
		await user.click(await screen.findByRole('button', { name: /City, text/ }));
		await user.type(await screen.findByLabelText('Text'), 'zür');
		await total('1');
		await user.keyboard('{Enter}');
		await waitFor(() =>
			expect(draftOf(id()).children[0]).toMatchObject({ condition: { test: { value: 'zür' } } })
		);
		await user.click(screen.getByRole('button', { name: /^Undo/ }));
		expect(draftOf(id()).children[0]).toMatchObject({
			condition: { test: { operator: 'contains' } }
		});
		expect(screen.getByRole('button', { name: 'City, text: a text' })).toBeInTheDocument();
		await user.click(screen.getByRole('button', { name: /^Redo/ }));
		expect(screen.getByRole('button', { name: 'City, text: “zür”' })).toBeInTheDocument();
	});

	it('is saved, and says how far it is from what is saved', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH'), tagged('t', 't-vip')));
		await isSettled();
		expect(screen.getByText('Draft, never saved')).toBeInTheDocument();
		await user.keyboard('{Control>}s{/Control}');
		await screen.findByText('Saved', { selector: '.badge' });
		const { saved } = app.workspace.segment(id())!;
		expect(saved).toEqual(draftOf(id()));
		await focus(/is tagged vip/);
		await user.keyboard('n');
		await screen.findByText('Draft · 1 change');
		await user.click(screen.getByRole('button', { name: 'More for this segment' }));
		await user.click(await screen.findByRole('menuitem', { name: 'Discard changes' }));
		expect(draftOf(id())).toEqual(saved);
	});

	it('is saved as a new segment, which leaves this one as it was saved', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		app.workspace.saveSegment(id());
		await focus(/^Country/);
		await user.keyboard('n');
		await user.click(screen.getByRole('button', { name: 'More for this segment' }));
		await user.click(await screen.findByRole('menuitem', { name: 'Save as new' }));
		expect(app.workspace.segment(id())).toMatchObject({ hasChanges: false });
		expect(app.workspace.segments.find(({ name }) => name === 'Mine copy')).toMatchObject({
			hasChanges: false,
			saved: { children: [{ condition: { test: { operator: 'isNoneOf' } } }] }
		});
	});

	it('is given as SQL and as JSON', async () => {
		open(group(rootId, 'all', country('a', 'CH')));
		await user.click(await screen.findByRole('button', { name: 'SQL' }));
		const sheet = await screen.findByRole('dialog', { name: 'SQL' });
		expect(within(sheet).getByLabelText('SQL')).toHaveTextContent(
			/country_key = any\(array\['ch'\]/
		);
	});

	it('keeps what lost its group in a tray, to put back or discard', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		const nodes = app.workspace.doc.getMap('nodes');
		const { condition } = tagged('t', 't-vip') as { condition: object } & DraftRule;
		app.workspace.doc.transact(() => {
			nodes.set(`${id()}/lost/b`, { type: 'condition', condition });
			nodes.set(`${id()}/lost/p`, ['gone', 'a5']);
		});
		const tray = await screen.findByRole('list', { name: 'Parts that hang nowhere' });
		expect(tray).toHaveTextContent('is tagged vip');
		expect(screen.getByRole('button', { name: 'Looks right' })).toBeInTheDocument();
		await user.click(within(tray).getByRole('button', { name: 'Put back' }));
		expect(draftOf(id()).children).toMatchObject([{ id: 'a' }, { id: 'lost' }]);
		await total('1');
	});

	it('is built as a plain list in Basic', async () => {
		open(group(rootId, 'all', country('a', 'CH')));
		await user.click(await screen.findByRole('radio', { name: 'Basic' }));
		expect(screen.queryByRole('button', { name: 'Add group' })).not.toBeInTheDocument();
		expect(screen.queryByRole('button', { name: 'Exclude' })).not.toBeInTheDocument();
		await user.click(screen.getByRole('button', { name: 'How these combine: all' }));
		expect(await screen.findAllByRole('menuitemcheckbox')).toHaveLength(2);
	});
});

describe('the rule as text', () => {
	it('leaves Basic aloud where that cannot show what was typed, and Undo goes back', async () => {
		render(Toaster);
		open(group(rootId, 'all', country('a', 'CH')));
		await user.click(await screen.findByRole('radio', { name: 'Basic' }));
		await isSettled();
		await user.keyboard('t');
		await type('country is CH and (tagged vip or score > 5)');
		await user.keyboard('{Control>}{Enter}{/Control}');
		expect(await screen.findByText(/^Basic cannot show this rule/)).toBeVisible();
		expect(screen.getByRole('radio', { name: 'Visual' })).toBeChecked();
		app.workspace.undo();
		await waitFor(() => expect(screen.getByRole('radio', { name: 'Basic' })).toBeChecked());
	});

	const sheet = async () => within(await screen.findByRole('dialog', { name: 'Type the rule' }));
	/** Types over what stands there. */
	async function type(text: string) {
		const field = (await sheet()).getByRole('textbox', { name: 'Rule' });
		await user.clear(field);
		await user.click(field);
		await user.paste(text);
	}

	it('makes a segment with the keyboard alone, understood and counted as it is typed', async () => {
		const id = open();
		await screen.findByRole('combobox', { name: 'Add rule' });
		await user.keyboard('{Escape}');
		await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
		await user.keyboard('t');
		await type('country is CH and (tagged vip or score > 5)');
		const shown = await sheet();
		expect(
			shown.getByText('Country is Switzerland and (is tagged vip or Score > 5).')
		).toBeVisible();
		await waitFor(() => expect(shown.getByText(/^\d+$/)).toBeVisible());
		await user.keyboard('{Control>}{Enter}{/Control}');
		await waitFor(() => expect(app.workspace.segments).toHaveLength(1));
		expect(draftOf(id())).toMatchObject({
			match: 'all',
			children: [{ condition: { kind: 'field' } }, { match: 'any' }]
		});
	});

	it('can be typed where rules are searched for, several at once', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH')));
		const box = await pick('Add rule', 'vip is true and tagged vip, new');
		await screen.findByRole('option', { name: 'VIP is true and is tagged vip or new' });
		expect(box).toHaveFocus();
		await user.keyboard('{Enter}');
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(3));
		expect(draftOf(id()).children).toMatchObject([
			{ id: 'a' },
			{ condition: { field: 'vip' } },
			{ condition: { kind: 'tag', test: { tags: ['t-vip', 't-new'] } } }
		]);
	});

	it('says where it cannot be read and what could stand there, and completes it', async () => {
		open(group(rootId, 'all', country('a', 'CH')));
		await isSettled();
		await user.keyboard('t');
		await type('tagged any of');
		const shown = await sheet();
		expect(
			shown.getByText(/Line 1, character 14: expected a tag, but found the end/)
		).toBeVisible();
		expect(shown.getByRole('button', { name: /Replace/ })).toBeDisabled();
		await user.click(shown.getByRole('button', { name: 'vip' }));
		expect(shown.getByRole('textbox', { name: 'Rule' })).toHaveValue('tagged any of vip ');
		expect(shown.getByRole('textbox', { name: 'Rule' })).toHaveFocus();
		expect(shown.getByRole('button', { name: /Replace/ })).toBeEnabled();
	});

	it('replaces the rule in one step that can be taken back, and keeps the ids of what stays', async () => {
		const id = open(group(rootId, 'all', country('a', 'CH'), tagged('b', 't-vip')));
		await isSettled();
		await user.keyboard('t');
		expect((await sheet()).getByRole('textbox')).toHaveValue(
			'Country is any of CH and tagged any of vip'
		);
		await type('tagged any of vip and city is Bern');
		await user.keyboard('{Control>}{Enter}{/Control}');
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(2));
		expect(draftOf(id()).children[0]).toMatchObject({ id: 'b', condition: { kind: 'tag' } });
		await user.click(screen.getByRole('button', { name: /^Undo/ }));
		expect(draftOf(id()).children).toMatchObject([{ id: 'a' }, { id: 'b' }]);
	});

	it('is added to the rule, in the order it was typed', async () => {
		const id = open(
			group(rootId, 'all', country('a', 'CH'), group('x', 'none', tagged('b', 't-old')))
		);
		await isSettled();
		await user.keyboard('t');
		await type('vip is true and city is Bern');
		await user.click((await sheet()).getByRole('button', { name: 'Add to the rule' }));
		await waitFor(() => expect(draftOf(id()).children).toHaveLength(4));
		expect(draftOf(id()).children).toMatchObject([
			{ id: 'a' },
			{ condition: { field: 'vip' } },
			{ condition: { field: 'city' } },
			{ id: 'x' }
		]);
	});
});
