/// <reference lib="webworker" />
import { OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp';
import { repairedState } from './pool-state';

/** `opfs-ahp`, with a copy of its state, so that no moment is a bad one to die in (`pool-state.ts`). */
export class PoolFS extends OpfsAhpFS {
	#copy: FileSystemSyncAccessHandle | undefined;

	override async init(...args: Parameters<OpfsAhpFS['init']>): ReturnType<OpfsAhpFS['init']> {
		const root = await navigator.storage.getDirectory();
		const directory = await root.getDirectoryHandle(this.dataDir, { create: true });
		const open = async (name: string) =>
			(await directory.getFileHandle(name, { create: true })).createSyncAccessHandle();

		const state = await open('state.txt');
		this.#copy = await open('state-copy.txt');
		const repaired = repairedState(textIn(state), textIn(this.#copy));
		if (repaired !== undefined) put(state, repaired);
		state.close();
		return super.init(...args);
	}

	override async checkpointState(): Promise<void> {
		// Nothing is awaited between the two, so the copy is of the very state that is written next.
		if (this.#copy) put(this.#copy, JSON.stringify(this.state));
		await super.checkpointState();
	}
}

function textIn(file: FileSystemSyncAccessHandle): string {
	const bytes = new Uint8Array(file.getSize());
	file.read(bytes, { at: 0 });
	return new TextDecoder().decode(bytes);
}

function put(file: FileSystemSyncAccessHandle, text: string): void {
	file.truncate(0);
	file.write(new TextEncoder().encode(text), { at: 0 });
	file.flush();
}
