import { spawnSync } from 'node:child_process';
import { openPostgres } from '../../src/lib/db/postgres';
import { compileRule } from '../../src/lib/rules/compile';
import { sql, type Sql } from '../../src/lib/sql';
import { mostSessions, open, openMore } from '../../src/cli/database';
import { evaluateSegments } from '../../src/cli/evaluate';
import { openSource } from '../../src/cli/source';
import { readSegment, readWorkspace } from '../../src/cli/workspace';
import { noPostgres, startPostgres } from '../fixtures/postgres-server';
import type { DataSize } from './data';
import { percentile } from './percentile';
import { writeWorkspace } from './portable';

const now = '2026-01-01T00:00:00.000Z';
const times = 3;

export interface ShellTimes {
	/** Asking for the members of all segments and having them, in milliseconds: the workspace is loaded and read. */
	readonly asking: number;
	/** The whole command, from its start to its end: Node, its compiler and the file take their share. */
	readonly command: number;
	readonly segments: number;
}

/**
 * Asks a server's Postgres for the members of all segments of a workspace in a shell, once the workspace is loaded.
 * Prints each segment by itself, and of the slowest how the database goes about it. Nothing where there is no server.
 */
export async function askInShell(path: string, size: DataSize): Promise<ShellTimes | undefined> {
	if (noPostgres) return void console.log(`No shell is measured: ${noPostgres}.`);
	await writeWorkspace(path, size, Date.parse(now));
	const server = await startPostgres();
	try {
		winnow('import', path, server.url);
		const runs = Array.from({ length: times }, () => winnow('evaluate', path, server.url));
		const [first] = runs;
		if (runs.some(({ output }) => output !== first!.output))
			throw new Error('The same question was answered in two ways.');
		const { segments } = JSON.parse(first!.output) as { segments: { count?: number }[] };
		if (segments.some(({ count = 0 }) => count === 0)) throw new Error('A segment is empty.');
		await printSlowest(path, server.url);
		return {
			asking: await timeAsking(path, server.url),
			command: percentile(
				runs.map(({ ms }) => ms),
				0.5
			),
			segments: segments.length
		};
	} finally {
		await server.stop();
	}
}

function winnow(command: string, path: string, url: string): { ms: number; output: string } {
	const begin = performance.now();
	const { status, stdout } = spawnSync(
		'npm',
		['run', '--silent', 'winnow', '--', command, path, '--database', url, '--now', now],
		{ encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] }
	);
	if (status !== 0) throw new Error(`winnow ${command} ended with ${status}.`);
	return { ms: performance.now() - begin, output: stdout };
}

/** What the command does once it has started, several times; the median. */
async function timeAsking(path: string, url: string): Promise<number> {
	const workspace = readWorkspace(await openSource(path));
	const { zone, weekStart } = workspace;
	const segments = workspace.segments.map((segment) => readSegment(segment, workspace));
	const sessions = [await open(url), ...(await openMore(url, mostSessions - 1))];
	const found: number[] = [];
	for (let i = 0; i < times; i++) {
		const begin = performance.now();
		await evaluateSegments(sessions, segments, { now: Date.parse(now), zone, weekStart });
		found.push(performance.now() - begin);
	}
	for (const session of sessions) await session.close();
	return percentile(found, 0.5);
}

async function printSlowest(path: string, url: string): Promise<void> {
	const workspace = readWorkspace(await openSource(path));
	const { zone, weekStart } = workspace;
	const session = await openPostgres(url, 'winnow');
	const found: { name: string; ms: number; members: Sql }[] = [];
	for (const segment of workspace.segments) {
		const { name, rule, issues } = readSegment(segment, workspace);
		if (!rule) throw new Error(`${name}: ${JSON.stringify(issues)}`);
		const members = compileRule(rule, { now: Date.parse(now), zone, weekStart });
		const begin = performance.now();
		await session.rows(sql`select count(*) from (${members}) as member`);
		found.push({ name, ms: performance.now() - begin, members });
	}
	found.sort((a, b) => b.ms - a.ms);
	for (const { name, ms } of found)
		console.log(`  ${Math.round(ms).toLocaleString('en').padStart(6)} ms  ${name}`);
	const [slowest] = found;
	const plan = await session.rows<{ 'QUERY PLAN': string }>(
		sql`explain (analyze, buffers) ${slowest!.members}`
	);
	console.log(`${slowest!.name}:\n${plan.map((line) => line['QUERY PLAN']).join('\n')}`);
	await session.close();
}
