import type { App } from '$lib/app.svelte';
import { exportsFolder } from '$lib/exports/save';
import { lockWith } from '$lib/portable/encrypted/passphrase';
import { WorkspaceSaving } from '$lib/portable/saving.svelte';
import { currentWorkspace } from '$lib/workspace/current';
import { randomId } from '$lib/workspace/random-id';
import { dayAt } from '$lib/time/zone';
import { askPermission, chooseFolder, clearedAway, permissionOf, writeInto } from './folder';
import { keepFolder, keepRecord, keptFolder, keptRecord, type KeptFolder } from './kept';
import { backupEvery, isBackupDue, isToBeNoted, reminderAfter, type BackupRecord } from './record';
import { markedName } from './rotation';

/** How it stands with the folder. `asks`: the browser wants a click before the page may write there again. */
export type FolderState =
	| { readonly status: 'none' | 'ready' | 'writing' | 'asks' }
	| { readonly status: 'failed'; readonly message: string };

type MarkedFolder = KeptFolder & { readonly mark: string };

/** How often it is looked whether a backup is due, in milliseconds. */
const lookEvery = 60_000;

/** The backups of a workspace: what is known of them, and the folder they are written into by themselves. */
export class Backup {
	readonly #app: App;
	readonly #namespace: string;
	readonly #clock: () => number;
	readonly #saving: WorkspaceSaving;
	#record = $state.raw<BackupRecord>({});
	#kept = $state.raw<KeptFolder>();
	#state = $state.raw<FolderState>({ status: 'none' });
	/** When this page last began to write one, in epoch milliseconds: what changes while it does may not be in it. */
	#begun = 0;
	#failedAt = -Infinity;
	readonly close: () => void;

