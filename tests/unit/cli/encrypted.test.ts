import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headOf } from '$lib/portable/encrypted/head';
import { lockWith } from '$lib/portable/encrypted/passphrase';
import { sealedStream } from '$lib/portable/encrypted/sealed-stream';
import { openSource } from '../../../src/cli/source';
import { asLines, batchesOf } from '../../fixtures/portable';

let folder: string;
let path: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'winnow-encrypted-'));
	path = join(folder, 'shop.winnow');
	const { lock, key } = await lockWith('open sesame');
	const head = headOf(lock, '2026-01-31T12:00:00.000Z');
	const contacts = Array.from({ length: 30_000 }, (_, i) => ({
		uid: `u${i}`,
		fields: { city: `Zürich ${i}` }
	}));
	const text = await asLines({ name: 'Shop' }, batchesOf({ contacts }));
	const sealed = new Blob([text]).stream().pipeThrough(sealedStream(key, head.bytes));
	const body = new Uint8Array(await new Response(sealed).arrayBuffer());
	await writeFile(path, Buffer.concat([head.bytes, body]));
});
afterAll(() => rm(folder, { recursive: true }));

test('an encrypted file reads as what it holds, with its passphrase', async () => {
	const source = await openSource(path, 'open sesame');
	expect(source.workspace).toEqual({ name: 'Shop' });
	const cities = [];
	for await (const { value } of source.each('contacts'))
		cities.push((value as { fields: { city: string } }).fields.city);
	expect(cities).toHaveLength(30_000);
	expect(cities.at(-1)).toBe('Zürich 29999');
});

test('without it, and with a wrong one, it is said what is missing', async () => {
	await expect(openSource(path)).rejects.toThrow('Set WINNOW_PASSPHRASE to its passphrase.');
	await expect(openSource(path, 'open barley')).rejects.toThrow(
		'WINNOW_PASSPHRASE is not the passphrase of this file.'
	);
});
