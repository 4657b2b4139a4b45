import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DraftRule } from '$lib/rules/rule';
import { spoken } from '$lib/rules/spoken.svelte';
import Appearance from '../../../src/routes/settings/Appearance.svelte';
import Index from '../../../src/routes/segments/SegmentIndex.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, group, open, swiss, vip, type Opened } from './open';
import Show from './ShowDetails.svelte';

let population: Population;
let opened: Opened;

beforeAll(async () => {
	population = await Population.open();
	opened = await open(population);
	addSegment(opened.app, 'Warm', all(swiss, group('out', 'none', vip)));
}, 60_000);
afterAll(async () => {
	opened.close();
	await population.close();
});
afterEach(async () => {
	cleanup();
	await spoken.choose('en');
	localStorage.clear();
});

const choose = (name: string) => userEvent.click(screen.getByRole('radio', { name }));

test('the language chosen in the settings is that of the details at once, and kept', async () => {
	const { id } = opened.app.workspace.segments[0]!;
	opened.show(Show, { id, tab: 'history', step: undefined, onaddress() {} });
	render(Appearance);
	const steps = screen.getByRole('list', { name: /step by step/ });
	expect(steps).toHaveTextContent(
		/START Everyone .*AND Country is Switzerland.*BUT NOT is tagged vip/
	);

	await choose('Deutsch');
	await waitFor(() =>
		expect(steps).toHaveTextContent(/START Alle .*UND Land ist Schweiz.*AUSSER ist mit vip getaggt/)
	);
	const sentence = 'Land ist Schweiz, außer es gilt: ist mit vip getaggt.';
	const said = screen.getAllByText(sentence);
	// Above the steps, and of the version in the history.
	expect(said).toHaveLength(2);
	for (const element of said) expect(element).toHaveAttribute('lang', 'de');
	expect(localStorage.getItem('winnow:language')).toBe('de');

	await choose('English');
	await waitFor(() => expect(steps).toHaveTextContent(/AND Country is Switzerland/));
	expect(screen.queryByText(sentence)).not.toBeInTheDocument();
});

test('only what the rule says is marked as German', async () => {
	const off = { ...vip, muted: true } as DraftRule;
	const rule = all(group('either', 'any', swiss, off));
	const id = addSegment(opened.app, 'Either', rule);
	opened.show(Show, { id, tab: undefined, step: undefined, onaddress() {} });
	await spoken.choose('de');
	const languageOf = (text: string) =>
		screen.getByText(text).closest('[lang]')?.getAttribute('lang');
	await waitFor(() => expect(languageOf('eines davon')).toBe('de'));
	expect(languageOf('Land')).toBe('de');
	expect(languageOf('Switched off, not part of the rule.')).toBeUndefined();
	opened.app.workspace.setState(id, 'deleted');
});

test('another tab’s choice is fetched, and the index says and finds its rules in it', async () => {
	opened.show(Index, {});
	expect(await screen.findByText(/^Country is Switzerland, but not/)).toBeVisible();
	window.dispatchEvent(new StorageEvent('storage', { key: 'winnow:language', newValue: 'de' }));
	expect(await screen.findByText(/^Land ist Schweiz, außer es gilt/)).toHaveAttribute('lang', 'de');
	await userEvent.type(screen.getByRole('searchbox'), 'getaggt');
	expect(within(screen.getByRole('table')).getByRole('link', { name: 'Warm' })).toBeVisible();
});
