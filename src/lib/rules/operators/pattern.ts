import { err, ok, type Result } from '$lib/result';
import { textKey } from '$lib/text-key';

/**
 * Reads a safe subset of regular expressions and writes the one expression that JavaScript (`us`), Postgres (`~`) and
 * `fits` read alike: literals, classes, `.`, groups, alternatives, anchors and `* + ?` `{m,n}` up to 50. It is matched
 * against text keys, so literals are lower-cased; `\d \w \s` and ranges become explicit ASCII sets. A repeat inside
 * a repeated group is refused: it can take for ever. The error is a sentence that names the position.
 */
export function readPattern(source: string): Result<string, string> {
	const characters = Array.from(source.normalize('NFC'));
	if (characters.length === 0) return err('Type a pattern.');
	if (characters.length > 200) return err('A pattern has at most 200 characters.');
	const reader = new PatternReader(characters);
	const pattern = reader.alternatives(0);
	return pattern === undefined ? err(reader.problem) : ok(pattern.source);
}

interface Piece {
	readonly source: string;
	/** Whether it holds a repeat, so that it cannot be repeated itself. */
	readonly repeats: boolean;
}

const sets: Record<string, string> = {
	d: '0123456789',
	w: '0123456789_abcdefghijklmnopqrstuvwxyz',
	s: ' \t\n\r\f\v'
};
const punctuation = /^[\^$\\.*+?()[\]{}|/-]$/;

class PatternReader {
	problem = '';
	#at = 0;
	readonly #source: readonly string[];

	constructor(source: readonly string[]) {
		this.#source = source;
	}

	alternatives(depth: number): Piece | undefined {
		const branches: Piece[] = [];
		do {
			const branch = this.#branch(depth);
			if (!branch) return;
			branches.push(branch);
		} while (this.#take('|'));
		if (depth === 0 && this.#at < this.#source.length) return this.#fail('has no opening bracket');
		return {
			source: branches.map((branch) => branch.source).join('|'),
			repeats: branches.some((branch) => branch.repeats)
		};
	}

	#branch(depth: number): Piece | undefined {
		const pieces: Piece[] = [];
		while (this.#at < this.#source.length && !'|)'.includes(this.#next)) {
			const piece = this.#repeated(depth);
			if (!piece) return;
			pieces.push(piece);
		}
		if (pieces.length === 0) return this.#fail('leaves an alternative empty');
		return {
			source: pieces.map((piece) => piece.source).join(''),
			repeats: pieces.some((piece) => piece.repeats)
		};
	}

	#repeated(depth: number): Piece | undefined {
		const anchor = this.#next === '^' || this.#next === '$';
		const atom = this.#atom(depth);
		if (!atom) return;
		const quantifier = this.#quantifier();
		if (quantifier === undefined) return;
		if (quantifier === '') return atom;
		this.#at--;
		if (anchor) return this.#fail('repeats an anchor');
		if (atom.repeats) return this.#fail('repeats a group that repeats inside');
		this.#at++;
		return { source: atom.source + quantifier, repeats: true };
	}

