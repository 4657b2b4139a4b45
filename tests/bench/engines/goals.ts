import type { DataSize } from '../data';
import type { Add } from '../measure';
import { geometricMean, median } from '../percentile';
import { forgetPeak, memoryOf, type Memory } from './memory';
import type { Native } from './native';
import { agreed, ratios, type Compared } from './rounds';
import { dearest, segments } from './segments';
import { structures } from './structures';
import type { WinnowBench } from './winnow';
import { affected } from './writes';

/** What is wanted of Winnow, measured. Goals that are of another size are measured too, and not held against it. */
export interface Measuring {
	readonly winnow: WinnowBench;
	readonly native: Native | undefined;
	readonly size: DataSize;
	readonly compared: readonly Compared[];
	readonly add: Add;
}

/** Whether the goals of a million contacts are those to hold it against. */
const isLarge = ({ contacts }: DataSize): boolean => contacts >= 1e6;

export function measureLoad({ winnow, size, add }: Measuring): void {
	const { contacts, events, mergeContacts, mergeEvents, tidy, steps } = winnow.loaded();
	add('Contacts by COPY into staging', (1000 * size.contacts) / contacts, 'rows/s', 110_000);
	add('Events by COPY into staging', (1000 * size.events) / events, 'rows/s', 1_000_000);
	if (steps.length > 1)
		add('The last million events, to the first', steps.at(-1)! / steps[0]!, '×', undefined);
	add('From staging into the tables of contacts, with indexes', mergeContacts, 'ms');
	add('From staging into the table of events, with indexes', mergeEvents, 'ms');
	add('Cleaning up after that', tidy, 'ms');
}

export async function measureEdits(measuring: Measuring): Promise<void> {
	const { winnow, size, compared, add } = measuring;
	const large = isLarge(size);
	const winnowMs = (about: 'event' | 'field') =>
		compared
			.filter(({ segment }) => segments[segment].about === about)
			.flatMap(({ ms }) => ms.Winnow ?? []);
	add('Edit of an event condition, median', median(winnowMs('event')), 'ms', large ? 5 : undefined);
	const most: number[] = [];
	for (let i = 1; i <= 5; i++) most.push((await winnow.ask('count', dearest(i))).ms);
	add('The same of all events of the commonest type, median', median(most), 'ms');
	const worst = Math.max(...winnowMs('event'), ...most);
	add('Edit of an event condition, slowest of all', worst, 'ms', large ? 25 : undefined);
	add('Edit of a field, median', median(winnowMs('field')), 'ms', large ? 10 : undefined);
	add('Edit of a field, slowest', Math.max(...winnowMs('field')), 'ms');
	await measureByDatabase(measuring);

	const names = (['PGlite', 'DuckDB-WASM', 'SQLite-WASM', 'Postgres'] as const).filter(
		(name) => compared[0]?.ms[name]
	);
	for (const name of names) {
		const goal = large && name === 'DuckDB-WASM' ? 10 : undefined;
		const what = `Faster than ${name}, geometric mean of the eight`;
		add(what, geometricMean(ratios(compared, name)), '×', goal);
	}
}

/** Edits of fields while nothing of them is held in memory. */
async function measureByDatabase({ winnow, size, compared, add }: Measuring): Promise<void> {
	const times: number[] = [];
	for (const { segment, count } of compared) {
		if (segments[segment].about !== 'field') continue;
		const first = await winnow.ask('countByDatabase', segments[segment].rule(0));
		agreed(
			segment,
			new Map([
				['the database', first.count],
				['all', count]
			])
		);
		for (let i = 1; i <= 5; i++)
			times.push((await winnow.ask('countByDatabase', segments[segment].rule(i))).ms);
	}
	const goal = isLarge(size) ? 120 : undefined;
	add('Edit of a field that the database answers, median', median(times), 'ms', goal);
}

/** Edits of how conditions are put together, all of which were asked before. */
export async function measureStructure({ winnow, native, size, add }: Measuring): Promise<void> {
	const rules = structures.map(({ rule }) => rule);
	const { ms, counts } = await winnow.ask('edits', rules, 1000);
	add('Edit of groups, of 1,000', ms, 'ms', isLarge(size) ? 0.5 : 0.1);
	add('The same with every step counted', await winnow.ask('funnels', rules, 1000), 'ms');
	if (!native) return;
	const best: number[] = [];
	for (const [i, { sql }] of structures.entries()) {
		const plans: number[] = [];
		for (const plan of sql) {
			const answers = [];
			for (let round = 0; round < 4; round++) answers.push(await native.ask(plan));
			const count = answers[0]!.count;
			agreed(
				`Structure ${i + 1}`,
				new Map([
					['Postgres', count],
					['Winnow', counts[i]!]
				])
			);
			plans.push(median(answers.slice(1).map((answer) => answer.ms)));
		}
		best.push(Math.min(...plans));
	}
	const factor = geometricMean(best.map((each) => each / ms));
	add('Faster than the better plan of Postgres', factor, '×', 100);
}

export async function measureCalls({ winnow, add }: Measuring): Promise<void> {
	const ms = await winnow.bench.page.evaluate(async () => {
		const times = 1000;
		const begin = performance.now();
		for (let i = 0; i < times; i++) await window.winnow('ping');
		return (performance.now() - begin) / times;
	});
	add('Call of the worker and back', ms, 'ms', 0.3);
}

export async function measureWrites({ winnow, add }: Measuring): Promise<void> {
	const one: { write: number; update: number }[] = [];
	for (let i = 0; i < 5; i++) one.push(await winnow.ask('write', `one-${i}`, 1));
	const middle = (of: 'write' | 'update') => median(one.map((each) => each[of]));
	add('Write of one event', middle('write'), 'ms');
	add(
		`From then to the counts of the ${affected.length} segments it affects`,
		middle('update'),
		'ms',
		10
	);
	const { write, update } = await winnow.ask('write', 'many', 1000);
	add('Write of events of 1,000 people', write, 'ms');
	add('From then to each count', update / affected.length, 'ms', 25);
}

/** As it was when all was loaded, and is now that all was counted. */
export function measureMemory(
	{ add }: Measuring,
	loaded: Memory | undefined,
	counted: Memory | undefined
): void {
	if (!loaded || !counted) return console.log('Memory is measured on Linux only.');
	add('Memory of the page’s process, most while loading', loaded.peak, 'MB', 900);
	add('Memory of the page’s process, most of all', counted.peak, 'MB', 900);
	add('The same at rest', counted.now, 'MB');
}

/** Writes everyone to a file on the browser's disk, guarded against spreadsheets. */
export async function measureExport({ winnow, size, add }: Measuring): Promise<void> {
	const { context } = winnow.bench;
	await forgetPeak(context);
	const before = await memoryOf(context);
	const begin = performance.now();
	const done = await winnow.ask('exportEveryone');
	const ms = performance.now() - begin;
	if (done.status !== 'done' || done.rows !== size.contacts)
		throw new Error(`The export ended as ${JSON.stringify(done)}.`);
	const large = isLarge(size);
	add('Export of everyone, 5 columns with MD5', ms, 'ms', large ? 6000 : undefined);
	const after = await memoryOf(context);
	if (before && after)
		add('Memory that takes over rest', after.peak - before.now, 'MB', large ? 250 : undefined);
}
