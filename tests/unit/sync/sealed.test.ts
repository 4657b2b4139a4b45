import { expect, test } from 'vitest';
import { newDeviceKeys, openFor, publicKeyOf, sealFor } from '$lib/sync/device-keys';
import { seal, unseal } from '$lib/sync/sealed';
import { keepKey, newKey, rawKey } from '$lib/sync/workspace-key';

const room = { workspace: 'w', epoch: 3 };
const bytes = new TextEncoder().encode('Customers in Vienna');
const kinds = ['update', 'snapshot'] as const;

test('what was sealed opens, and tells nothing while it is closed', async () => {
	const { key } = await keepKey(newKey());
	const blob = await seal(key, room, 'update', bytes);
	expect(Buffer.from(blob).includes('Vienna')).toBe(false);
	expect(await unseal(key, room, kinds, blob)).toEqual({
		ok: true,
		value: { kind: 'update', bytes }
	});
});

test('a blob of another room, epoch, kind or key, or an altered one, does not open', async () => {
	const { key } = await keepKey(newKey());
	const { key: other } = await keepKey(newKey());
	const blob = await seal(key, room, 'update', bytes);
	const altered = (at: number) => blob.map((byte, i) => (i === at ? byte ^ 3 : byte));

	const broken = { ok: false, error: 'broken' };
	expect(await unseal(key, { ...room, workspace: 'v' }, kinds, blob)).toEqual(broken);
	expect(await unseal(key, { ...room, epoch: 4 }, kinds, blob)).toEqual(broken);
	expect(await unseal(other, room, kinds, blob)).toEqual(broken);
	expect(await unseal(key, room, kinds, altered(1)), 'said to be a snapshot').toEqual(broken);
	expect(await unseal(key, room, kinds, altered(5))).toEqual(broken);
	expect(await unseal(key, room, kinds, altered(blob.length - 1))).toEqual(broken);
	const malformed = { ok: false, error: 'malformed' };
	for (const wrong of [undefined, 'text', new Uint8Array(0), altered(0), blob.slice(0, 29)])
		expect(await unseal(key, room, kinds, wrong)).toEqual(malformed);
	expect(await unseal(key, room, ['presence'], blob)).toEqual(malformed);
});

test('a kept key can be passed on, but no script reads it', async () => {
	const raw = newKey();
	const kept = await keepKey(raw);
	expect(await rawKey(kept)).toEqual(raw);
	await expect(crypto.subtle.exportKey('raw', kept.key)).rejects.toThrow();
	await expect(crypto.subtle.exportKey('raw', kept.wrapping)).rejects.toThrow();
	await expect(keepKey(raw.slice(1))).rejects.toThrow('31 bytes');
});

test('what is sealed for a device opens on that one alone', async () => {
	const [device, other] = [await newDeviceKeys(), await newDeviceKeys()];
	const sealing = await sealFor(await publicKeyOf(device), bytes);
	if (!sealing.ok) throw new Error(sealing.error);
	const sealed = sealing.value;
	expect(await openFor(device, sealed)).toEqual({ ok: true, value: bytes });
	expect(await openFor(other, sealed)).toEqual({ ok: false, error: 'broken' });
	expect(await openFor(device, sealed.slice(0, 40))).toEqual({ ok: false, error: 'broken' });
	expect(
		await openFor(
			device,
			sealed.map((byte, i) => (i < 65 ? 7 : byte))
		)
	).toEqual({
		ok: false,
		error: 'broken'
	});
	await expect(crypto.subtle.exportKey('pkcs8', device.privateKey)).rejects.toThrow();
	for (const no of [new Uint8Array(0), new Uint8Array(65).fill(4)])
		expect(await sealFor(no, bytes)).toEqual({ ok: false, error: 'malformed' });
});