	/** `''` where there is none. */
	#quantifier(): string | undefined {
		const [mark] = [this.#next];
		let quantifier = '';
		if (mark === '*' || mark === '+' || mark === '?') {
			this.#at++;
			quantifier = mark;
		} else if (mark === '{') {
			const rest = this.#source.slice(this.#at).join('');
			const [text, from, comma, to] = /^\{(\d{1,2})(,(\d{1,2})?)?\}/.exec(rest) ?? [];
			if (!text) return this.#fail('is not a repeat such as {2,5}; write \\{ for the character');
			if (+from! > 50 || (to && (+to > 50 || +to < +from!)))
				return this.#fail('repeats more than 50 times, or backwards');
			this.#at += text.length;
			quantifier = comma === undefined ? `{${+from!}}` : `{${+from!},${to ? +to : ''}}`;
		}
		if (quantifier !== '' && '*+?{'.includes(this.#next || ' '))
			return this.#fail('repeats a repeat');
		return quantifier;
	}

	#atom(depth: number): Piece | undefined {
		const c = this.#source[this.#at++]!;
		switch (c) {
			case '(':
				return this.#group(depth);
			case '[':
				return this.#class();
			case '\\':
				return this.#escape();
			case '.':
			case '^':
			case '$':
				return { source: c, repeats: false };
			case '*':
			case '+':
			case '?':
			case '{':
				this.#at--;
				return this.#fail('has nothing before it to repeat');
			default:
				return { source: literal(c), repeats: false };
		}
	}

	#group(depth: number): Piece | undefined {
		if (depth === 20) return this.#fail('nests too deep');
		if (this.#take('?') && !this.#take(':')) return this.#fail('is not supported here');
		const inner = this.alternatives(depth + 1);
		if (!inner) return;
		if (!this.#take(')')) return this.#fail('closing bracket is missing');
		return { source: `(?:${inner.source})`, repeats: inner.repeats };
	}

	#escape(): Piece | undefined {
		const c = this.#source[this.#at++] ?? '';
		const set = sets[c.toLowerCase()];
		if (set) return { source: setOf(new Set(set), c !== c.toLowerCase()), repeats: false };
		if (punctuation.test(c)) return { source: literal(c), repeats: false };
		this.#at--;
		return this.#fail('is not a known escape');
	}

	#class(): Piece | undefined {
		const negated = this.#take('^');
		const members = new Set<string>();
		while (this.#next !== ']') {
			const from = this.#member(members);
			if (from === undefined) return;
			if (from === '' || this.#next !== '-' || this.#source[this.#at + 1] === ']') continue;
			this.#at++;
			const to = this.#member(members);
			if (to === undefined) return;
			const range = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0] as const;
			if (to === '' || range[1] > 126 || range[0] > range[1])
				return this.#fail('is not a range of plain letters or digits');
			for (let code = range[0]; code <= range[1]; code++)
				members.add(String.fromCodePoint(code).toLowerCase());
		}
		this.#at++;
		if (members.size === 0) return this.#fail('is an empty class');
		return { source: setOf(members, negated), repeats: false };
	}

	/** Adds one member of a class and gives it, or `''` for a whole set such as `\d`. */
	#member(members: Set<string>): string | undefined {
		let c = this.#source[this.#at++];
		if (c === undefined) return this.#fail('closing ] is missing');
		if (c === '\\') {
			c = this.#source[this.#at++] ?? '';
			const set = sets[c];
			if (set) {
				for (const member of set) members.add(member);
				return '';
			}
			if (!punctuation.test(c)) return this.#fail('is not a known escape');
		} else if (c === '[') return this.#fail('must be written \\[ inside a class');
		const key = c.toLowerCase();
		if (Array.from(key).length !== 1) return this.#fail('cannot be in a class');
		members.add(key);
		return c;
	}

	get #next(): string {
		return this.#source[this.#at] ?? '';
	}

	#take(c: string): boolean {
		if (this.#next !== c) return false;
		this.#at++;
		return true;
	}

	#fail(what: string): undefined {
		const at = Math.min(this.#at, this.#source.length - 1);
		this.problem ||= `Character ${at + 1} (“${this.#source[at]}”) ${what}.`;
		return undefined;
	}
}

function literal(c: string): string {
	if (punctuation.test(c)) return c === '-' || c === '/' ? c : `\\${c}`;
	const key = Array.from(c.trim() === '' ? c : textKey(c));
	return key.length === 1 ? key[0]! : `(?:${key.join('')})`;
}

const setOf = (members: ReadonlySet<string>, negated: boolean): string =>
	`[${negated ? '^' : ''}${[...members].map((c) => (/[\]\\^[-]/.test(c) ? `\\${c}` : c)).join('')}]`;
