/** Lets so many at a time do something, and so many a second begin it, in the order in which they ask. */
export class Turns {
	readonly #pause: number;
	readonly #waiting: (() => void)[] = [];
	#free: number;
	/** When the next may begin, by `performance.now()`. */
	#next = 0;

	constructor(atOnce: number, perSecond: number) {
		this.#free = atOnce;
		this.#pause = 1000 / perSecond;
	}

	async take<T>(work: () => Promise<T>): Promise<T> {
		if (this.#free > 0) this.#free--;
		else await new Promise<void>((mine) => this.#waiting.push(mine));
		try {
			const now = performance.now();
			const at = Math.max(now, this.#next);
			this.#next = at + this.#pause;
			if (at > now) await new Promise((come) => setTimeout(come, at - now));
			return await work();
		} finally {
			const following = this.#waiting.shift();
			if (following) following();
			else this.#free++;
		}
	}
}
