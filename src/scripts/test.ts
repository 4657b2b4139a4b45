/** `npm test`: everything that must pass. The last line is `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

interface Tally {
	readonly passed: number;
	readonly failed: number;
}

const report = '.e2e/vitest.json';
mkdirSync('.e2e', { recursive: true });
rmSync(report, { force: true });

const tallies: Tally[] = [];
tallies.push(await whole('types and format', 'npm', ['run', '--silent', 'check']));
tallies.push(await vitest());
const build = await whole('build', 'npm', ['run', '--silent', 'build']);
tallies.push(build);
if (build.failed === 0) tallies.push(await stories());

const sum = (of: (tally: Tally) => number) =>
	tallies.reduce((total, tally) => total + of(tally), 0);
const passed = sum((tally) => tally.passed);
const failed = sum((tally) => tally.failed);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** A step that counts as one test. */
async function whole(name: string, command: string, args: string[]): Promise<Tally> {
	const { status } = await run(name, command, args);
	return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(): Promise<Tally> {
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	const { status } = await run('unit and component tests', 'npx', ['vitest', 'run', ...reporters]);
	try {
		const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(
			readFileSync(report, 'utf8')
		) as { numPassedTests: number; numFailedTests: number };
		// A file that does not load has no tests to fail.
		return { passed, failed: failed || Number(status !== 0) };
	} catch {
		return { passed: 0, failed: 1 };
	}
}

async function stories(): Promise<Tally> {
	const { status, output } = await run('stories in a browser', 'npx', ['tsx', 'tests/e2e/run.ts']);
	const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
	return { passed: Number(passed ?? 0), failed: Number(failed ?? 0) || Number(status !== 0) };
}

/** Runs a command and shows what it prints as it comes. */
function run(
	name: string,
	command: string,
	args: string[]
): Promise<{ status: number | null; output: string }> {
	console.log(`\n— ${name}`);
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			stdio: ['ignore', 'pipe', 'inherit'],
			shell: process.platform === 'win32'
		});
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			process.stdout.write(text);
		});
		child.on('error', (error) => console.error(String(error)));
		child.on('close', (status) => resolve({ status, output }));
	});
}
