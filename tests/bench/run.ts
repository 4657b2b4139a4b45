/**
 * `npm run bench`: builds the app if need be, imports made-up people and events through its pages, and measures what a
 * person would wait for; then asks a server's Postgres, if there is one, in a shell. Prints a table, and keeps it in
 * `baselines.json` and in the README. `-- --only shell` asks in a shell alone, and keeps nothing.
 * `-- --contacts 10000 --events 100000` for a quick look, of which nothing is kept; nor is it on a busy machine, but with
 * `-- --keep`. `-- --date 2026-11-23` names the day.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { readdirSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '../../src/scripts/serve';
import { findBrowser, openBrowser } from '../e2e/browser';
import { writeContacts, writeEvents } from './data';
import { editRule, variedRules } from './edits';
import { longestTask, open, recorded, saveSegment, toIndex, watch } from './flows';
import { exportEveryone, importFile } from './files';
import { askInShell } from './shell';
import { keep, machine, percentile, print, type Measure, type Run } from './report';

const full = { contacts: 100_000, events: 1_000_000 };
const segments = 50;
const opens = 5;

const { values: given } = parseArgs({
	options: {
		contacts: { type: 'string', default: String(full.contacts) },
		events: { type: 'string', default: String(full.events) },
		keep: { type: 'boolean', default: false },
		only: { type: 'string' },
		date: { type: 'string', default: new Date().toISOString().slice(0, 10) }
	}
});
const busy = loadavg()[0]! > cpus().length / 2;
if (busy) console.log('This machine is busy with other work: times will be too long.');
const size = { contacts: Number(given.contacts), events: Number(given.events) };

const directory = await mkdtemp(join(tmpdir(), 'winnow-bench-'));
const workspace = join(directory, 'workspace.ndjson');
if (given.only === 'shell') {
	const shell = await askInShell(workspace, size);
	if (shell)
		console.log(
			`${shell.segments} segments: ${Math.round(shell.asking)} ms, the whole command ${Math.round(shell.command)} ms`
		);
	await rm(directory, { recursive: true });
	process.exit();
}

if (newest(['src', 'static', 'package-lock.json']) > newest(['build/index.html'])) {
	const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit' });
	if (status !== 0) process.exit(1);
}

const server = await serve({ directory: 'build', port: 0 });
const { context, close } = await openBrowser(await findBrowser(), {
	locale: 'en-GB',
	timezoneId: 'Europe/Zurich',
	viewport: { width: 1360, height: 850 }
});
const chromium = context.browser()?.version() ?? 'unknown';
const measures: Measure[] = [];
const add = (what: string, value: number, unit: Measure['unit'], goal?: number) => {
	measures.push({ what, value, unit, goal });
	console.log(`  ${what}: ${Math.round(value).toLocaleString('en')} ${unit}`);
};
try {
	await watch(context);
	const now = Date.now();
	const [contacts, events] = [join(directory, 'contacts.csv'), join(directory, 'events.csv')];
	await writeContacts(contacts, size, now);
	await writeEvents(events, size, now);

	let page = await open(context, server.url, '#/segments');
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
	add(
		'Export of everyone, 12 columns with MD5',
		await exportEveryone(page, size.contacts),
		'ms',
		2_000
	);
	await page.close();

	const [first, all, tasks]: [number[], number[], number[]] = [[], [], []];
	for (let i = 0; i < opens; i++) {
		page = await open(context, server.url, '#/segments');
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

	await close(); // a browser at rest takes its share, too
	const shell = await askInShell(workspace, size);
	if (shell) {
		const what = `Members of ${shell.segments} segments, on a server's Postgres`;
		add(what, shell.asking, 'ms', 3_000);
		add('The same, with starting the shell command', shell.command, 'ms', undefined);
	}

	const run: Run = {
		date: given.date,
		machine: machine(chromium),
		data: size,
		measures
	};
	print(run);
	const isFull = size.contacts === full.contacts && size.events === full.events;
	if (isFull && (!busy || given.keep)) keep(run);
	else console.log('Nothing of it is kept.');
} finally {
	await close();
	await server.close();
	await rm(directory, { recursive: true, force: true });
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
