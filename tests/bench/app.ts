import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { serve } from '../../src/scripts/serve';
import { findBrowser, openBrowser } from '../e2e/browser';
import { writeContacts, writeEvents } from './csv';
import type { DataSize } from './data';
import { editRule, variedRules } from './edits';
import { exportEveryone, importFile } from './files';
import { longestTask, open, recorded, saveSegment, toIndex, watch } from './flows';
import { percentile } from './percentile';
import type { Add } from './measure';

const segments = 50;
const opens = 5;

/** Builds the app, if what is built is older than its sources. Ends everything where that fails. */
export function buildApp(): void {
	if (newest(['src', 'static', 'package-lock.json']) <= newest(['build/index.html'])) return;
	const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit' });
	if (status !== 0) process.exit(1);
}

/** Imports made-up people and events through the app's pages, and measures what a person would wait for. */
export async function measureApp(directory: string, size: DataSize, add: Add): Promise<void> {
	const server = await serve({ directory: 'build', port: 0 });
	const { context, close } = await openBrowser(await findBrowser(), {
		locale: 'en-GB',
		timezoneId: 'Europe/Zurich',
		viewport: { width: 1360, height: 850 }
	});
	try {
		await watch(context);
		await measureFirstVisit(context, server.url, directory, size, add);
		await measureOpens(context, server.url, add);
	} finally {
		await close();
		await server.close();
	}
}

async function measureFirstVisit(
	context: BrowserContext,
	url: string,
	directory: string,
	size: DataSize,
	add: Add
): Promise<void> {
	const now = Date.now();
	const [contacts, events] = [join(directory, 'contacts.csv'), join(directory, 'events.csv')];
	await writeContacts(contacts, size, now);
	await writeEvents(events, size, now);

	const page = await open(context, url, '#/segments');
	await page.getByText('Saved on this device').first().waitFor();
	const people = await importFile(page, contacts, `${size.contacts.toLocaleString('en')} contacts`);
	add('Import of contacts, end to end', size.contacts / people.seconds, 'rows/s', 8_000);
	const happened = await importFile(page, events, `${size.events.toLocaleString('en')} events`);
	add('Import of events, end to end', size.events / happened.seconds, 'rows/s', 8_000);
	const importing = Math.max(people.longestTask, happened.longestTask);
	add('Longest task on the page while importing', importing, 'ms', 100);

	const begin = await page.evaluate(() => performance.now());
	const edits = await editRule(page);
	add(`Rule edit to new total, median of ${edits.length}`, percentile(edits, 0.5), 'ms', 80);
	add('Rule edit to new total, 95 of 100', percentile(edits, 0.95), 'ms', 250);
	add('Longest task while editing', longestTask(await recorded(page), begin), 'ms', 100);

	// Two more are there: the one that was edited, and the one that is exported.
	for (const rule of variedRules(segments - 2)) await saveSegment(page, rule);
	await toIndex(page);
	const exported = await exportEveryone(page, size.contacts);
	add('Export of everyone, 12 columns with MD5', exported, 'ms', 2_000);
	await page.close();
}

async function measureOpens(context: BrowserContext, url: string, add: Add): Promise<void> {
	const [first, all, tasks]: [number[], number[], number[]] = [[], [], []];
	for (let i = 0; i < opens; i++) {
		const page = await open(context, url, '#/segments');
		await page.waitForFunction((rows) => window.bench.allCounts?.rows === rows, segments);
		const { firstCount, allCounts, ...rest } = await recorded(page);
		first.push(firstCount!);
		all.push(allCounts!.at);
		tasks.push(longestTask({ firstCount, allCounts, ...rest }));
		await page.close();
	}
	add('Warm start to the first count', percentile(first, 0.5), 'ms', 1_500);
	add(`Warm start to all counts of ${segments} segments`, percentile(all, 0.5), 'ms', 2_000);
	add('Longest task of a warm start', percentile(tasks, 0.5), 'ms', 100);
}

/** Milliseconds, of the file that changed last; 0 if there is none. */
function newest(paths: readonly string[]): number {
	return Math.max(
		...paths.map((path) => {
			const found = statSync(path, { throwIfNoEntry: false });
			if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
			return newest(readdirSync(path).map((name) => join(path, name)));
		})
	);
}
