/** Random numbers that are the same for the same seed, everywhere (sfc32). Not for secrets. */
export class Random {
	#a = 0x9e3779b9;
	#b = 0x243f6a88;
	#c: number;
	#counter = 1;

	constructor(seed: number) {
		this.#c = seed | 0;
		for (let i = 0; i < 12; i++) this.next();
	}

	/** From 0 up to, but not including, 1. */
	next(): number {
		const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
		this.#counter = (this.#counter + 1) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
		return (sum >>> 0) / 2 ** 32;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number from `low` to `high`, both included. */
	whole(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	pick<T extends readonly [unknown, ...unknown[]]>(items: T): T[number] {
		return items[Math.floor(this.next() * items.length)];
	}

	/** One of at least one, as often as its weight says. Weights need not add up to 1. */
	weighted<T extends { readonly weight: number }>(items: readonly T[]): T {
		const total = items.reduce((sum, { weight }) => sum + weight, 0);
		let at = this.next() * total;
		return items.find(({ weight }) => (at -= weight) < 0) ?? items[0]!;
	}

	/** A positive number around `median`; two thirds lie between `median / spread` and `median · spread`. */
	around(median: number, spread: number): number {
		const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
		return median * spread ** normal;
	}
}
