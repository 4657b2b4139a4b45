import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Call, CallArguments } from '$lib/sync/protocol';
import { randomId } from '$lib/workspace/random-id';
import { endRelays, startRelay, type RelayProcess } from '../../fixtures/relay';
import { Attacker } from '../../fixtures/relay-attacker';
import {
	Asker,
	createWorkspace,
	Device,
	join,
	tokenOf,
	until,
	type Joined
} from '../../fixtures/relay-device';

// Processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let relay: RelayProcess;
let asker: Asker;

beforeAll(async () => {
	relay = await startRelay();
	asker = await Asker.open(relay.url);
});
afterAll(async () => {
	asker.close();
	await endRelays();
});

const refusal = async <C extends Call>(call: C, args: Partial<CallArguments<C>>) =>
	asker.call(call, args).then(
		() => 'done',
		(error: { type: string }) => error.type
	);
const token = (joined: Joined) => tokenOf(relay.url, joined);
const newcomer = () => ({ card: 'c2VhbGVk', device: randomId(22) });

test('a viewer reads, and what they write is not taken', async () => {
	const owner = await createWorkspace(relay.url);
	const viewer = await join(relay.url, owner, 'viewer');
	const [writes, reads] = [new Device(relay.url, owner), new Device(relay.url, viewer)];
	await Promise.all([writes.synced(), reads.synced()]);
	writes.push('kept');
	await until(() => reads.texts().includes('kept'));
	reads.push('not kept');
	writes.push('kept too');
	await writes.allStored();
	await until(() => reads.texts().includes('kept too'));
	const later = new Device(relay.url, owner);
	await later.synced();
	expect(later.texts()).toEqual(['kept', 'kept too']);
	expect(reads.stored).toBe(0);
	for (const device of [writes, reads, later]) device.close();
});

test('a demoted editor is told, and cannot write from then on', async () => {
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const device = new Device(relay.url, editor);
	await device.synced();
	device.push('before');
	await device.allStored();
	await asker.call('setRole', {
		...{ token: await token(owner), member: editor.member, role: 'viewer' }
	});
	await until(() => device.messages.some(({ type }) => type === 'role'));
	device.push('after');
	const reader = new Device(relay.url, owner);
	await reader.synced();
	reader.push('later');
	await reader.allStored();
	expect(reader.texts()).toEqual(['before', 'later']);
	device.close();
	reader.close();
});

test('a removed member is cut at once, and does not come back', async () => {
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const stolen = await token(editor);
	const device = new Device(relay.url, editor, { token: stolen });
	await device.synced();
	await asker.call('removeMember', { token: await token(owner), member: editor.member });
	await until(() => device.closes.includes(4403));
	expect(device.messages).toContainEqual({ type: 'removed' });
	// The token is still good for minutes.
	await until(() => device.refusals.includes('removed'));
	expect(await refusal('token', { refresh: editor.refresh })).toBe('removed');
	expect(await refusal('members', { token: stolen })).toBe('removed');
	device.close();
});

test('an invitation lets one in, even when many come at once', async () => {
	const owner = await createWorkspace(relay.url);
	const { invitation } = await asker.call('invite', { token: await token(owner), role: 'editor' });
	const tries = await Promise.all(
		Array.from({ length: 8 }, async () => {
			const own = await Asker.open(relay.url);
			const answer = await own.call('redeem', { invitation, ...newcomer() }).then(
				({ role }) => role,
				({ type }: { type: string }) => type
			);
			own.close();
			return answer;
		})
	);
	expect(tries.sort()).toEqual(['editor', ...Array.from({ length: 7 }, () => 'used')]);
	expect(await asker.call('members', { token: await token(owner) })).toHaveLength(2);
});

