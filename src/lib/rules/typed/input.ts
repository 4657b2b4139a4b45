import { textKey } from '$lib/text-key';
import type { Names, Vocabulary } from './names';
import { tokensOf, type Token } from './token';

/** What could have stood where reading came to its end. */
export interface Expected {
	/** In words: “where”, or "a field". */
	readonly what: string;
	/** What can be typed there, as it is typed. */
	readonly options: readonly string[];
}

/**
 * A text that is being read, from the left. Whoever cannot go on says what was expected; what was expected furthest to
 * the right is what a person is told.
 */
export class Input {
	readonly names: Vocabulary;
	readonly #text: string;
	readonly #tokens: readonly Token[];
	#furthest = 0;
	#expected: Expected[] = [];
	#refused = false;
	/** The index of the next piece. Setting it back tries something else. */
	at = 0;

	constructor(text: string, names: Vocabulary) {
		this.names = names;
		this.#text = text;
		this.#tokens = tokensOf(text);
	}

	get next(): Token {
		return this.#tokens[Math.min(this.at, this.#tokens.length - 1)]!; // there always is the end
	}

	/** Whether it was said of something that it is wrong however the rest may be read. */
	get refused(): boolean {
		return this.#refused;
	}

	/** Where reading failed, and what would have helped. */
	get failure(): { readonly token: Token; readonly expected: readonly Expected[] } {
		return { token: this.#tokens[this.#furthest]!, expected: this.#expected };
	}

	/** Says what was expected here. Always `undefined`, so that a reader can return it. */
	expect(what: string, options: () => readonly string[] = () => []): undefined {
		if (this.#refused || this.at < this.#furthest) return;
		if (this.at > this.#furthest) this.#expected = [];
		this.#furthest = this.at;
		if (!this.#expected.some((other) => other.what === what))
			this.#expected.push({ what, options: options() });
		return;
	}

	/** Says what is wrong here however the rest may be read. */
	refuse(what: string, options: readonly string[]): undefined {
		if (this.#refused) return;
		this.#furthest = this.at;
		this.#expected = [{ what, options }];
		this.#refused = true;
		return;
	}

	take(): Token {
		const token = this.next;
		this.at++;
		return token;
	}

	/** Reads these words or signs; capitals do not matter. */
	words(words: readonly string[]): true | undefined {
		const start = this.at;
		for (const [i, word] of words.entries()) {
			if (!isSaid(this.next, word)) {
				const rest = words.slice(i).join(' ');
				this.expect(`“${rest}”`, () => [rest]);
				this.at = start;
				return;
			}
			this.at++;
		}
		return true;
	}

	/** Reads what is called by its name, in quotes or bare, the longest that there is; or by its id. Gives the id. */
	name(names: Names): string | undefined {
		const { next } = this;
		const options = () => names.all.map(({ id }) => names.print(id));
		if (next.type === 'sign' && next.text === '#') {
			this.at++;
			if (this.next.type === 'word' || this.next.type === 'quoted') return this.take().text;
			this.at--;
		}
		const found =
			next.type === 'quoted' ? this.#quoted(names) : this.longest((text) => names.called(text)?.id);
		return found ?? this.expect(names.what, options);
	}

	#quoted(names: Names): string | undefined {
		const found = names.called(this.next.text);
		if (found) this.at++;
		return found?.id;
	}

	/** Reads the most words that `find` knows together: names that hold blanks need no quotes. */
	longest<T>(find: (text: string) => T | undefined): T | undefined {
		const first = this.next;
		for (let last = Math.min(this.at + 8, this.#tokens.length - 1); last >= this.at; last--) {
			const words = this.#tokens.slice(this.at, last + 1);
			if (!words.every(({ type }) => type === 'word')) continue;
			const found = find(this.#text.slice(first.from, words.at(-1)!.to));
			if (found === undefined) continue;
			this.at = last + 1;
			return found;
		}
		return undefined;
	}
}

const isSaid = ({ type, text }: Token, word: string): boolean =>
	(type === 'word' || type === 'sign') && textKey(text) === word;

/** Whether a condition may end before what comes next. */
export const endsHere = ({ next }: Input): boolean =>
	next.type === 'end' || [')', '[', 'and', 'or'].some((word) => isSaid(next, word));
