import type { AudienceAsk } from '../../src/lib/campaigns/audience/ask';
import { inList } from '../../src/lib/contacts/within';
import { leaf } from '../../src/lib/rules/rule';
import { buildPage } from './engines/site';
import { openWinnow } from './engines/winnow';
import { content } from './campaign-content';
import type { Add } from './measure';
import { median } from './percentile';
import { measureRender } from './render';

/** Everybody is included, and those of no list excluded, so that as many are written to as there are. */
const ask: AudienceAsk = {
	campaign: 'bench',
	include: [
		{ source: { type: 'segment', id: 'everyone' }, rule: leaf({ kind: 'everyone' }) },
		{ source: { type: 'list', id: 'List 1' }, rule: inList('List 1') }
	],
	exclude: [{ source: { type: 'list', id: 'none' }, rule: inList('none') }]
};
const cut: AudienceAsk = {
	...ask,
	holdOut: { percent: 5, seed: 'bench' },
	limit: { most: 50_000, first: 'lot' }
};

/** Whom a campaign goes to, of so many contacts who are all subscribed, in the app's own engine and store. */
export async function measureCampaigns(contacts: number, add: Add): Promise<void> {
	await buildPage();
	const winnow = await openWinnow();
	try {
		await winnow.load({ contacts, events: contacts });
		await winnow.ask('subscribeAll');
		const people = `${contacts.toLocaleString('en')} recipients`;
		const all = await winnow.ask('audience', ask, 100);
		if (all.reach !== contacts) throw new Error(`${all.reach} recipients of ${contacts}`);
		add(`Waterfall of an audience of ${people}, asked before`, all.ms, 'ms', 100);
		const some = await winnow.ask('audience', cut, 100);
		add('The same with a hold-out and a limit drawn by lot', some.ms, 'ms', 100);
		const after = await rounds((i) => winnow.ask('audienceAfterWrite', cut, `write ${i}`));
		add('The same after a contact was edited', after, 'ms', 100);
		const { reach, freeze, verify, sent } = await winnow.ask('freeze', ask, 'run');
		add(`Freezing ${people} with two dynamic blocks`, freeze, 'ms', 2_000);
		add('Verifying them', verify, 'ms');
		// What else is asked meanwhile waits for a slice of it.
		const file = winnow.ask('audienceFile', 'run', content);
		let writing = true;
		void file.finally(() => (writing = false)).catch(() => {});
		const waits: number[] = [];
		while (writing) {
			const begin = performance.now();
			await winnow.ask('ping');
			waits.push(performance.now() - begin);
		}
		const { ms, rows } = await file;
		if (rows !== reach) throw new Error(`${rows} rows of ${reach}`);
		add('Writing a file with what each of them gets', ms, 'ms', contacts / 20);
		add('What else is asked meanwhile waits at most', Math.max(...waits), 'ms');
		add('Writing into all timelines that it was sent', sent, 'ms');
	} finally {
		await winnow.close();
	}
	measureRender(add);
}

async function rounds(act: (i: number) => Promise<number>): Promise<number> {
	const times: number[] = [];
	for (let i = 0; i < 5; i++) times.push(await act(i));
	return median(times);
}
