import { createDecipheriv, hkdfSync, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { headOf, longestHead, readHead } from '$lib/portable/encrypted/head';
import { lockWith, unlock } from '$lib/portable/encrypted/passphrase';
import { openedStream, sealedStream } from '$lib/portable/encrypted/sealed-stream';
import { BadSource } from '$lib/portable/source';

const made = '2026-01-31T12:00:00.000Z';
const bytes = (text: string) => new TextEncoder().encode(text);

test('a lock opens with its passphrase, however that was typed, and with no other', async () => {
	const { lock, key } = await lockWith('Zürich, naïve');
	expect(lock.rounds).toBeGreaterThanOrEqual(600_000);
	const again = await unlock(lock, 'Zu\u0308rich, nai\u0308ve');
	const closed = new Blob(['secret']).stream().pipeThrough(sealedStream(key));
	expect(await new Response(closed.pipeThrough(openedStream(again!))).text()).toBe('secret');
	for (const wrong of ['zürich, naïve', 'Zürich, naïve ', ''])
		expect(await unlock(lock, wrong)).toBeUndefined();
});

test('no script can read the key, and two locks of one passphrase are different', async () => {
	const [one, other] = [await lockWith('same'), await lockWith('same')];
	expect(one.key.extractable).toBe(false);
	await expect(crypto.subtle.exportKey('raw', one.key)).rejects.toThrow();
	expect(one.lock.salt).not.toBe(other.lock.salt);
	expect(one.lock.check).not.toBe(other.lock.check);
});

test('the first line says what the file is, and reads again', async () => {
	const { lock } = await lockWith('open sesame');
	const head = headOf(lock, made);
	const line = new TextDecoder().decode(head.bytes);
	expect(JSON.parse(line)).toEqual({
		...{ format: 'winnow', made },
		encrypted: { cipher: 'AES-256-GCM', kdf: 'PBKDF2-SHA-256', ...lock }
	});
	expect(head.bytes.length).toBeLessThan(longestHead);
	const file = new Uint8Array([...head.bytes, 0, 10, 255]);
	expect(readHead(file, 'a.winnow')).toEqual(head);
});

test('what is not encrypted has no head; what is in another way is refused', () => {
	for (const text of ['', 'a,b\n1,2\n', '{"format":"winnow","version":1}\n', '[]\n', '{\n"a":1}'])
		expect(readHead(bytes(text), 'w')).toBeUndefined();
	const lock = { rounds: 600_000, salt: 'AAAA', check: 'AAAA' };
	const known = { cipher: 'AES-256-GCM', kdf: 'PBKDF2-SHA-256', ...lock };
	for (const other of [
		{ ...known, cipher: 'AES-512' },
		{ ...known, kdf: 'argon2id' },
		{ ...known, rounds: 1e12 },
		{ ...known, salt: '…' }
	])
		expect(() =>
			readHead(bytes(`${JSON.stringify({ format: 'winnow', encrypted: other })}\n`), 'w')
		).toThrow(BadSource);
});

test('what the README says is enough to open it with other tools', async () => {
	const text = 'é'.repeat(700_000);
	const { lock, key } = await lockWith('open sesame');
	const head = headOf(lock, made);
	const sealing = new Blob([text]).stream().pipeThrough(sealedStream(key, head.bytes));
	const sealed = Buffer.from(await new Response(sealing).arrayBuffer());

	const salt = Buffer.from(lock.salt, 'base64');
	const secret = pbkdf2Sync('open sesame', salt, 600_000, 32, 'sha256');
	const made32 = (info: string, salt: Buffer, length: number) =>
		Buffer.from(hkdfSync('sha256', secret, salt, info, length));
	expect(made32('winnow1|check', Buffer.alloc(0), 16).toString('base64')).toBe(lock.check);
	const own = made32('winnow1|stream', sealed.subarray(0, 32), 32);
	const parts: Buffer[] = [];
	const length = 2 ** 20 + 16;
	for (let at = 32, number = 0; at < sealed.length; at += length, number++) {
		const part = sealed.subarray(at, at + length);
		const nonce = Buffer.alloc(12);
		nonce.writeUInt32BE(number, 7);
		nonce[11] = at + length >= sealed.length ? 1 : 0;
		const decipher = createDecipheriv('aes-256-gcm', own, nonce);
		decipher.setAAD(head.bytes).setAuthTag(part.subarray(-16));
		parts.push(decipher.update(part.subarray(0, -16)), decipher.final());
	}
	expect(Buffer.concat(parts).toString() === text).toBe(true);
});
