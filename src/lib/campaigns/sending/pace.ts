/** Milliseconds that a pace is measured over. */
const span = 60_000;

/** How fast something goes, of what was done lately. */
export class Pace {
	readonly #marks: { readonly at: number; readonly done: number }[] = [];
	#done = 0;

	/** `at`: milliseconds of any clock that only goes forward. */
	add(count: number, at: number): void {
		if (this.#marks.length === 0) this.#marks.push({ at, done: 0 });
		this.#done += count;
		this.#marks.push({ at, done: this.#done });
		while (this.#marks.length > 2 && this.#marks[1]!.at < at - span) this.#marks.shift();
	}

	/** Nothing where too little is known. */
	perSecond(at: number): number | undefined {
		const first = this.#marks[0];
		if (!first || this.#done === first.done || at - first.at < 1000) return;
		return (this.#done - first.done) / ((at - first.at) / 1000);
	}
}
