/** A process of `load.ts`: clients that are in their rooms and change something now and then. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { RelayMessage } from '../../../src/lib/sync/protocol';
import { Device, until } from '../../fixtures/relay-device';
import type { Seen, Share } from './load';

/** Bytes of a change: what a sealed edit of one condition comes to. */
const size = 300;
const warmUp = 3_000;

const [share] = (await once(process, 'message')) as [Share];
const arrived: number[] = [];
const stored: number[] = [];
let sent = 0;
/** Changes before this moment are not counted. */
let begin = Infinity;

const clients: Client[] = [];
for (const room of share.rooms) {
	const device = { ...room, member: '', device: '', refresh: '', role: 'owner' as const };
	const coming = Array.from({ length: share.clientsEach }, () => clientOf(device, room.token));
	// Some at a time, as people come.
	clients.push(...(await Promise.all(coming)));
}
await work();
await until(() => stored.length === sent && arrived.length === sent * (share.clientsEach - 1));
process.send!({ sent, arrived, stored } satisfies Seen, () => process.exit());

interface Client {
	change(): void;
}

async function clientOf(
	joined: ConstructorParameters<typeof Device>[1],
	token: string
): Promise<Client> {
	const device = new Device(share.url, joined, { token });
	let waiting: { clock: number; at: number }[] = [];
	device.log.observe(({ changes }, { local }) => {
		if (local) return;
		const now = performance.now();
		for (const item of changes.added)
			for (const bytes of item.content.getContent() as Uint8Array[]) {
				const at = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0);
				if (at >= begin) arrived.push(now - at);
			}
	});
	device.provider.on('stateless', ({ payload }: { payload: string }) => {
		const message = RelayMessage.parse(JSON.parse(payload));
		if (message.type !== 'stored') return;
		const clock = new Map(message.to).get(device.document.clientID) ?? 0;
		const now = performance.now();
		for (const { at } of waiting.filter((one) => one.clock <= clock))
			if (at >= begin) stored.push(now - at);
		waiting = waiting.filter((one) => one.clock > clock);
	});
	await device.synced();
	return {
		change() {
			const bytes = new Uint8Array(size);
			crypto.getRandomValues(bytes);
			const at = performance.now();
			new DataView(bytes.buffer).setFloat64(0, at);
			device.push(bytes);
			waiting.push({ clock: device.clock, at });
			if (at >= begin) sent++;
		}
	};
}

/** As many changes a second as wanted, by clients in turn, those of a room far apart. */
async function work(): Promise<void> {
	const start = performance.now();
	begin = start + warmUp;
	const end = begin + share.seconds * 1_000;
	for (let made = 0; performance.now() < end;) {
		const due = Math.floor(((performance.now() - start) / 1_000) * share.rate);
		for (; made < due; made++) clients[(made * 7_919) % clients.length]!.change();
		await pause(5);
	}
}
