import { pause } from '$lib/pause';

/** Work that is done when nobody has asked anything for a while: what is on the page comes first. */
export class SpareTime {
	readonly #rest: number;
	readonly #work: () => Promise<void>;
	#working: Promise<void> | undefined;
	/** Something has come up since the work began. */
	#isDue = false;
	/** When somebody last asked. */
	#asked = 0;

	/** `rest` in milliseconds. */
	constructor(rest: number, work: () => Promise<void>) {
		this.#rest = rest;
		this.#work = work;
	}

	/** Somebody asks: the work waits once more. */
	ask(): void {
		this.#asked = performance.now();
	}

	/** There is work to do. */
	tend(): void {
		this.#isDue = true;
		this.#working ??= this.#workWhileDue();
	}

	/** Resolves when all is done. */
	async settled(): Promise<void> {
		while (this.#working) await this.#working;
	}

	async #workWhileDue(): Promise<void> {
		while (this.#isDue) {
			do await pause(this.#rest);
			while (performance.now() - this.#asked < this.#rest);
			this.#isDue = false;
			await this.#work();
		}
		this.#working = undefined;
	}
}
