import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Served } from '../../../src/scripts/serve';

let root: string;
let served: Served;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'serve-'));
	await mkdir(join(root, 'site/_app/immutable'), { recursive: true });
	await writeFile(join(root, 'secret.txt'), 'secret');
	await writeFile(join(root, 'site/index.html'), '<h1>here</h1>');
	await writeFile(join(root, 'site/_app/immutable/a.wasm'), Buffer.alloc(10_000));
	served = await serve({ directory: join(root, 'site'), port: 0, folder: '/demo/' });
});
afterAll(async () => {
	await served.close();
	await rm(root, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(new URL(path, served.url), init);

test('a folder answers with its page, which nobody may frame', async () => {
	const page = await get('');
	expect(await page.text()).toBe('<h1>here</h1>');
	expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
	expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
	expect(page.headers.get('cache-control')).toBe('no-cache');
});

test('the folder without its slash leads to it, and what is outside is not found', async () => {
	expect((await get('/demo', { redirect: 'manual' })).headers.get('location')).toBe('/demo/');
	expect((await get('/')).status).toBe(404);
	expect((await get('nothing.js')).status).toBe(404);
});

test('hashed files are packed and kept for ever', async () => {
	const file = await get('_app/immutable/a.wasm');
	expect(Object.fromEntries(file.headers)).toMatchObject({
		'content-type': 'application/wasm',
		'content-encoding': 'gzip',
		'cache-control': 'public, max-age=31536000, immutable'
	});
	expect((await file.arrayBuffer()).byteLength).toBe(10_000);
});

test('a page that has not changed is not sent again', async () => {
	const etag = (await get('')).headers.get('etag')!;
	expect((await get('', { headers: { 'if-none-match': etag } })).status).toBe(304);
	await writeFile(join(root, 'site/index.html'), '<h1>changed</h1>');
	expect(await (await get('', { headers: { 'if-none-match': etag } })).text()).toContain('changed');
});

test.each(['/demo/../secret.txt', '/demo/..%2fsecret.txt', '/demo/%2e%2e/secret.txt', '/demo/%ff'])(
	'%s stays inside',
	async (path) => {
		// Not by fetch, which tidies the path up.
		const answer = await raw(path);
		expect(answer).toMatch(/^HTTP\/1.1 (400|404)/);
		expect(answer).not.toContain('secret');
	}
);

test('only reading is answered', async () => {
	expect((await get('', { method: 'POST' })).status).toBe(405);
	expect(await (await get('', { method: 'HEAD' })).text()).toBe('');
});

test('a changed file is packed as changed', async () => {
	const rewritten = await serve({
		directory: join(root, 'site'),
		port: 0,
		rewrite: (_, body) => Buffer.concat([body, Buffer.from('!')])
	});
	expect(await (await fetch(rewritten.url)).text()).toMatch(/!$/);
	await rewritten.close();
});

function raw(path: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const { port } = new URL(served.url);
		const socket = connect(Number(port), '127.0.0.1');
		let answer = '';
		socket.on('data', (data) => (answer += String(data)));
		socket.on('end', () => resolve(answer));
		socket.on('error', reject);
		socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
	});
}
