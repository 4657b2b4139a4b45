import '@testing-library/jest-dom/vitest';
import { cleanup, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { NodeId } from '$lib/rules/rule';
import { createCampaign, markSent } from '$lib/workspace/edit-campaigns';
import CampaignPage from '../../../src/routes/campaigns/[id]/CampaignPage.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, is, open, type Opened } from '../segments/open';

let population: Population;
let opened: Opened;
beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	opened = await open(population);
});
afterEach(() => {
	cleanup();
	opened.close();
});

const emails = (activity: string) => ({
	...{ kind: 'message', did: true, activity },
	emails: { which: 'campaigns', campaigns: ['Autumn 2026'] }
});

it('says what asks about a campaign’s messages, by what it was called when it went out', async () => {
	const { workspace } = opened.app;
	workspace.gesture('Send', (edit) => {
		createCampaign(edit, 'autumn', 'Autumn, renamed since');
		markSent(edit, 'autumn', {
			...{ run: 'r', ref: 'Autumn 2026', reach: 3, hash: '', how: 'file' as const }
		});
		createCampaign(edit, 'winter', 'Winter');
	});
	const clicked = addSegment(opened.app, 'Clickers', all(is('clicked', emails('clicked'))));
	addSegment(opened.app, 'Openers', all(is('opened', emails('opened'))), false);
	workspace.createSmartList('Received it', {
		...{ columns: [], density: 'compact' },
		rule: { type: 'condition', id: NodeId.parse('one'), condition: emails('sent') }
	});

	opened.show(CampaignPage, { campaign: workspace.campaign('autumn')! });
	expect(screen.getByText('Used in')).toBeVisible();
	expect(screen.getByRole('link', { name: 'Clickers' })).toHaveAttribute(
		'href',
		`#/segments/${clicked}`
	);
	await userEvent.click(screen.getByRole('button', { name: /^\+2 more/ }));
	const panel = await screen.findByRole('dialog', { name: 'Used in' });
	expect(
		within(panel)
			.getAllByRole('listitem')
			.map(({ textContent }) => textContent?.trim())
	).toEqual([
		expect.stringMatching(/^Clickers\s*segment/),
		expect.stringMatching(/^Openers\s*segment/),
		expect.stringMatching(/^Received it\s*smart list/)
	]);

	cleanup();
	opened.show(CampaignPage, { campaign: workspace.campaign('winter')! });
	expect(screen.queryByText('Used in')).not.toBeInTheDocument();
});
