import { names } from '$lib/engine/protocol';
import { forgetStored } from '$lib/sample/forget';

/** Whether a workspace is open in other tabs, which would make anew what is erased. `here`: it is open in this one too. */
export async function otherTabs(namespace: string, here: boolean): Promise<boolean> {
	const { held = [], pending = [] } = await navigator.locks.query();
	const { leader } = names(namespace);
	return [...held, ...pending].filter(({ name }) => name === leader).length > Number(here);
}

/**
 * Deletes everything that these workspaces keep in this browser: contacts, definitions and the choices of this device.
 * All that has them open must be closed. The app's own files stay; there is nothing of a person in them.
 */
export async function eraseDevice(namespaces: readonly string[]): Promise<void> {
	for (const namespace of namespaces) await forgetStored(namespace);
	for (const key of Object.keys(localStorage))
		if (key.startsWith('winnow:')) localStorage.removeItem(key);
}
