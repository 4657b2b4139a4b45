import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { opened } from '../chaos/reopen';
import type { Moment } from '../chaos/moment';
import { World } from '../chaos/world';
import { findBrowser } from './browser';
import { story } from './harness';

// Two moments between two operations on files, each too short to be met by chance.

const address = { workspace: 'pool' };
/** The tap says when; nothing else ends it. */
const whenTapped: Moment = { type: 'write', at: 1, pages: null };
const patience = { patience: 120_000 };

async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
	const { executablePath } = await findBrowser();
	const world = await World.open(executablePath);
	try {
		await work(world);
	} finally {
		await world.close();
	}
}

async function ready(world: World): Promise<Page> {
	const page = await world.lab(address);
	const info = await opened(page);
	assert.ok(typeof info !== 'string' && info.store === 'opfs-ahp', String(info));
	return page;
}

const makeTable = (page: Page) => page.evaluate(() => window.chaos.engine.call('makeTable'));
const made = (page: Page) => page.evaluate(() => window.chaos.engine.call('made'));

story(
	'a file that was given back and not emptied before the end is empty to whoever gets it',
	() =>
		inWorld(async (world) => {
			const page = await ready(world);
			await world.arm(page, { from: 'now', at: 'emptying', pages: null });
			const sorted = page.evaluate(() => window.chaos.engine.call('sort', 300_000));
			assert.ok(await world.strike(whenTapped, sorted), 'it ended before a file was emptied');

			const after = await ready(world);
			await makeTable(after);
			assert.equal(await made(after), 1000);
		}),
	patience
);

/** What a kill in the middle of a line of the list of files leaves. */
async function cutShort(directory: string): Promise<void> {
	const root = await navigator.storage.getDirectory();
	const files = await root.getDirectoryHandle(directory);
	const state = await files.getFileHandle('state.txt');
	const stream = await state.createWritable({ keepExistingData: true });
	await stream.write({ type: 'write', position: (await state.getFile()).size, data: '\n{"op' });
	await stream.close();
}

story(
	'a list of files that was cut short is mended, also when that is cut short',
	() =>
		inWorld(async (world) => {
			const page = await ready(world);
			await makeTable(page);
			await page.goto(page.url().replace(address.workspace, 'elsewhere'));
			await page.evaluate(cutShort, address.workspace);
			for (const at of [1, 2]) {
				world.tapNext({ from: 'start', at, pages: null });
				const killed = await world.lab(address);
				assert.ok(await world.strike(whenTapped, opened(killed)), `operation ${at} never came`);
			}
			assert.equal(await made(await ready(world)), 1000);
		}),
	patience
);