test('an invitation that ran out, was taken back or was guessed lets nobody in', async () => {
	const owner = await createWorkspace(relay.url);
	const by = await token(owner);
	const short = await asker.call('invite', { token: by, role: 'viewer', hours: 1e-6 });
	await until(() => Date.now() > short.expires);
	expect(await refusal('redeem', { invitation: short.invitation, ...newcomer() })).toBe('expired');

	const { invitation } = await asker.call('invite', { token: by, role: 'viewer' });
	const [id = ''] = invitation.split('.');
	expect(await refusal('redeem', { invitation: `${id}.${'A'.repeat(43)}`, ...newcomer() })).toBe(
		'unknown'
	);
	expect(await asker.call('invitations', { token: by })).toMatchObject([
		{ id, role: 'viewer', by: owner.member }
	]);
	await asker.call('revoke', { token: by, invitation: id });
	expect(await refusal('redeem', { invitation, ...newcomer() })).toBe('unknown');
});

test('nobody gives more than they have', async () => {
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const viewer = await join(relay.url, owner, 'viewer');
	const [asEditor, asViewer] = [await token(editor), await token(viewer)];
	expect(await refusal('invite', { token: asEditor, role: 'owner' })).toBe('forbidden');
	expect(await refusal('invite', { token: asViewer, role: 'viewer' })).toBe('forbidden');
	const member = owner.member;
	expect(await refusal('setRole', { token: asEditor, member, role: 'viewer' })).toBe('forbidden');
	expect(await refusal('removeMember', { token: asEditor, member })).toBe('forbidden');
	expect(await refusal('rotate', { token: asEditor, epoch: 1 })).toBe('forbidden');
});

test('a workspace always has an owner, until its only member leaves and takes it along', async () => {
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const by = await token(owner);
	const member = owner.member;
	expect(await refusal('setRole', { token: by, member, role: 'editor' })).toBe('lastOwner');
	expect(await refusal('removeMember', { token: by, member })).toBe('lastOwner');
	expect(await refusal('leave', { token: by })).toBe('lastOwner');
	await asker.call('leave', { token: await token(editor) });
	await asker.call('leave', { token: by });
	expect(await refusal('token', { refresh: owner.refresh })).toBe('unauthorised');
	expect(await refusal('create', { workspace: owner.workspace, ...newcomer() })).toBe('done');
});

test('a new epoch is begun by an owner; the old one is read from then on', async () => {
	const owner = await createWorkspace(relay.url);
	const editor = await join(relay.url, owner, 'editor');
	const old = new Device(relay.url, editor);
	await old.synced();
	old.push('old');
	await old.allStored();
	const early = new Device(relay.url, editor, { epoch: 1 });
	await until(() => early.refusals.includes('forbidden'));
	const begun = new Device(relay.url, owner, { epoch: 1 });
	await begun.synced();
	begun.push('new');
	await begun.allStored();
	expect(await refusal('rotate', { token: await token(owner), epoch: 2 })).toBe('invalid');
	await asker.call('rotate', { token: await token(owner), epoch: 1 });
	await until(() => old.messages.some(({ type }) => type === 'rotated'));
	old.push('too late');
	const later = new Device(relay.url, editor, { epoch: 1 });
	await later.synced();
	expect(later.texts()).toEqual(['new']);
	const reread = new Device(relay.url, owner);
	await reread.synced();
	expect(reread.texts()).toEqual(['old']);
	for (const device of [old, early, begun, later, reread]) device.close();
});

test('a workspace is made once, and only by who may', async () => {
	const owner = await createWorkspace(relay.url);
	expect(await refusal('create', { workspace: owner.workspace, ...newcomer() })).toBe('exists');
	const asks = await startRelay({ RELAY_CREATE: 'token', RELAY_CREATE_TOKEN: 'open sesame' });
	await expect(createWorkspace(asks.url)).rejects.toMatchObject({ type: 'forbidden' });
	await createWorkspace(asks.url, 'open sesame');
	const closed = await startRelay({ RELAY_CREATE: 'closed' });
	await expect(createWorkspace(closed.url)).rejects.toMatchObject({ type: 'closed' });
});

test('a relay without a mail server says so, and takes no messages', async () => {
	const owner = await createWorkspace(relay.url);
	expect(await asker.call('capabilities', { token: await token(owner) })).toEqual({});
	await expect(Attacker.open(relay.url, { path: '/mail' })).resolves.toMatchObject({
		ws: { readyState: 3 }
	});
});
