/**
 * `npm start`: builds the app if what is built is older than what is written, and serves it to this machine, with a relay
 * for its devices to meet at.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { serve, type Served } from './serve';

const directory = 'build';
const sources = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const FIRST_PORT = 4173;
/** ws://…, while there is one. */
let relay: string | undefined;
/** Where the app looks for it. */
const told = {
	'relay.json': () => (relay === undefined ? undefined : JSON.stringify({ url: relay }))
};

if (newest(sources) > changed(`${directory}/index.html`)) build();
const { url } = await serveSomewhere();
console.log(`Winnow is at ${url}  (Ctrl+C stops it)`);
startRelay();

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

/** In a process of its own: the app goes on without it. It ends with this one. */
function startRelay(): void {
	const child = spawn(process.execPath, [...process.execArgv, 'src/relay/relay.ts'], {
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		env: { ...process.env, RELAY_HOST: '127.0.0.1' }
	});
	let why = '';
	child.stderr!.setEncoding('utf8').on('data', (text: string) => {
		// What it notes while it runs is for who looks after one: `npm run relay`.
		why += text.replace(/^\{.*\n/gm, '');
	});
	child.once('message', (message: { url: string }) => {
		relay = message.url;
		console.log(`Its relay is at ${relay}`);
	});
	child.once('error', (error) => (why += error.message));
	child.once('close', () => {
		console.error(relay ? 'The relay has stopped.' : why.trim() || 'The relay cannot start.');
		relay = undefined;
		console.error('Devices cannot sync; all else works.');
	});
}

/** On PORT, or on the first free port from 4173. */
async function serveSomewhere(): Promise<Served> {
	const wanted = process.env.PORT;
	const ports = wanted ? [Number(wanted)] : Array.from({ length: 20 }, (_, i) => FIRST_PORT + i);
	for (const port of ports) {
		try {
			return await serve({ directory, port, told });
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
