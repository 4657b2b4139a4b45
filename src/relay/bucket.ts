/** A token bucket: so much at once, and so much a second in the long run. */
export class Bucket {
	readonly #burst: number;
	readonly #perSecond: number;
	#left: number;
	#at: number;

	/** `now` in milliseconds of any clock that only goes forward. */
	constructor(burst: number, perSecond: number, now: number) {
		this.#burst = burst;
		this.#perSecond = perSecond;
		this.#left = burst;
		this.#at = now;
	}

	/** Whether there was enough. */
	take(amount: number, now: number): boolean {
		this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
		this.#at = now;
		if (amount > this.#left) return false;
		this.#left -= amount;
		return true;
	}

	/** Nothing was taken for so long that it may as well be made anew. */
	isRested(now: number): boolean {
		return ((now - this.#at) / 1000) * this.#perSecond + this.#left >= this.#burst;
	}
}
