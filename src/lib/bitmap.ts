/** One more than the greatest of these numbers: the least size that a set of them has. */
export function sizeFor(numbers: Iterable<number>): number {
	let size = 0;
	for (const n of numbers) if (n >= size) size = n + 1;
	return size;
}

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

	// Each has a loop of its own, by index: a function called for every word, or an iterator, takes up to five times as long.

	and(other: Bitmap): Bitmap {
		const [a, b] = [this.words, other.words];
		const words = new Uint32Array(Math.min(a.length, b.length));
		for (let i = 0; i < words.length; i++) words[i] = a[i]! & b[i]!;
		return new Bitmap(words);
	}

	or(other: Bitmap): Bitmap {
		const [a, b] =
			this.words.length < other.words.length
				? [this.words, other.words]
				: [other.words, this.words];
		const words = b.slice();
		for (let i = 0; i < a.length; i++) words[i]! |= a[i]!;
		return new Bitmap(words);
	}

	minus(other: Bitmap): Bitmap {
		const b = other.words;
		const words = this.words.slice();
		const shared = Math.min(words.length, b.length);
		for (let i = 0; i < shared; i++) words[i]! &= ~b[i]!;
		return new Bitmap(words);
	}

	/** The same but for these numbers, of which those are in it that another set has; itself where that changes nothing. */
	except(numbers: Iterable<number>, other: { has(n: number): boolean }): Bitmap {
		const changed = [...numbers].filter((n) => this.has(n) !== other.has(n));
		if (changed.length === 0) return this;
		const words = new Uint32Array(Math.max(this.words.length, Math.ceil(sizeFor(changed) / 32)));
		words.set(this.words);
		for (const n of changed) words[n >>> 5]! ^= 1 << (n & 31);
		return new Bitmap(words);
	}

	get count(): number {
		return (this.#count ??= sharedBits(this.words, this.words));
	}

	/** How many are in both, without the set of them. */
	sharedWith(other: Bitmap): number {
		return sharedBits(this.words, other.words);
	}

	/** The numbers in it, ascending. */
	*[Symbol.iterator](): Generator<number> {
		for (const [i, word] of this.words.entries())
			for (let rest = word; rest !== 0; rest &= rest - 1)
				yield i * 32 + (31 - Math.clz32(rest & -rest));
	}
}

function sharedBits(a: Uint32Array, b: Uint32Array): number {
	const length = Math.min(a.length, b.length);
	let count = 0;
	for (let i = 0; i < length; i++) {
		let word = a[i]! & b[i]!;
		word -= (word >>> 1) & 0x55555555;
		word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
		count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
	}
	return count;
}
