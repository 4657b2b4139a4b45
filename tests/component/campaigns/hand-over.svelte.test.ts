import '@testing-library/jest-dom/vitest';
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { CampaignRun } from '$lib/campaigns/run/run';
import type { Engine } from '$lib/engine/engine';
import { sql } from '$lib/sql';
import {
	addBlock,
	addSource,
	createCampaign,
	markSent,
	setSender,
	setSubject
} from '$lib/workspace/edit-campaigns';
import Report from '../../../src/routes/campaigns/[id]/Report.svelte';
import SmtpRun from '../../../src/routes/campaigns/[id]/SmtpRun.svelte';
import Review from '../../../src/routes/campaigns/[id]/Review.svelte';
import { Population } from '../../fixtures/population';
import { addSegment, all, open, swiss, type Opened } from '../segments/open';

let population: Population;
let opened: Opened;
let saved: { name: string; text: string }[];
/** Asked before each call of the worker. */
let before: (method: string) => Promise<void>;
let campaigns = 0;
let id: string;

beforeAll(async () => void (population = await Population.open()), 60_000);
afterAll(() => population.close());
beforeEach(async () => {
	opened = await open(population);
	await population.database.run(
		sql`update contact set email = uid || '@example.org', email_key = uid || '@example.org', email_consent = 'subscribed'`
	);
	before = async () => {};
	const engine = opened.app.engine as unknown as Record<'call' | 'callWith', Engine['callWith']>;
	const { call, callWith } = engine;
	engine.call = (async (method: string, ...rest: never[]) => {
		await before(method);
		return (call as (...all: unknown[]) => unknown)(method, ...rest);
	}) as never;
	engine.callWith = (async (options: unknown, method: string, ...rest: never[]) => {
		await before(method);
		return (callWith as (...all: unknown[]) => unknown)(options, method, ...rest);
	}) as never;

	// jsdom saves no files: what would be saved is read from the link that is clicked.
	saved = [];
	const blobs = new Map<string, Blob>();
	URL.createObjectURL = (blob: Blob) => {
		blobs.set(`blob:${blobs.size}`, blob);
		return `blob:${blobs.size - 1}`;
	};
	URL.revokeObjectURL = () => {};
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
		this: HTMLAnchorElement
	) {
		const { download: name } = this;
		const reader = new FileReader();
		// It is read after the click, when another test may have begun.
		const all = saved;
		reader.onload = () => all.push({ name, text: String(reader.result) });
		reader.readAsText(blobs.get(this.href)!);
	});

	id = `campaign${++campaigns}`;
	const segment = addSegment(opened.app, 'Swiss', all(swiss));
	opened.app.workspace.gesture('Write it', (edit) => {
		createCampaign(edit, id, `Offer ${campaigns}`);
		addSource(edit, id, 'include', { type: 'segment', id: segment });
		setSender(edit, id, { name: 'Shop', address: 'news@example.org' });
		addBlock(edit, id, 'b', {
			type: 'text',
			text: {
				type: 'doc',
				content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }]
			}
		});
	});
	say('Frist of all');
});
afterEach(() => {
	cleanup();
	opened.close();
	vi.restoreAllMocks();
});

const campaign = () => opened.app.workspace.campaign(id)!;
const runs = (): Promise<CampaignRun[]> => opened.app.ask('runsOf', id);
const say = (subject: string) =>
	opened.app.workspace.gesture('Say it', (edit) => setSubject(edit, id, subject));
/** That a colleague's device has sent it. */
const sendElsewhere = () =>
	opened.app.workspace.gesture('Send it', (edit) =>
		markSent(edit, id, { run: 'theirs', ref: 'Offer', reach: 2, hash: '0f', how: 'file' })
	);

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const press = async (name: string | RegExp) => userEvent.click(await button(name));
async function show() {
	opened.show(Review, {
		get campaign() {
			return campaign();
		},
		...{ canEdit: true, go: () => {} }
	});
}
async function write() {
	await waitFor(async () => expect(await button('Write a file for 2 people…')).toBeEnabled());
	await press('Write a file for 2 people…');
	await press('Write the file and mark as sent');
}

