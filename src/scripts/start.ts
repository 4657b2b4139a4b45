/** `npm start`: builds the app if what is built is older than what is written, and serves it to this machine. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { serve, type Served } from './serve';

const directory = 'build';
const sources = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const FIRST_PORT = 4173;

if (newest(sources) > changed(`${directory}/index.html`)) build();
const { url } = await serveSomewhere();
console.log(`Winnow is at ${url}  (Ctrl+C stops it)`);

function build(): void {
	console.log('Building …');
	const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], {
		encoding: 'utf8',
		shell: process.platform === 'win32'
	});
	if (status === 0) return;
	console.error(`${stdout}${stderr}\nThe build failed.`);
	process.exit(1);
}

/** On PORT, or on the first free port from 4173. */
async function serveSomewhere(): Promise<Served> {
	const wanted = process.env.PORT;
	const ports = wanted ? [Number(wanted)] : Array.from({ length: 20 }, (_, i) => FIRST_PORT + i);
	for (const port of ports) {
		try {
			return await serve({ directory, port });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		}
	}
	console.error(
		wanted
			? `Port ${wanted} is taken. Try another: PORT=8080 npm start`
			: `Ports ${FIRST_PORT} to ${FIRST_PORT + 19} are taken. Name one: PORT=8080 npm start`
	);
	process.exit(1);
}

/** Milliseconds, of the file that changed last. */
function newest(paths: readonly string[]): number {
	return Math.max(
		...paths.map((path) =>
			statSync(path, { throwIfNoEntry: false })?.isDirectory()
				? newest(readdirSync(path).map((name) => `${path}/${name}`))
				: changed(path)
		)
	);
}

function changed(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
