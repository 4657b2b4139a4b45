import { serviceWorkerUrl, trustedScript } from './trusted';

/**
 * Makes the app work without a network: registers the service worker, which keeps the pages, and has it keep the
 * engine's files too. Called once the engine has answered or failed, since installing competes with its start.
 */
export async function workOffline(): Promise<void> {
	if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	const { serviceWorker } = navigator;
	const registration = await serviceWorker.register(trustedScript(serviceWorkerUrl()));
	onupdateOf(registration);
	const { active } = await serviceWorker.ready;
	active?.postMessage('keep the engine');
}