	constructor(app: App, namespace: string, clock: () => number = Date.now) {
		this.#app = app;
		this.#namespace = namespace;
		this.#clock = clock;
		this.#saving = new WorkspaceSaving(app, exportsFolder(namespace), clock);
		this.#record = keptRecord(namespace);
		const { doc } = app.workspace;
		doc.on('update', this.#noteChange);
		const stop = app.engine.onnews((news) => {
			if (news.type === 'changed') this.#noteChange();
		});
		const stopState = app.engine.onstate(() => void this.#look());
		const timer = setInterval(() => void this.#look(), lookEvery);
		this.close = () => {
			doc.off('update', this.#noteChange);
			stop();
			stopState();
			clearInterval(timer);
		};
	}

	get record(): BackupRecord {
		return this.#record;
	}

	get state(): FolderState {
		return this.#state;
	}

	/** The folder's name, and whether what is written there is encrypted. */
	get folder(): { readonly name: string; readonly encrypted: boolean } | undefined {
		return this.#kept && { name: this.#kept.folder.name, encrypted: !!this.#kept.locked };
	}

	/** Looks for the folder that was chosen before. */
	async open(): Promise<void> {
		this.#kept = await keptFolder(this.#namespace).catch(() => undefined); // then none is kept either
		await this.#look();
	}

	/** Asks for a folder, and writes the first backup there. To be called by a click. */
	async choose(passphrase: string): Promise<void> {
		const folder = await chooseFolder();
		if (!folder) return;
		const locked = passphrase === '' ? undefined : await lockWith(passphrase);
		await this.#keep({ folder, locked, last: undefined, contacts: 0, written: [] });
		await this.#look(true);
	}

	/** Asks the browser to let the page write there again. To be called by a click. */
	async allow(): Promise<void> {
		if (!this.#kept) return;
		await askPermission(this.#kept.folder);
		await this.#look();
	}

	/** Writes none there any more. What is there stays. */
	async forget(): Promise<void> {
		await this.#keep(undefined);
		this.#state = { status: 'none' };
	}

	/** Writes one at once. */
	now = (): Promise<void> => this.#look(true);

	/** A person has saved the whole workspace as a file. */
	noteSaved(name: string): void {
		this.#note({ saved: { at: this.#clock(), name } });
	}

	/** There is somebody to lose: from now on, if not before. */
	noteSomebody(): void {
		if (this.#record.since === undefined) this.#note({ since: this.#clock() });
	}

	/** Not to be reminded for a week. */
	rest(): void {
		this.#note({ quietUntil: this.#clock() + reminderAfter });
	}

	readonly #noteChange = (): void => {
		const now = this.#clock();
		const begun = Math.max(this.#begun, this.#kept?.last ?? 0);
		if (isToBeNoted(this.#record, begun, now)) this.#note({ changed: now });
	};

	#note(change: Partial<BackupRecord>): void {
		// Another tab may know of a newer one.
		this.#record = { ...keptRecord(this.#namespace), ...change };
		keepRecord(this.#namespace, this.#record);
	}

	async #keep(kept: KeptFolder | undefined): Promise<void> {
		await keepFolder(this.#namespace, kept);
		this.#kept = kept;
	}

	/** Writes a backup if one is due and the page may; one tab does. */
	async #look(atOnce = false): Promise<void> {
		this.#record = keptRecord(this.#namespace); // another tab may have written one
		if (!this.#kept || this.#state.status === 'writing') return;
		if ((await permissionOf(this.#kept.folder)) !== 'granted') {
			this.#state = { status: 'asks' };
			return;
		}
		if (this.#state.status !== 'failed') this.#state = { status: 'ready' };
		if (this.#app.status.current.status !== 'ready') return;
		await navigator.locks.request(
			`${this.#namespace}:backup`,
			{ ifAvailable: true },
			async (lock) => {
				const kept = lock && (await keptFolder(this.#namespace));
				if (!kept) return;
				this.#kept = kept;
				const now = this.#clock();
				const isDue =
					now - this.#failedAt >= backupEvery && isBackupDue(this.#record, kept.last, now);
				if (atOnce || isDue) await this.#write(await this.#marked(kept), atOnce);
			}
		);
	}

	/** With a mark that is kept before anything is written under it. Files without one may by now be somebody else’s. */
	async #marked({ mark, ...kept }: KeptFolder): Promise<MarkedFolder> {
		if (mark !== undefined) return { ...kept, mark };
		const marked = { ...kept, mark: randomId(4).toLowerCase(), written: [] };
		await this.#keep(marked);
		return marked;
	}

	async #write(kept: MarkedFolder, asked: boolean): Promise<void> {
		this.#state = { status: 'writing' };
		const last = this.#clock();
		this.#begun = last;
		try {
			const { contacts } = await this.#app.ask('storageSizes');
			if (!asked && contacts.count === 0 && kept.contacts > 0)
				throw new Error(emptied(kept.contacts));
			const file = await this.#saving.run(true, kept.locked);
			if (!file) throw new Error(this.#why());
			const name = markedName(file.name, kept.mark);
			await writeInto(kept.folder, name, file);
			const day = dayAt(last, this.#app.workspace.settings.zone);
			const written = await clearedAway(kept.folder, kept.written, { name, day });
			this.#note({ saved: { at: last, name } });
			// Stopped meanwhile, it stays stopped.
			if (!this.#kept) return;
			await this.#keep({ ...kept, last, contacts: contacts.count, written });
			this.#state = { status: 'ready' };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#failedAt = last;
			this.#state = { status: 'failed', message };
		}
	}

	#why(): string {
		const { state } = this.#saving;
		return state.status === 'failed' ? state.message : 'It was stopped.';
	}
}

/** What the browser has deleted must not be deleted from the backups too. */
const emptied = (contacts: number): string =>
	`There are no contacts here any more, and the last backup has ${contacts}. Nothing was replaced. If that is right, press “Back up now”.`;

const backups = new WeakMap<App, Backup>();

/** Of this page's workspace. */
export function backupOf(app: App): Backup {
	const known = backups.get(app) ?? new Backup(app, currentWorkspace().namespace);
	if (!backups.has(app)) {
		backups.set(app, known);
		void known.open();
	}
	return known;
}
