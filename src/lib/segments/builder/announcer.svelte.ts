/** Milliseconds between two things said. */
const apart = 1000;

/** What a screen reader says of its own accord: politely, and at most once a second; the newest counts. */
export class Announcer {
	#words = $state('');
	#next: string | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** For a live region. */
	get words(): string {
		return this.#words;
	}

	say(words: string): void {
		this.#next = words;
		this.#timer ??= this.#tell();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#tell(): ReturnType<typeof setTimeout> | undefined {
		if (this.#next === undefined) return;
		// The same words again would not be heard: a blank more makes them others.
		this.#words = this.#next === this.#words ? `${this.#next}\u00a0` : this.#next;
		this.#next = undefined;
		return setTimeout(() => (this.#timer = this.#tell()), apart);
	}
}
