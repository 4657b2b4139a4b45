/// <reference lib="webworker" />
import { BaseFilesystem } from '@electric-sql/pglite/basefs';
import { OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp';
import { onceFree } from '$lib/once-free';
import { repairedState } from './pool-state';

const filesAtOnce = 100;

type Node = OpfsAhpFS['state']['root']['children'][string];

/** `opfs-ahp`, with a copy of its state, so that no moment is a bad one to die in (`pool-state.ts`). */
export class PoolFS extends OpfsAhpFS {
	#copy: FileSystemSyncAccessHandle | undefined;
	#absent: unknown;
	#opened: Promise<void> | undefined;

	#onlife = (): void => {};

	/** Opens the files, for which there need be no database yet. `onlife` is called while it goes on. */
	openFiles(onlife = this.#onlife): Promise<void> {
		this.#onlife = onlife;
		return (this.#opened ??= this.#openFiles());
	}

	/** Hundreds of new files take long on a busy device: not all at once, so that it can be told that they come. */
	override async maintainPool(size = this.maintainedPoolSize): Promise<void> {
		for (let next = this.state.pool.length + filesAtOnce; next < size; next += filesAtOnce) {
			await super.maintainPool(next);
			this.#onlife();
		}
		await super.maintainPool(size);
	}

	override async init(...args: Parameters<OpfsAhpFS['init']>): ReturnType<OpfsAhpFS['init']> {
		await this.openFiles();
		return BaseFilesystem.prototype.init.apply(this, args);
	}

	async #openFiles(): Promise<void> {
		const root = await navigator.storage.getDirectory();
		const directory = await root.getDirectoryHandle(this.dataDir, { create: true });
		const open = async (name: string) => {
			const file = await directory.getFileHandle(name, { create: true });
			return onceFree(() => file.createSyncAccessHandle());
		};

		const state = await open('state.txt');
		this.#copy = await open('state-copy.txt');
		const repaired = repairedState(textIn(state), textIn(this.#copy));
		if (repaired !== undefined) put(state, repaired);
		state.close();
		await patiently(() =>
			// It does nothing with the database but keep it, until it is given the real one.
			super.init(undefined as never, {})
		);
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

/** While `work` goes on, files that are opened are waited for: PGlite opens its own, and takes a refusal for the last word. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
	const { prototype } = FileSystemFileHandle;
	const open = prototype.createSyncAccessHandle;
	prototype.createSyncAccessHandle = function () {
		return onceFree(() => open.call(this));
	};
	try {
		await work();
	} finally {
		prototype.createSyncAccessHandle = open;
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
