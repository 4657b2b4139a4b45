/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
import { base, build, files, version } from '$service-worker';

declare const self: ServiceWorkerGlobalScope;

/** Two copies of the app in two folders of one host keep apart. */
const prefix = `winnow${base}`;
/** The pages of one build. */
const APP = `${prefix}-app-${version}`;
/** 18 MB under hashed names, kept from one build to the next. */
const ENGINE = `${prefix}-engine`;

const page = `${base}/`;
/** The build writes the list into this text. */
const engine = new Set('__ENGINE_FILES__'.split(' ').map((path) => base + path));
const app = new Set([page, ...build.filter((path) => !engine.has(path)), ...files]);

self.addEventListener('install', (event) =>
	event.waitUntil(caches.open(APP).then((cache) => cache.addAll([...app])))
);

self.addEventListener('activate', (event) =>
	event.waitUntil(tidy().then(() => self.clients.claim()))
);

self.addEventListener('message', (event) => {
	if (event.data === 'keep the engine') event.waitUntil(keepEngine());
	if (event.data === 'take over') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== 'GET' || url.origin !== location.origin) return;
	const path = url.pathname === `${page}index.html` ? page : url.pathname;
	const hashed = path.startsWith(`${base}/_app/immutable/`);
	if (hashed || app.has(path)) event.respondWith(answer(path, event));
});

async function answer(path: string, event: FetchEvent): Promise<Response> {
	const cache = await caches.open(engine.has(path) ? ENGINE : APP);
	const kept = await cache.match(path);
	if (kept) return kept;
	// A tab of the build before may still ask for its files.
	const former = app.has(path) ? undefined : await caches.match(path);
	if (former) return former;
	const response = await fetch(event.request);
	if (response.status === 200 && (app.has(path) || engine.has(path)))
		event.waitUntil(cache.put(path, response.clone()));
	return response;
}

/** Keeps the caches of this build and of the one before. */
async function tidy(): Promise<void> {
	const builds = (await caches.keys()).filter((name) => name.startsWith(`${prefix}-app-`));
	const former = builds.filter((name) => name !== APP).slice(0, -1);
	await Promise.all(former.map((name) => caches.delete(name)));
	const cache = await caches.open(ENGINE);
	for (const { url } of await cache.keys())
		if (!engine.has(new URL(url).pathname)) await cache.delete(url);
}

/** After the engine's first answer: hashed files then come from the HTTP cache, not the network. */
async function keepEngine(): Promise<void> {
	const cache = await caches.open(ENGINE);
	for (const path of engine) if (!(await cache.match(path))) await cache.add(path);
}
