/** How often each 128-bit hash came by: an open hash table in numbers, 20 bytes a place, for millions of them. */
export class HashCounts {
	#capacity: number;
	#hashes: Uint32Array;
	#counts: Uint32Array;
	#size = 0;

	constructor(capacity = 1 << 12) {
		this.#capacity = capacity;
		this.#hashes = new Uint32Array(capacity * 4);
		this.#counts = new Uint32Array(capacity);
	}

	/** How often it came before, and counts it. */
	add(hash: Uint32Array): number {
		const place = this.#placeOf(hash);
		const before = this.#counts[place]!;
		this.#counts[place] = before + 1;
		if (before > 0) return before;
		this.#hashes.set(hash, place * 4);
		this.#size++;
		if (this.#size > this.#capacity / 2) this.#grow();
		return 0;
	}

	#placeOf(hash: Uint32Array): number {
		const mask = this.#capacity - 1;
		let place = hash[0]! & mask;
		while (this.#counts[place]! > 0 && !this.#holds(place, hash)) place = (place + 1) & mask;
		return place;
	}

	#holds(place: number, hash: Uint32Array): boolean {
		const at = place * 4;
		for (let i = 0; i < 4; i++) if (this.#hashes[at + i] !== hash[i]) return false;
		return true;
	}

	#grow(): void {
		const [hashes, counts] = [this.#hashes, this.#counts];
		this.#capacity *= 2;
		this.#hashes = new Uint32Array(this.#capacity * 4);
		this.#counts = new Uint32Array(this.#capacity);
		for (let place = 0; place < counts.length; place++) {
			if (counts[place] === 0) continue;
			const hash = hashes.subarray(place * 4, place * 4 + 4);
			const to = this.#placeOf(hash);
			this.#hashes.set(hash, to * 4);
			this.#counts[to] = counts[place]!;
		}
	}
}
