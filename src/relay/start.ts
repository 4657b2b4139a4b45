import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hocuspocus } from '@hocuspocus/server';
import { Access, type Seated } from './access';
import type { Asking } from './calls/asking';
import { sweep } from './compaction';
import { setUpTables } from './database';
import { Doors } from './doors';
import { openFolder } from './folder';
import { gate } from './gate';
import { healthOf } from './health';
import { Metrics } from './metrics';
import { pages } from './pages';
import { openServer } from './postgres';
import { OtherRelays } from './redis';
import { Rooms } from './rooms';
import { safe } from './safe';
import { say, whyOf } from './say';
import { isLoopback } from './loopback';
import type { Settings } from './settings';
import { Outbox } from './smtp/outbox';
import { mailServer } from './smtp/server';
import { keptSecret, Tokens } from './tokens';
import { UpdateLog } from './update-log';
import { randomId } from '$lib/workspace/random-id';

export interface Relay {
	/** ws://… */
	readonly url: string;
	/** Made at this start, to be shown once. */
	readonly newCreateToken: string | undefined;
	/** Refuses who comes, stores what came, closes. False where something could not be stored in time. */
	stop(): Promise<boolean>;
}

/** Milliseconds between looks at who may still be where, and between clearings away. */
const recheckEvery = 30_000;
const sweepEvery = 3_600_000;

/** Milliseconds that stopping may wait for the database. */
const longestStop = 20_000;

/** Rejects when the database cannot be opened or the port is taken. */
export async function startRelay(settings: Settings): Promise<Relay> {
	const database = settings.postgres
		? await openServer(settings.postgres)
		: await openFolder(settings.folder);
	await setUpTables(database);
	const metrics = new Metrics();
	const tokens = new Tokens(settings.secret ?? (await keptSecret(database, 'secret'))[0]);
	const [createToken, isNew] = settings.createToken
		? [settings.createToken, false]
		: await keptSecret(database, 'createToken');

	const log = new UpdateLog(database, metrics);
	const access = new Access(database, tokens, settings.maxDocument);
	const rooms = new Rooms(log, database, access, {
		metrics,
		isShared: settings.redis !== undefined,
		onUnreadable: (room) => doors.sendAway(room),
		onMeasured: (workspace) => others?.tellChanged(workspace)
	});
	const recheck = (workspace?: string) =>
		Promise.all([
			access.recheck(hocuspocus, workspace),
			others && rooms.measureAgain(hocuspocus, workspace)
		]).catch((error: unknown) => say('warn', 'not rechecked', { why: whyOf(error) }));
	const others = settings.redis
		? new OtherRelays(settings.redis, {
				meet: (document) => rooms.meet(document),
				changed: (workspace) => void recheck(workspace)
			})
		: undefined;
	const hocuspocus: Hocuspocus<Seated> = new Hocuspocus<Seated>({
		quiet: true,
		// It would merge updates of others unread before it sends them on.
		flushDelay: false,
		timeout: 60_000,
		maxUnauthenticatedQueueSize: 256 * 1024,
		maxUnauthenticatedQueueMessages: 200,
		maxPendingDocuments: 20,
		extensions: [gate(access), rooms, ...(others ? [others] : [])].map((one) => safe(one, metrics))
	});

	const changed = (workspace: string) => {
		void recheck(workspace);
		others?.tellChanged(workspace);
	};
	const { mail } = settings;
	const outbox =
		mail &&
		new Outbox({
			...{ database, metrics, server: mailServer(mail) },
			...{ perSecond: mail.perSecond, connections: mail.connections },
			isShared: settings.postgres !== undefined
		});
	const asking: Asking = {
		...{ database, tokens, settings, createToken, changed },
		mail: mail && {
			...{ senders: [...mail.senders], perSecond: mail.perSecond },
			store: (await keptSecret(database, 'mailStore', () => randomId(22)))[0]
		}
	};
	const health = healthOf({ database, log, others });
	const server = createServer({ maxHeaderSize: 8192 }, pages(settings, health, metrics));
	const doors: Doors = new Doors(server, { hocuspocus, asking, settings, metrics, outbox });
	metrics.gauge('rooms', () => hocuspocus.documents.size);
	metrics.gauge('memory_bytes', () => process.memoryUsage.rss());
	metrics.gauge('cpu_seconds', () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1_000_000;
	});
	await new Promise<void>((listening, failed) => {
		server.once('error', failed);
		server.listen(settings.port, settings.host, listening);
	});

	const timers = [
		setInterval(() => void recheck(), recheckEvery),
		setInterval(() => {
			sweep(database).catch((error: unknown) => say('warn', 'not swept', { why: whyOf(error) }));
		}, sweepEvery)
	];
	const { port } = server.address() as AddressInfo;
	const host = isLoopback(settings.host) ? '127.0.0.1' : settings.host;
	say('info', 'started', {
		...{ host: settings.host, port, create: settings.create },
		database: settings.postgres ? 'postgres' : settings.folder,
		redis: settings.redis !== undefined,
		mail: mail !== undefined
	});

	return {
		url: `ws://${host}:${port}`,
		newCreateToken: settings.create === 'token' && isNew ? createToken : undefined,
		async stop() {
			timers.forEach(clearInterval);
			health.isStopping = true;
			server.close();
			doors.hold();
			const late = new Promise<false>((end) => setTimeout(() => end(false), longestStop).unref());
			// The others ask for what they were just told of; that takes a round trip.
			const settle = new Promise((wait) => setTimeout(wait, others ? 500 : 50));
			const isStored = await Promise.race([
				Promise.all([log.drained(), settle, outbox?.stop()]).then(() => true),
				late
			]);
			doors.close();
			await others?.onDestroy();
			const isClosed = await Promise.race([database.close().then(() => true), late]);
			if (!isStored) say('error', 'stopped before all was stored');
			return isStored && isClosed;
		}
	};
}
