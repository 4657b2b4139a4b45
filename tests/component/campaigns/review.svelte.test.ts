import '@testing-library/jest-dom/vitest';
import { cleanup, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { emptyText } from '$lib/campaigns/content/block';
import { addBlock, createCampaign } from '$lib/workspace/edit-campaigns';
import Review from '../../../src/routes/campaigns/[id]/Review.svelte';
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

it('says of a variant whose segment cannot be counted what is wrong with that, and leads there', async () => {
	const { app } = opened;
	const inList = (list: string) => ({ kind: 'list', test: { operator: 'inAny', lists: [list] } });
	const broken = addSegment(app, 'Swiss', all(is('gone', inList('gone'))));
	const unsaved = addSegment(app, 'Later', all(is('all', { kind: 'everyone' })), false);
	app.workspace.gesture('Write', (edit) => {
		createCampaign(edit, 'autumn', 'Autumn');
		addBlock(edit, 'autumn', 'b', {
			type: 'dynamic',
			variants: [broken, unsaved].map((segment) => ({
				id: `v-${segment}`,
				segment,
				text: emptyText
			})),
			otherwise: null
		});
	});
	const go = vi.fn();
	opened.show(Review, { campaign: app.workspace.campaign('autumn')!, canEdit: true, go });
	const line = (words: RegExp) => screen.getByText(words).closest('li')!;
	const swiss = line(/whose rule has an issue/);
	expect(swiss).toHaveTextContent('Block 1, Swiss');
	expect(swiss).toHaveClass('wrong');
	expect(line(/not been saved yet/)).toHaveTextContent('Block 1, Later');
	await userEvent.click(swiss.querySelector('button')!);
	expect(go).toHaveBeenCalledWith('content', {
		...{ part: 'block', block: 'b', variant: `v-${broken}`, of: 'segment' }
	});
});
