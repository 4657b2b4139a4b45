/**
 * `npm run bench`: what a person waits for in the app (`app.ts`), what a server's Postgres takes in a shell (`shell.ts`),
 * if there is one, what a campaign takes (`campaigns.ts`, `render.ts`), what a team waits for at a relay (`relay/`), and how
 * Winnow's engine stands beside others (`engines/`), at two sizes. Prints tables, and keeps them in `baselines.json` and in
 * the README. `-- --only app`, `-- --only shell`, `-- --only campaigns`, `-- --only relay` and `-- --only engines` are a part
 * alone; of these the last three are kept. `-- --large` has the engines take ten million events.
 * `-- --contacts 10000 --events 100000` for a quick look, of which nothing is kept; nor is it on a busy machine, but with
 * `-- --keep`. `-- --date 2026-11-23` names the day.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumVersion } from '../e2e/browser';
import { buildApp, measureApp } from './app';
import { measureCampaigns } from './campaigns';
import type { DataSize } from './data';
import { enginesMarkdown } from './engines/report';
import { measureEngines } from './engines/run';
import { versions } from './engines/versions';
import { collect, type Add } from './measure';
import { measureRelay } from './relay/run';
import { appMarkdown, keep, kept, machine, print, partMarkdown, type Run } from './report';
import { askInShell } from './shell';

const full = { contacts: 100_000, events: 1_000_000 };
const million = { contacts: 1_000_000, events: 5_000_000 };
const large = { contacts: 1_000_000, events: 10_000_000 };

const { values: given } = parseArgs({
	options: {
		contacts: { type: 'string' },
		events: { type: 'string' },
		large: { type: 'boolean', default: false },
		keep: { type: 'boolean', default: false },
		only: { type: 'string' },
		date: { type: 'string', default: new Date().toISOString().slice(0, 10) }
	}
});
const [load] = loadavg() as [number, number, number];
const busy = load > cpus().length / 2;
if (busy) console.log('This machine is busy with other work: times will be too long.');
const size: DataSize = {
	contacts: Number(given.contacts ?? full.contacts),
	events: Number(given.events ?? full.events)
};
const isQuick = given.contacts !== undefined || given.events !== undefined;
const isKept = !isQuick && (!busy || given.keep);
const does = (part: 'app' | 'shell' | 'campaigns' | 'relay' | 'engines') =>
	given.only === undefined || given.only === part;

const directory = await mkdtemp(join(tmpdir(), 'winnow-bench-'));
try {
	if (given.only !== 'shell' && given.only !== 'campaigns') buildApp();
	const { measures, add } = collect();
	if (does('app')) await measureApp(directory, size, add);
	if (does('shell')) {
		const shell = await askInShell(join(directory, 'workspace.ndjson'), size);
		if (shell) {
			const what = `Members of ${shell.segments} segments, on a server's Postgres`;
			add(what, shell.asking, 'ms', 3_000);
			add('The same, with starting the shell command', shell.command, 'ms');
		}
	}
	const place = {
		date: given.date,
		machine: machine(await chromiumVersion(), busy ? Math.round(load) : undefined)
	};
	if (does('app') || does('shell')) {
		const run: Run = { ...place, data: size, measures };
		print(measures, kept().app?.measures);
		if (isKept && given.only === undefined) keep('app', run, appMarkdown(run));
	}
	for (const [part, measure] of [
		['campaigns', (add: Add) => measureCampaigns(size.contacts, add)],
		['relay', (add: Add) => measureRelay(directory, add)]
	] as const) {
		if (!does(part)) continue;
		const own = collect();
		await measure(own.add);
		const run = { ...place, measures: own.measures };
		print(own.measures, kept()[part]?.measures);
		if (isKept) keep(part, run, partMarkdown(part, run));
	}
	if (does('engines')) {
		const sizes = await measureEngines(isQuick ? [size] : given.large ? [large] : [full, million]);
		const run = { ...place, versions: versions(), sizes };
		const before = new Map(
			kept().engines?.sizes.map(({ data, measures }) => [data.events, measures])
		);
		for (const { data, measures } of sizes) print(measures, before.get(data.events));
		if (isKept && !given.large) keep('engines', run, enginesMarkdown(run));
	}
	if (!isKept) console.log('Nothing of it is kept.');
} finally {
	await rm(directory, { recursive: true, force: true });
}
