/** Cuts bytes, in whatever pieces they come, into pieces of one length; the last is what is left. */
export class Cutter {
	readonly #length: number;
	#filling: Uint8Array<ArrayBuffer>;
	#filled = 0;

	constructor(length: number) {
		this.#length = length;
		this.#filling = new Uint8Array(length);
	}

	/** The pieces that are full and that something comes after. */
	*push(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
		for (let at = 0; at < bytes.length;) {
			if (this.#filled === this.#length) {
				yield this.#filling;
				this.#filling = new Uint8Array(this.#length);
				this.#filled = 0;
			}
			const taken = bytes.subarray(at, at + this.#length - this.#filled);
			this.#filling.set(taken, this.#filled);
			this.#filled += taken.length;
			at += taken.length;
		}
	}

	/** What is left when nothing comes any more. */
	rest(): Uint8Array<ArrayBuffer> {
		return this.#filling.subarray(0, this.#filled);
	}
}
