import type { DataSize } from '../data';
import { sayNumber, type Measure } from '../measure';
import { measureTable, sayData, sayMachine, table, type Circumstances } from '../report';
import { engineNames, type EngineName } from './engine';
import { segments, type SegmentId } from './segments';

/** All engines at one size. */
export interface SizeRun {
	readonly data: DataSize;
	readonly segments: readonly {
		readonly segment: SegmentId;
		readonly count: number;
		/** Medians, in milliseconds. */
		readonly ms: Readonly<Partial<Record<EngineName, number>>>;
	}[];
	readonly measures: readonly Measure[];
}

export interface EnginesRun extends Circumstances {
	readonly versions: Readonly<Partial<Record<EngineName, string>>>;
	readonly sizes: readonly SizeRun[];
}

/** The section of the engines as the README has it. */
export const enginesMarkdown = (run: EnginesRun): string =>
	[
		`\`npm run bench -- --only engines\` on ${run.date}: ${sayMachine(run)}; ${sayVersions(run)}.`,
		'',
		'Medians in milliseconds from an edited number to the new count. All have the same data, are asked in turn, and count the same.',
		...run.sizes.flatMap((size) => [
			'',
			`**${sayData(size.data)}**`,
			'',
			...table(rowsOf(size)),
			'',
			...measureTable(size.measures)
		])
	].join('\n');

const sayVersions = ({ versions }: EnginesRun): string =>
	Object.entries(versions)
		.map(([name, version]) => `${name} ${version}`)
		.join(', ');

/** What stands in the table of segments, its head first. */
export function rowsOf(size: SizeRun): readonly (readonly string[])[] {
	const names = engineNames.filter((name) =>
		size.segments.some(({ ms }) => ms[name] !== undefined)
	);
	return [
		['', 'Members', ...names],
		...size.segments.map(({ segment, count, ms }) => [
			segments[segment].what,
			count.toLocaleString('en'),
			...names.map((name) => sayNumber(ms[name]!))
		])
	];
}
