import type { Engine } from './engine/engine';
import { serviceWorkerUrl, trustedScript } from './trusted';

const HOUR = 3_600_000;

/**
 * Makes the app work without a network, once the engine has answered or failed: registering earlier would compete with
 * its start. The service worker keeps the pages, and then the engine's files. `onnewversion` is called when another
 * build of the app is ready and waits for `takeNewVersion`.
 */
export function workOffline(engine: Engine, onnewversion: () => void): void {
	if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	const settled = () => engine.state.status === 'ready' || engine.state.status === 'failed';
	const stop = engine.onstate(() => {
		if (!settled()) return;
		stop();
		void register(onnewversion);
	});
}

/** All tabs reload into the version that waits. What is not stored yet must be stored before. */
export async function takeNewVersion(): Promise<void> {
	const registration = await navigator.serviceWorker.getRegistration();
	registration?.waiting?.postMessage('take over');
}

async function register(onnewversion: () => void): Promise<void> {
	const { serviceWorker } = navigator;
	// The first service worker ever takes over a page that needs no reload.
	if (serviceWorker.controller)
		serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
	const registration = await serviceWorker.register(trustedScript(serviceWorkerUrl()));
	const tell = () => {
		if (registration.waiting && serviceWorker.controller) onnewversion();
	};
	tell();
	registration.addEventListener('updatefound', () =>
		registration.installing?.addEventListener('statechange', tell)
	);
	setInterval(() => void registration.update().catch(() => {}), HOUR); // offline: next time
	const { active } = await serviceWorker.ready;
	active?.postMessage('keep the engine');
}
