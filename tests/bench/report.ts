import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** One number, what is wanted of it and how it is read. */
export interface Measure {
	readonly what: string;
	readonly value: number;
	readonly unit: 'rows/s' | 'ms';
	/** At least for rates, at most for times. */
	readonly goal: number | undefined;
}

export interface Run {
	/** YYYY-MM-DD */
	readonly date: string;
	readonly machine: {
		readonly cpu: string;
		readonly cores: number;
		readonly memory: string;
		readonly node: string;
		readonly chromium: string;
	};
	readonly data: { readonly contacts: number; readonly events: number };
	readonly measures: readonly Measure[];
}

export const machine = (chromium: string): Run['machine'] => ({
	cpu: cpus()[0]?.model.trim() ?? 'unknown',
	cores: cpus().length,
	memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
	node: process.version,
	chromium
});

const baselines = 'tests/bench/baselines.json';
const readme = 'README.md';
const section = /<!-- measured -->[\s\S]*?<!-- \/measured -->/;

/** Prints the run beside the one before it. */
export function print(run: Run): void {
	const before = new Map(
		readBaselines()?.measures.map((measure) => [measure.what, measure] as const)
	);
	const lines = run.measures.map((measure) => {
		const known = before.get(measure.what);
		const change = known?.value ? Math.round((measure.value / known.value - 1) * 100) : 0;
		const was = known ? `was ${say(known)} (${change > 0 ? '+' : ''}${change} %)` : '';
		return [measure.what, say(measure), goalOf(measure), met(measure) ? '' : 'missed', was];
	});
	const widths = [0, 1, 2, 3].map((i) => Math.max(...lines.map((line) => line[i]!.length)));
	for (const line of lines)
		console.log(
			line
				.map((cell, i) => cell.padEnd(widths[i] ?? 0))
				.join('  ')
				.trimEnd()
		);
}

/** Keeps the run for the next one to be compared with, and puts it into the README. */
export function keep(run: Run): void {
	writeFileSync(baselines, `${JSON.stringify(run, null, '\t')}\n`);
	const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
	if (!section.test(text)) return console.log(`${readme} has no place for it between its marks.`);
	writeFileSync(
		readme,
		text.replace(section, () => `<!-- measured -->\n\n${markdown(run)}\n\n<!-- /measured -->`)
	);
}

/** The table as the README has it. */
export function markdown({ date, machine, data, measures }: Run): string {
	const rows = measures.map((measure) => [measure.what, say(measure), goalOf(measure) || '–']);
	const table = [['', 'Measured', 'Goal'], ...rows];
	const widths = [0, 1, 2].map((i) => Math.max(3, ...table.map((row) => row[i]!.length)));
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
	return [
		`\`npm run bench\` on ${date}: ${data.contacts.toLocaleString('en')} contacts, ${data.events.toLocaleString('en')} events; ${machine.cpu}, ${machine.cores} cores, ${machine.memory}, Chromium ${machine.chromium}, Node ${machine.node}.`,
		'',
		line(table[0]!),
		`| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
		...rows.map(line)
	].join('\n');
}

function readBaselines(): Run | undefined {
	return existsSync(baselines) ? (JSON.parse(readFileSync(baselines, 'utf8')) as Run) : undefined;
}

const say = ({ value, unit }: Pick<Measure, 'value' | 'unit'>): string =>
	`${Math.round(value).toLocaleString('en')} ${unit}`;

const goalOf = ({ goal, unit }: Measure): string =>
	goal === undefined ? '' : `${unit === 'rows/s' ? '≥' : '≤'} ${say({ value: goal, unit })}`;

const met = ({ value, goal, unit }: Measure): boolean =>
	goal === undefined || (unit === 'rows/s' ? value >= goal : value <= goal);

/** The value that `share` of all are at or below. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
