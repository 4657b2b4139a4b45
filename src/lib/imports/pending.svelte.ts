/** The file that is waiting to be imported: dropped anywhere, or chosen on the page, and kept while one looks elsewhere. */
export class PendingFile {
	#file = $state.raw<File>();

	get current(): File | undefined {
		return this.#file;
	}

	set(file: File | undefined): void {
		this.#file = file;
	}
}

export const pendingFile = new PendingFile();
