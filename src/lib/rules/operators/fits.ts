/**
 * Whether an expression that `readPattern` wrote stands somewhere in a text, in plain TypeScript. All ways through the
 * expression are followed side by side, as Postgres does it, so that none takes longer than its length times the text's:
 * JavaScript's own engine tries one way after another, and in a row of a's it would try `a*a*a*a*b` for years.
 */
export function fits(expression: string, text: string): boolean {
	const start = new ExpressionReader(expression).alternatives()(done);
	const characters = [...text];
	/** Where a way through the expression has come to. */
	let states: readonly State[] = [];
	for (let at = 0; at <= characters.length; at++) {
		const reached = new Set([...states, start]); // it may begin anywhere
		// What is added meanwhile is gone through as well.
		for (const { then, where } of reached) {
			const isThere = where === 'begin' ? at === 0 : where !== 'end' || at === characters.length;
			if (isThere) for (const state of then) reached.add(state);
		}
		if (reached.has(done)) return true;
		states = [...reached].flatMap(({ takes, after }) =>
			after && at < characters.length && takes!(characters[at]!) ? [after] : []
		);
	}
	return false;
}

interface State {
	/** Where one is as well, without taking a character: */
	readonly then: State[];
	/** anywhere, or only at this end of the text. */
	readonly where?: 'begin' | 'end';
	/** Which character leads to the state after it. */
	readonly takes?: (c: string) => boolean;
	readonly after?: State;
}

const done: State = { then: [] };

/** A part of an expression: given what comes behind it, where it begins. */
type Part = (next: State) => State;

const sequence =
	(parts: readonly Part[]): Part =>
	(next) =>
		parts.reduceRight((next, part) => part(next), next);

const repeated =
	(part: Part, from: number, to: number): Part =>
	(next) => {
		let state: State = { then: [next] };
		if (to === Infinity) state.then.push(part(state));
		else for (let i = from; i < to; i++) state = { then: [next, part(state)] };
		for (let i = 0; i < from; i++) state = part(state);
		return state;
	};

/** Reads what `readPattern` wrote, and nothing else: of sets only their members, of brackets only `(?:…)`. */
class ExpressionReader {
	readonly #source: readonly string[];
	#at = 0;

	constructor(expression: string) {
		this.#source = [...expression];
	}

	alternatives(): Part {
		const branches = [this.#branch()];
		while (this.#take('|')) branches.push(this.#branch());
		return (next) => ({ then: branches.map((branch) => branch(next)) });
	}

	#branch(): Part {
		const parts: Part[] = [];
		while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
			const atom = this.#atom();
			const [from, to] = this.#repeat();
			parts.push(from === 1 && to === 1 ? atom : repeated(atom, from, to));
		}
		return sequence(parts);
	}

	#atom(): Part {
		const c = this.#source[this.#at++]!;
		switch (c) {
			case '(': {
				this.#at += 2; // ?:
				const inner = this.alternatives();
				this.#at++;
				return inner;
			}
			case '^':
				return (next) => ({ then: [next], where: 'begin' });
			case '$':
				return (next) => ({ then: [next], where: 'end' });
			case '.':
				return take(() => true);
			case '[':
				return this.#set();
			default: {
				const literal = c === '\\' ? this.#source[this.#at++]! : c;
				return take((other) => other === literal);
			}
		}
	}

	#set(): Part {
		const negated = this.#take('^');
		const members = new Set<string>();
		while (!this.#take(']')) {
			this.#take('\\');
			members.add(this.#source[this.#at++]!);
		}
		return take((c) => members.has(c) !== negated);
	}

	#repeat(): readonly [number, number] {
		if (this.#take('*')) return [0, Infinity];
		if (this.#take('+')) return [1, Infinity];
		if (this.#take('?')) return [0, 1];
		if (!this.#take('{')) return [1, 1];
		const end = this.#source.indexOf('}', this.#at);
		const [from, to = from] = this.#source.slice(this.#at, end).join('').split(',');
		this.#at = end + 1;
		return [Number(from), to === '' ? Infinity : Number(to)];
	}

	#take(c: string): boolean {
		if (this.#source[this.#at] !== c) return false;
		this.#at++;
		return true;
	}
}

const take =
	(takes: (c: string) => boolean): Part =>
	(next) => ({ then: [], takes, after: next });
