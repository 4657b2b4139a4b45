import '@testing-library/jest-dom/vitest';
import { cleanup, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { create } from '$lib/campaigns/actions.svelte';
import { handOverAskOf } from '$lib/campaigns/campaign-message.svelte';
import { createCampaign, setSender } from '$lib/workspace/edit-campaigns';
import SenderFields from '../../../src/routes/campaigns/[id]/SenderFields.svelte';
import { Population } from '../../fixtures/population';
import { open, type Opened } from '../segments/open';

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

it('keeps where people unsubscribe with the ids of its fields, and shows their names', async () => {
	const { workspace } = opened.app;
	workspace.putField({ id: 'k1', name: 'Secret key', type: 'text' });
	workspace.gesture('Write', (edit) => {
		createCampaign(edit, 'c', 'Autumn');
		const unsubscribe = 'https://x.test/?key={k1}';
		setSender(edit, 'c', { name: '', address: '', unsubscribe });
	});
	opened.show(SenderFields, { campaign: workspace.campaign('c')!, canEdit: true });
	const place = screen.getByRole('textbox', { name: 'Where people unsubscribe' });
	expect(place).toHaveValue('https://x.test/?key={Secret key}');
	await userEvent.type(place, '&who={{external email}&to={{Email}');
	await userEvent.tab();
	expect(workspace.campaign('c')!.sender.unsubscribe).toBe(
		'https://x.test/?key={k1}&who={external email}&to={email}'
	);
});

it('is in the browser’s language until another is chosen, and so is what goes out', async () => {
	const { app } = opened;
	const id = create(app)!;
	const campaign = () => app.workspace.campaign(id)!;
	expect(handOverAskOf(app, campaign()).locale).toBe(navigator.language);
	opened.show(SenderFields, { campaign: campaign(), canEdit: true });
	const language = screen.getByRole('combobox', { name: 'Language' });
	expect(language).toHaveValue(navigator.language);
	await userEvent.selectOptions(language, 'Français');
	expect(campaign().language).toBe('fr');
	expect(handOverAskOf(app, campaign()).locale).toBe('fr');
});
