import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { EnginesRun } from './engines/report';
import { goalOf, met, say, type Measure } from './measure';

/** Where and when something was measured. */
export interface Circumstances {
	/** YYYY-MM-DD */
	readonly date: string;
	readonly machine: {
		readonly cpu: string;
		readonly cores: number;
		readonly memory: string;
		readonly node: string;
		readonly chromium: string;
		/** How much else it did, where that was too much: programs that wanted to run at once, on the average. */
		readonly load?: number;
	};
}

export interface Run extends Circumstances {
	readonly data: { readonly contacts: number; readonly events: number };
	readonly measures: readonly Measure[];
}

/** Of a part whose data is its own. */
export interface PartRun extends Circumstances {
	readonly measures: readonly Measure[];
}

/** What is kept: of each part the last run that was measured whole. */
interface Baselines {
	readonly app?: Run;
	readonly engines?: EnginesRun;
	readonly campaigns?: PartRun;
	readonly relay?: PartRun;
}

export const machine = (chromium: string, load?: number): Circumstances['machine'] => ({
	cpu: cpus()[0]?.model.trim() ?? 'unknown',
	cores: cpus().length,
	memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
	node: process.version,
	chromium,
	...(load === undefined ? {} : { load })
});

/** Where it was, in words. */
export const sayMachine = ({ machine }: Circumstances): string =>
	`${machine.cpu}, ${machine.cores} cores, ${machine.memory}, Chromium ${machine.chromium}, Node ${machine.node}${machine.load === undefined ? '' : `, busy with other work (load ${machine.load})`}`;

export const sayData = ({ contacts, events }: Run['data']): string =>
	`${contacts.toLocaleString('en')} contacts, ${events.toLocaleString('en')} events`;

const baselines = 'tests/bench/baselines.json';
const readme = 'README.md';
/** The marks of each part's section there. */
const marks: Readonly<Record<keyof Baselines, string>> = {
	app: 'measured',
	engines: 'engines',
	campaigns: 'campaigns-measured',
	relay: 'relay-measured'
};

/** Prints measures beside those of the run before. */
export function print(measures: readonly Measure[], earlier: readonly Measure[] = []): void {
	const before = new Map(earlier.map((measure) => [measure.what, measure] as const));
	const lines = measures.map((measure) => {
		const known = before.get(measure.what);
		const change = known?.value ? Math.round((measure.value / known.value - 1) * 100) : 0;
		const was = known ? `was ${say(known)} (${change > 0 ? '+' : ''}${change} %)` : '';
		return [measure.what, say(measure), goalOf(measure), met(measure) ? '' : 'missed', was];
	});
	for (const line of aligned(lines)) console.log(line.join('  ').trimEnd());
}

/** Keeps a part for the next run to be compared with, and puts it into the README. */
export function keep<P extends keyof Baselines>(
	part: P,
	run: NonNullable<Baselines[P]>,
	markdown: string
): void {
	writeFileSync(baselines, `${JSON.stringify({ ...kept(), [part]: run }, null, '\t')}\n`);
	const mark = marks[part];
	const section = new RegExp(`<!-- ${mark} -->[\\s\\S]*?<!-- /${mark} -->`);
	const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
	if (!section.test(text)) return console.log(`${readme} has no place for it between its marks.`);
	writeFileSync(
		readme,
		text.replace(section, () => `<!-- ${mark} -->\n\n${markdown}\n\n<!-- /${mark} -->`)
	);
}

export const kept = (): Baselines =>
	existsSync(baselines) ? (JSON.parse(readFileSync(baselines, 'utf8')) as Baselines) : {};

/** The app's section as the README has it. */
export const appMarkdown = (run: Run): string =>
	[
		`\`npm run bench\` on ${run.date}: ${sayData(run.data)}; ${sayMachine(run)}.`,
		'',
		...measureTable(run.measures)
	].join('\n');

/** The section of a part as the README has it. */
export const partMarkdown = (part: 'campaigns' | 'relay', run: PartRun): string =>
	[
		`\`npm run bench -- --only ${part}\` on ${run.date}: ${sayMachine(run)}.`,
		'',
		...measureTable(run.measures)
	].join('\n');

export const measureTable = (measures: readonly Measure[]): readonly string[] =>
	table([
		['', 'Measured', 'Goal'],
		...measures.map((measure) => [measure.what, say(measure), goalOf(measure) || '–'])
	]);

/** Lines of a table in Markdown; the first row is its head. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
	const [head, ...others] = aligned(rows, 3);
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head!), line(head!.map((cell) => '-'.repeat(cell.length))), ...others.map(line)];
}

function aligned(rows: readonly (readonly string[])[], least = 0): readonly (readonly string[])[] {
	const widths = rows[0]!.map((_, i) => Math.max(least, ...rows.map((row) => row[i]!.length)));
	return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)));
}
