import * as Y from 'yjs';
import { err, ok, type Result } from '$lib/result';
import { isZone } from '$lib/time/zone';
import { documentDatabase } from './current';
import { makeGesture } from './gesture';
import { begin, isNew } from './meta';
import { registersOf } from './registers';
import { putSettings, readSettings } from './settings';
import { openDocumentStore } from './storage';
import { AuditLog } from './storage-audit';
import type { StoreFailure } from './storage-database';
import { connectTabs } from './tabs';
import { Workspace } from './workspace.svelte';

export interface OpenOptions {
	/** Who edits here; a function where that may change. */
	readonly by: string | (() => string);
	/** Names this browser in the log of changes; without a name there is no log. */
	readonly device?: string;
	/** Which app this is; a newer build has a larger number. */
	readonly build?: number;
	/** The zone that a new workspace counts its days in, usually the browser's. */
	readonly zone?: string;
	/** Milliseconds until storage that does not answer counts as failed. */
	readonly openTimeout?: number;
	readonly indexedDB?: IDBFactory;
	readonly now?: () => number;
	readonly newId?: (length: number) => string;
	/** The document comes from elsewhere (a file, a relay), so it is not begun here. */
	readonly joining?: boolean;
}

/**
 * Opens the workspace `name` from this device's storage, or begins it. Never opens an existing one as if it were
 * empty: when storage fails, it says why, and a person decides between trying again and `openInMemory`.
 */
export async function openWorkspace(
	name: string,
	options: OpenOptions
): Promise<Result<Workspace, StoreFailure>> {
	const doc = new Y.Doc();
	const store = await openDocumentStore(documentDatabase(name), doc, options);
	if (!store.ok) return err(store.error);
	const tabs = connectTabs(doc, name, options.build ?? 0);
	const { device, indexedDB } = options;
	const log =
		device === undefined
			? undefined
			: new AuditLog({
					name,
					device,
					indexedDB,
					keep: () => readSettings(registersOf(doc)).logMonths
				});
	const workspace = new Workspace(doc, { ...options, store: store.value, tabs, log });
	if (!options.joining) beginNew(doc, options);
	return ok(workspace);
}

/** A workspace that nothing is kept of, and that says so. */
export function openInMemory(options: OpenOptions): Workspace {
	const doc = new Y.Doc();
	if (!options.joining) beginNew(doc, options);
	return new Workspace(doc, options);
}

function beginNew(doc: Y.Doc, { by, zone, now = Date.now }: OpenOptions): void {
	if (!isNew(registersOf(doc))) return;
	const stamp = { at: now(), by: typeof by === 'string' ? by : by() };
	makeGesture(doc, 'Begin', stamp, (edit) => {
		begin(edit);
		if (zone !== undefined && isZone(zone)) putSettings(edit, { zone });
	});
}
