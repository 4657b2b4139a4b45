/** An immutable set of contact numbers: one bit a contact, so a million contacts are 125 kB. */
export class Bitmap {
	readonly words: Uint32Array;
	#count: number | undefined;

	constructor(words: Uint32Array) {
		this.words = words;
	}

	/** The set of `numbers`, each in `0 … size − 1`. Repeated numbers count once. */
	static of(numbers: Iterable<number>, size: number): Bitmap {
		const words = new Uint32Array(Math.ceil(size / 32));
		for (const n of numbers) words[n >>> 5]! |= 1 << (n & 31);
		return new Bitmap(words);
	}

	has(n: number): boolean {
		return ((this.words[n >>> 5] ?? 0) & (1 << (n & 31))) !== 0;
	}

	and(other: Bitmap): Bitmap {
		return this.#with(other, Math.min(this.words.length, other.words.length), (a, b) => a & b);
	}

	or(other: Bitmap): Bitmap {
		return this.#with(other, Math.max(this.words.length, other.words.length), (a, b) => a | b);
	}

	minus(other: Bitmap): Bitmap {
		return this.#with(other, this.words.length, (a, b) => a & ~b);
	}

	#with(other: Bitmap, length: number, combine: (a: number, b: number) => number): Bitmap {
		const words = new Uint32Array(length);
		for (let i = 0; i < length; i++) words[i] = combine(this.words[i] ?? 0, other.words[i] ?? 0);
		return new Bitmap(words);
	}

	get count(): number {
		if (this.#count !== undefined) return this.#count;
		let count = 0;
		for (let word of this.words) {
			word -= (word >>> 1) & 0x55555555;
			word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
			count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
		}
		return (this.#count = count);
	}

	/** The numbers in it, ascending. */
	*[Symbol.iterator](): Generator<number> {
		for (const [i, word] of this.words.entries())
			for (let rest = word; rest !== 0; rest &= rest - 1)
				yield i * 32 + (31 - Math.clz32(rest & -rest));
	}
}