/** Stops one of the worker's methods before it begins, until it is let go on. */
function holding(held: string) {
	let [release, reach] = [() => {}, () => {}];
	const gone = new Promise<void>((resolve) => (release = resolve));
	const reached = new Promise<void>((resolve) => (reach = resolve));
	before = async (method) => {
		if (method !== held) return;
		reach();
		await gone;
	};
	return { reached, release };
}

/** As after a page that was closed while its file was written. */
async function leaveFrozen() {
	before = async (method) => {
		if (method === 'writeAudienceFile' || method === 'dropRun') throw new Error('Gone.');
	};
	await write();
	await waitFor(async () => expect(await runs()).toHaveLength(1));
	await screen.findByText('Frozen, and not marked as sent');
	before = async () => {};
}

it('a file that is cancelled leaves nothing behind, so that what is mended goes out mended', async () => {
	await show();
	const { reached, release } = holding('writeAudienceFile');
	await write();
	await reached;
	await press('Cancel');
	release();
	await waitFor(async () => expect(await runs()).toEqual([]));
	say('First of all');
	await write();
	await waitFor(() => expect(saved).toHaveLength(1));
	expect(saved[0]!.text).toContain('First of all');
	await waitFor(() => expect(campaign().sent).toBeDefined());
	expect((await runs()).map((run) => run.id)).toEqual([campaign().sent!.run]);
});

it('whom no message can be made for is told of, and nobody takes them for sent', async () => {
	await population.database.run(
		sql`update contact set email = 'a..b@example.org', email_key = 'a..b@example.org' where uid = 'ada'`
	);
	await show();
	await userEvent.click(await screen.findByRole('radio', { name: /^Messages in a zip/ }));
	await press(/^Write \d messages?…/);
	await press('Write the messages and mark as sent');
	await screen.findByText(/is marked as sent\. 1 is left out: /);
	const { recipients } = await opened.app.ask('recipientsPage', campaign().sent!.run, {}, 0, 9);
	const ada = recipients.find(({ uid }) => uid === 'ada');
	expect(ada).toMatchObject({
		status: 'withheld',
		diagnostic: expect.stringMatching(/^No message/)
	});
});

it('what was frozen before a change is said to be older, and can be frozen anew', async () => {
	await show();
	await leaveFrozen();
	expect(await button('Hand it over')).toBeEnabled();
	say('First of all');
	await screen.findByText('Frozen before it was changed');
	await button('Hand over what was frozen');
	const [old] = await runs();
	await press('Freeze it anew');
	await press('Write the file and mark as sent');
	await waitFor(() => expect(saved).toHaveLength(1));
	expect(saved[0]!.text).toContain('First of all');
	await waitFor(() => expect(campaign().sent).toBeDefined());
	const all = await runs();
	expect(all.map((run) => run.id)).toEqual([campaign().sent!.run]);
	expect(all[0]!.id).not.toBe(old!.id);
});

it('changes that are about something else leave what was frozen as it is', async () => {
	await show();
	await leaveFrozen();
	addSegment(opened.app, 'Another', all(swiss));
	opened.app.workspace.putField({ id: 'f', name: 'Field', type: 'text' });
	await press('Hand it over');
	await waitFor(() => expect(campaign().sent).toBeDefined());
});

it('a file goes on being written while another page is shown', async () => {
	await show();
	const { reached, release } = holding('writeAudienceFile');
	await write();
	await reached;
	cleanup();
	await show();
	await screen.findByRole('progressbar');
	expect(screen.queryByRole('button', { name: 'Forget it' })).toBe(null);
	release();
	await waitFor(() => expect(saved).toHaveLength(1));
	await screen.findByText(/is marked as sent/);
	expect((await runs()).map((run) => run.id)).toEqual([campaign().sent!.run]);
});

