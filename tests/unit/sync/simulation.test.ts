import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { nodesOf } from '$lib/rules/rule';
import { Contents } from '$lib/workspace/contents.svelte';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { makeGesture, type Edit } from '$lib/workspace/gesture';
import { freePort } from '../../fixtures/postgres-server';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import { BrowserLikeSocket, until } from '../../fixtures/relay-device';
import { SimulatedDevice } from '../../fixtures/simulated-device';
import { joinAs, newTeam, TeamDevice } from '../../fixtures/team-device';
import { draftOf } from '../../fixtures/workspace/devices';

// A relay takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 240_000 });
beforeAll(() => void vi.stubGlobal('WebSocket', BrowserLikeSocket));
afterAll(endRelays);

const steps = 100;
const shared = ['s0', 's1'];

/** A team at work, and all that happens to it. */
class Team {
	readonly devices: SimulatedDevice[] = [];
	/** Registers that a device was told to be on the relay's disk. Each is written once, and never taken away. */
	readonly stored = new Set<string>();
	readonly #next: () => number;
	readonly #env: Record<string, string>;
	#relay: RelayProcess;
	#edits = 0;

	private constructor(relay: RelayProcess, env: Record<string, string>, next: () => number) {
		this.#relay = relay;
		this.#env = { ...env, RELAY_FOLDER: relay.folder };
		this.#next = next;
	}

	static async begin(seed: number): Promise<Team> {
		const env = { RELAY_PORT: String(await freePort()) };
		const relay = await startRelay(env);
		const team = new Team(relay, env, random(seed));
		const owner = new TeamDevice(await newTeam(relay.url, 'Mia', 'One'));
		const places = [owner.membership];
		for (const name of ['Two', 'Three']) places.push(await joinAs(owner, 'editor', 'Jon', name));
		owner.close();
		for (const [i, place] of places.entries()) {
			const mine = `${seed}-${i}`;
			const device = new SimulatedDevice(mine, place, (doc) => team.#noteStored(doc));
			await device.openTab();
			team.devices.push(device);
		}
		const [first] = team.devices;
		for (const id of shared)
			team.edit(first!, (e) => segments.createSegment(e, id, id, undefined, () => 'unused'));
		return team;
	}

	async step(): Promise<void> {
		const device = this.#one(this.devices);
		const at = Math.floor(this.#next() * device.docs.length);
		const chance = this.#next();
		if (chance < 0.65) return this.#work(device);
		if (chance < 0.72) return device.setOnline(!device.isOnline);
		if (chance < 0.78 && device.docs.length < 3) return device.openTab();
		if (chance < 0.83 && device.docs.length > 1) return device.crashTab(at);
		if (chance < 0.86 && device.docs.length > 1) return device.closeTab(at);
		if (chance < 0.88) return device.loseDisk();
		if (chance < 0.905) return this.restart();
		if (device.isOnline) await until(() => device.isStored, 'it is stored');
	}

	/** The relay goes, with a word or without, and comes back; devices find it again by themselves. */
	async restart(): Promise<void> {
		if (this.#next() < 0.5) await this.#relay.kill();
		else await this.#relay.stop();
		this.#relay = await startRelay(this.#env);
	}

	edit(device: SimulatedDevice, work: (edit: Edit) => void): void {
		// What cannot be done here and now is not done.
		if (device.docs.length > 0)
			makeGesture(this.#one(device.docs), 'Edit', { at: 0, by: 'x' }, work);
	}

	async end(): Promise<void> {
		for (const device of this.devices) await device.close();
		await this.#relay.stop();
	}

	#work(device: SimulatedDevice): void {
		const mark = `${this.#edits++}`;
		const segment = this.#one(shared);
		const name = device.membership.device;
		this.edit(device, (e) => e.write('tags', `${name}-${mark}/name`, mark));
		this.edit(device, (e) => {
			const { rule, detached } = draftOf(this.#one(device.docs), segment);
			const nodes = [rule, ...detached].flatMap((draft) => [...nodesOf(draft)]);
			const node = this.#one(nodes).id;
			const group = this.#one(nodes.filter(({ type }) => type === 'group')).id;
			const act = this.#next();
			if (act < 0.35)
				rules.addCondition(e, segment, `n${mark}`, { kind: 'everyone' }, { parent: group });
			else if (act < 0.55) rules.addGroup(e, segment, `n${mark}`, 'any', { parent: group });
			else if (act < 0.75) rules.move(e, segment, node, { parent: group });
			else if (act < 0.85) rules.remove(e, segment, node);
			else if (act < 0.95) segments.renameSegment(e, segment, mark);
			else segments.saveSegment(e, segment, `v${mark}`);
		});
	}

	#noteStored(doc: Y.Doc): void {
		for (const key of doc.getMap('tags').keys()) this.stored.add(key);
	}

	#one<T>(of: readonly T[]): T {
		return of[Math.floor(this.#next() * of.length)]!;
	}
}

/** All that is read from a document, by the app's own readers. */
function projected(doc: Y.Doc): unknown {
	const { segments, definitions } = new Contents(doc);
	return {
		segments: segments.map((segment) => ({ ...segment })),
		tags: [...definitions.tags],
		versions: shared.map((id) => new Contents(doc).versions(id))
	};
}

test.each([1, 2])(
	'devices with tabs, without a network, without their disks, and a relay that is killed: what was stored stays, and all see the same (%d)',
	async (seed) => {
		const team = await Team.begin(seed);
		for (let i = 0; i < steps; i++) await team.step();
		await team.restart();
		for (const device of team.devices) device.setOnline(true);
		const docs = () => team.devices.flatMap((device) => device.docs);
		await until(() => team.devices.every(({ isStored }) => isStored), 'all are stored');
		const text = (doc: Y.Doc) => JSON.stringify(projected(doc));
		await until(() => new Set(docs().map(text)).size === 1, 'all are the same');

		// Somebody new, who has it from nobody but the relay.
		const [first] = team.devices;
		const fresh = new TeamDevice(first!.membership);
		fresh.connect();
		await until(() => fresh.isStored);
		expect(projected(fresh.doc)).toEqual(projected(docs()[0]!));
		expect(team.stored.size).toBeGreaterThan(20);
		const there = new Set(fresh.doc.getMap('tags').keys());
		expect([...team.stored].filter((key) => !there.has(key))).toEqual([]);
		fresh.close();
		await team.end();
	}
);

/** The same numbers each time. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
