import { fork } from 'node:child_process';
import { SignJWT } from 'jose';
import { endRelays, startRelay } from '../../fixtures/relay';
import { createWorkspace } from '../../fixtures/relay-device';
import type { Add } from '../measure';
import { percentile } from '../percentile';

/** What one process of clients is given. */
export interface Share {
	readonly url: string;
	readonly rooms: readonly { readonly workspace: string; readonly token: string }[];
	readonly clientsEach: number;
	/** Changes a second, of all its rooms. */
	readonly rate: number;
	readonly seconds: number;
}

/** What it tells: times in milliseconds from a client's change. Nothing was lost. */
export interface Seen {
	readonly sent: number;
	/** To each other client of its room having it. */
	readonly arrived: readonly number[];
	/** To its own client being told that it is on disk. */
	readonly stored: readonly number[];
}

const load = { rooms: 100, clientsEach: 10, rate: 200, seconds: 25 };
const secret = 'a secret of the bench, 32 letters or more';
/** Processes that clients run in. */
const hands = 2;

/** Many clients in many rooms of one relay, with its database in a folder, all there at once and at work. */
export async function measureLoad(add: Add): Promise<void> {
	const relay = await startRelay({ RELAY_SECRET: secret, RELAY_MAX_SOCKETS_EACH: '5000' });
	let most = 0;
	const looking = setInterval(() => {
		void relay.metric('memory_bytes').then((bytes) => (most = Math.max(most, bytes)));
	}, 1_000);
	try {
		const rooms: Share['rooms'][number][] = [];
		for (let n = 0; n < load.rooms; n++) rooms.push(await newRoom(relay.url));
		const each = load.rooms / hands;
		const shares = Array.from({ length: hands }, (_, i): Share => ({
			...{ url: relay.url, ...load, rate: load.rate / hands },
			rooms: rooms.slice(i * each, (i + 1) * each)
		}));
		const [before, begin] = [await relay.metric('cpu_seconds'), performance.now()];
		const seen = await Promise.all(shares.map(runClients));
		const used = (await relay.metric('cpu_seconds')) - before;
		const took = (performance.now() - begin) / 1_000;
		const arrived = seen.flatMap((one) => one.arrived);
		const stored = seen.flatMap((one) => one.stored);
		const sent = seen.reduce((sum, one) => sum + one.sent, 0);
		add('Changes a second of all clients', sent / load.seconds, 'changes/s', load.rate * 0.98);
		add('Until the others in the room have one, median', percentile(arrived, 0.5), 'ms');
		add('Until the others in the room have one, 95 of 100', percentile(arrived, 0.95), 'ms', 100);
		add('Until its client knows that it is on disk, 95 of 100', percentile(stored, 0.95), 'ms');
		add('Processor time of the relay, of each second', (used / took) * 1_000, 'ms');
		add('Memory of the relay, at most', most / 2 ** 20, 'MB', 600);
		clearInterval(looking);
		await relay.stop();
	} finally {
		clearInterval(looking);
		await endRelays();
	}
}

async function newRoom(url: string): Promise<Share['rooms'][number]> {
	const { workspace, member, device } = await createWorkspace(url);
	const token = await new SignJWT({ sub: member, device, ws: workspace, role: 'owner' })
		.setProtectedHeader({ alg: 'HS256' })
		.setExpirationTime('1 hour')
		.sign(new TextEncoder().encode(secret));
	return { workspace, token };
}

/** Its clients, in a process of their own. */
function runClients(share: Share): Promise<Seen> {
	const child = fork('tests/bench/relay/clients.ts', { execArgv: ['--import', 'tsx'] });
	return new Promise((told, failed) => {
		child.once('message', (seen) => told(seen as Seen));
		child.once('exit', (code) => failed(new Error(`Clients ended with ${code}.`)));
		child.send(share);
	});
}
