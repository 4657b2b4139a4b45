import * as Y from 'yjs';
import { entriesOf, isPast, monthOf, readEntries, storedEntry, type AuditEntry } from './audit';
import type { Gesture } from './gesture';
import { openDocumentStore, type DocumentStore } from './storage';
import { connectTabs, type Tabs } from './tabs';

export interface AuditOptions {
	/** The workspace's name in this browser. */
	readonly name: string;
	readonly device: string;
	/** For how many months entries are kept; null for ever. */
	readonly keep: () => number | null;
	readonly indexedDB?: IDBFactory | undefined;
}

interface OpenMonth {
	readonly month: string;
	readonly entries: Y.Array<unknown>;
	readonly store: DocumentStore;
	readonly tabs: Tabs;
}

/** Entries held while the log cannot be opened. */
const mostWaiting = 1_000;

/**
 * What was done in a workspace on this device, for ever as it was: one document of entries a month, beside the
 * workspace's own, which stays small. Entries are only ever added; what is too old goes with its whole month.
 */
export class AuditLog {
	readonly #options: AuditOptions;
	#open: Promise<OpenMonth | undefined> | undefined;
	#openedMonth: string | undefined;
	#waiting: readonly AuditEntry[] = [];
	#working: Promise<void> = Promise.resolve();

	constructor(options: AuditOptions) {
		this.#options = options;
	}

	/** Adds what a gesture did. Whoever made it does not wait for that. */
	note(gesture: Gesture): void {
		const entries = entriesOf(gesture, this.#options.device);
		if (entries.length === 0) return;
		this.#waiting = [...this.#waiting, ...entries].slice(-mostWaiting);
		this.#working = this.#working.then(() => this.#write());
	}

	/** The months there is something of, newest first. */
	async months(): Promise<string[]> {
		await this.#working;
		const prefix = databaseOf(this.#options.name, '');
		const all = await (this.#options.indexedDB ?? globalThis.indexedDB).databases();
		return all
			.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []))
			.sort()
			.reverse();
	}

	/** All entries of a month, oldest first. Nothing where its document cannot be opened. */
	async read(month: string): Promise<AuditEntry[] | undefined> {
		await this.#working;
		if (month === this.#openedMonth) {
			const open = await this.#open;
			return open && readEntries(open.entries.toArray());
		}
		const open = await this.#openMonth(month);
		if (!open) return;
		const entries = readEntries(open.entries.toArray());
		await close(open);
		return entries;
	}

	/** Deletes the months that are older than what is kept. Done by itself when something is noted in a new month. */
	async trim(now: number): Promise<void> {
		const factory = this.#options.indexedDB ?? globalThis.indexedDB;
		for (const month of await this.months())
			if (isPast(month, now, this.#options.keep()))
				factory.deleteDatabase(databaseOf(this.#options.name, month));
	}

	async close(): Promise<void> {
		await this.#working;
		const open = await this.#open;
		this.#open = undefined;
		if (open) await close(open);
	}

	async #write(): Promise<void> {
		while (this.#waiting.length > 0) {
			const month = monthOf(this.#waiting[0]!.at);
			const open = await this.#monthToWrite(month, this.#waiting[0]!.at);
			// They stay, and go with the next.
			if (!open) return;
			const entries = this.#waiting.filter(({ at }) => monthOf(at) === month);
			this.#waiting = this.#waiting.filter((entry) => !entries.includes(entry));
			open.entries.push(entries.map(storedEntry));
		}
	}

	async #monthToWrite(month: string, now: number): Promise<OpenMonth | undefined> {
		if (this.#openedMonth === month) {
			const open = await this.#open;
			if (open) return open;
		}
		const before = await this.#open;
		if (before) await close(before);
		this.#openedMonth = month;
		this.#open = this.#openMonth(month);
		void this.trim(now);
		return this.#open;
	}

	async #openMonth(month: string): Promise<OpenMonth | undefined> {
		const { name, indexedDB } = this.#options;
		const doc = new Y.Doc();
		const database = databaseOf(name, month);
		const store = await openDocumentStore(database, doc, { indexedDB });
		if (!store.ok) {
			console.warn('The log of changes cannot be opened.', store.error.message);
			return;
		}
		const tabs = connectTabs(doc, database, 0);
		return { month, entries: doc.getArray('entries'), store: store.value, tabs };
	}
}

/** What every log of a workspace is called in IndexedDB, before its month. */
export const auditPrefix = (name: string): string => `winnow-log:${name}:`;

const databaseOf = (name: string, month: string): string => auditPrefix(name) + month;

async function close({ store, tabs }: OpenMonth): Promise<void> {
	tabs.close();
	await store.close();
}