it('nothing is handed over of what was forgotten in another tab while it was written', async () => {
	await show();
	const { reached, release } = holding('writeAudienceFile');
	await write();
	await reached;
	const [run] = await runs();
	expect(await opened.app.ask('dropRun', 'elsewhere', run!.id)).toBe(true);
	release();
	await screen.findByText(/was forgotten meanwhile/);
	expect([saved, campaign().sent]).toEqual([[], undefined]);
});

it('a campaign that somebody else sends meanwhile is not handed over a second time', async () => {
	await show();
	const { reached, release } = holding('writeAudienceFile');
	await write();
	await reached;
	sendElsewhere();
	release();
	await screen.findByText(/was sent meanwhile, on another device/);
	await waitFor(async () => expect(await runs()).toEqual([]));
	expect([saved, campaign().sends.map(({ run }) => run)]).toEqual([[], ['theirs']]);
});

it('what was handed over and not noted is not offered to be sent again, but to be marked', async () => {
	await show();
	await leaveFrozen();
	cleanup();
	const [run] = await runs();
	await opened.app.ask('markRunSent', 'mark', run!.id, Date.now());
	await show();
	await screen.findByText('Handed over, and not marked as sent');
	expect(screen.queryByRole('region', { name: 'Send' })).toBe(null);
	await press('Mark as sent');
	await waitFor(() => expect(campaign().sent).toMatchObject({ run: run!.id, how: 'file' }));
});

it('it is not said to be marked as sent where that was refused', async () => {
	await show();
	const { reached, release } = holding('markRunSent');
	await write();
	await reached;
	opened.app.workspace.setViewer(true);
	release();
	await screen.findByText(/^You are a viewer in this workspace/);
	expect(screen.queryByText(/is marked as sent/)).toBe(null);
	expect(campaign().sent).toBeUndefined();
});

it('what cannot be read of it is said, and read again', async () => {
	const fails = (failing: string) => {
		let left = 1;
		before = async (method) => {
			if (method === failing && left-- > 0) throw new Error('Gone.');
		};
	};
	fails('runsOf');
	await show();
	await screen.findByText('What this device keeps of it could not be read');
	expect(screen.queryByRole('region', { name: 'Send' })).toBe(null);
	await press('Try again');
	await screen.findByRole('region', { name: 'Send' });

	await leaveFrozen();
	cleanup();
	sendElsewhere();
	fails('runsOf');
	await show();
	await screen.findByText('What this device keeps of it could not be read');
	await press('Try again');
	await screen.findByText('It was sent from another device');

	cleanup();
	const [run] = await runs();
	const team = { membership: { relay: 'http://localhost' }, token: () => {} };
	Object.defineProperty(opened.app, 'team', { get: () => team });
	fails('sendingCounts');
	opened.show(SmtpRun, { run: run! });
	await screen.findByText('How far it is could not be read');
	await press('Try again');
	await screen.findByText('Not sent yet');
});

it('a device that sent it after another one keeps its own, and reports of it', async () => {
	await show();
	await write();
	await waitFor(() => expect(campaign().sent).toBeDefined());
	const own = campaign().sent!;
	opened.app.workspace.gesture('Send it', (edit) =>
		edit.write('campaigns', `${id}/sent/theirs`, {
			...{ at: own.at - 60_000, by: 'other', run: 'theirs', ref: 'Offer', reach: 5, hash: '0f' },
			how: 'smtp'
		})
	);
	expect(campaign().sends.map(({ run }) => run)).toEqual(['theirs', own.run]);
	cleanup();
	await show();
	const [theirs, ours] = await screen.findAllByRole('region', { name: /^Sent / });
	within(theirs!).getByText('It was sent from another device');
	within(ours!).getByRole('button', { name: 'Write the file again' });
	await userEvent.click(within(ours!).getByRole('button', { name: 'Verify the audience' }));
	await within(ours!).findByText(/^It is the audience that was frozen/);

	cleanup();
	opened.show(Report, { campaign: campaign() });
	await screen.findByText('It went out more than once');
	const sources = await screen.findByRole('table', { name: 'By segment' });
	within(sources).getByText('Swiss');
});
