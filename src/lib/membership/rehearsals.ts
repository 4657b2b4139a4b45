import type { MirrorPart } from '$lib/rules/mirror/columns';
import type { Scan } from '$lib/rules/mirror/scan';
import { keyOf } from './held-parts';

/** Of fewer contacts every answer comes at once. */
const fewest = 20_000;
const rounds = 10;

interface Question {
	readonly scan: Scan;
	readonly size: number;
}

/**
 * Questions asked a few times more, for nobody: the browser compiles a loop once it has run for a while, and until then it
 * takes up to ten times as long. The next edit is then as fast as those after it.
 */
export class Rehearsals {
	readonly #due: Question[] = [];
	/** Parts that there was a question about, and how it went through them. */
	readonly #known = new Set<string>();

	/** Gives whether it is worth rehearsing: of questions that go through the same parts alike one is enough. */
	add(scan: Scan, size: number): boolean {
		const key = JSON.stringify([scan.way, scan.parts.map(keyOf)]);
		if (size < fewest || this.#known.has(key)) return false;
		this.#known.add(key);
		this.#due.push({ scan, size });
		return true;
	}

	/** Asks those that can be answered. `pause` lets others ask in between. */
	async run(
		can: (parts: readonly MirrorPart[]) => boolean,
		ask: (question: Question) => void,
		pause: () => Promise<void>
	): Promise<void> {
		for (let next = this.#due.pop(); next; next = this.#due.pop())
			for (let round = 0; round < rounds && can(next.scan.parts); round++) {
				ask(next);
				await pause();
			}
	}
}
