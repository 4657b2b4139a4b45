import { names, stores, type Store } from './protocol';

/** The store that holds the workspace, remembered outside of it; null where none was opened yet. */
export function keptStore(namespace: string): Store | null {
	const kept = read(names(namespace).store);
	return stores.find((store) => store === kept) ?? null;
}

export function keepStore(namespace: string, store: Store): void {
	try {
		localStorage.setItem(names(namespace).store, store);
	} catch {
		// Storage is refused or full: the mark beside the data still says that there is a workspace.
	}
}

function read(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null; // refused by the browser's settings
	}
}
