/// <reference lib="webworker" />
import { OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp';
import { repairedState } from './pool-state';

type Node = OpfsAhpFS['state']['root']['children'][string];

/** `opfs-ahp`, with a copy of its state, so that no moment is a bad one to die in (`pool-state.ts`). */
export class PoolFS extends OpfsAhpFS {
	#copy: FileSystemSyncAccessHandle | undefined;
	#absent: unknown;

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

	/** While a table grows, files that are not there are asked for at every page, and making an error takes longest of it. */
	override lstat(path: string): ReturnType<OpfsAhpFS['lstat']> {
		if (this.#absent && !this.#has(path)) throw this.#absent;
		try {
			return super.lstat(path);
		} catch (error) {
			if (!this.#has(path)) this.#absent = error;
			throw error;
		}
	}

	/**
	 * A new file comes from the pool, where files are empty. But a file that is given back is first noted there and then
	 * emptied, and a worker that dies in between leaves it full.
	 */
	override writeFile(...[path, data, options]: Parameters<OpfsAhpFS['writeFile']>): void {
		if (!this.#has(path)) {
			super.writeFile(path, '', options);
			if (this.lstat(path).size > 0) this.truncate(path);
			if (data.length === 0) return;
		}
		super.writeFile(path, data, options);
	}

	#has(path: string): boolean {
		let node: Node | undefined = this.state.root;
		for (const name of path.split('/'))
			if (name !== '')
				node =
					node?.type === 'directory' && Object.hasOwn(node.children, name)
						? node.children[name]
						: undefined;
		return node !== undefined;
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

/** Never empties the file first: what it is mended with may be its own beginning, and a worker can die here, too. */
function put(file: FileSystemSyncAccessHandle, text: string): void {
	const bytes = new TextEncoder().encode(text);
	file.write(bytes, { at: 0 });
	file.truncate(bytes.length);
	file.flush();
}
