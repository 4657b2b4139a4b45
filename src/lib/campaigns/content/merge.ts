/**
 * Merge fields: what is written in a subject, a preview text or a body to stand for something of a contact.
 *
 *     {first_name}   {first_name | "there"}   {unsubscribe}   {{ and }} for the signs themselves
 */

/** A run of text as it is, or something of a contact. `at` and `length` are where it stands in the text. */
export type MergePart =
	| { readonly type: 'text'; readonly text: string }
	| {
			readonly type: 'field';
			/** As it is written: the id of a field, or its name. */
			readonly field: string;
			/** What stands there where a contact has no value. */
			readonly fallback: string | undefined;
			readonly at: number;
			readonly length: number;
	  };

/**
 * What is wrong with a text, and where.
 *
 * - `unclosed`: a `{` that no `}` ends
 * - `stray`: a `}` that ends nothing
 * - `unnamed`: no field is named
 * - `unquoted`: the fallback has no quotes round it
 * - `unended`: the quotes round the fallback are not closed
 * - `trailing`: something stands between the fallback and the `}`
 */
export interface MergeProblem {
	readonly type: 'unclosed' | 'stray' | 'unnamed' | 'unquoted' | 'unended' | 'trailing';
	readonly at: number;
	readonly length: number;
}

export interface Merged {
	/** What is wrong stays text. */
	readonly parts: readonly MergePart[];
	readonly problems: readonly MergeProblem[];
}

/** What is written where the way to unsubscribe is to stand. No field has this id or name. */
export const unsubscribe = 'unsubscribe';

/** Takes a text apart. Never fails: what does not read is text, and a problem. */
export function parseMerge(text: string): Merged {
	const parts: MergePart[] = [];
	const problems: MergeProblem[] = [];
	let plain = '';
	let at = 0;
	while (at < text.length) {
		const next = nextBrace(text, at);
		plain += text.slice(at, next);
		if (next === text.length) break;
		const brace = text[next]!;
		if (text[next + 1] === brace) {
			plain += brace;
			at = next + 2;
			continue;
		}
		const read =
			brace === '{'
				? readField(text, next)
				: { type: 'stray' as const, at: next, length: 1, end: next + 1 };
		if (read.type === 'field') {
			if (plain) parts.push({ type: 'text', text: plain });
			plain = '';
			parts.push(read);
			at = read.at + read.length;
		} else {
			const { end, ...problem } = read;
			problems.push(problem);
			plain += text.slice(next, end);
			at = end;
		}
	}
	if (plain) parts.push({ type: 'text', text: plain });
	return { parts, problems };
}

/** The text that a merge field is written as. */
export function mergeText(field: string, fallback: string | undefined): string {
	if (fallback === undefined) return `{${field}}`;
	return `{${field} | "${fallback.replace(/[\\"]/g, '\\$&')}"}`;
}

/** The text with its braces doubled, so that it is read as it is. */
export const withoutMerge = (text: string): string => text.replace(/[{}]/g, '$&$&');

/** The next `{` or `}`, or the end. */
function nextBrace(text: string, from: number): number {
	const brace = /[{}]/g;
	brace.lastIndex = from;
	return brace.exec(text)?.index ?? text.length;
}

/** Behind what a pattern, with the flag `y`, takes from a place on. */
function behind(pattern: RegExp, text: string, from: number): number {
	pattern.lastIndex = from;
	return pattern.test(text) ? pattern.lastIndex : from;
}

type Unread = MergeProblem & { readonly end: number };

/** A merge field that begins at a `{`. */
function readField(text: string, start: number): Extract<MergePart, { type: 'field' }> | Unread {
	let at = behind(/[^{}|"\n]+/y, text, start + 1);
	const field = text.slice(start + 1, at).trim();
	const problem = (type: MergeProblem['type'], end: number): Unread => ({
		...{ type, at: start, length: end - start, end }
	});
	const sign = text[at];
	if (sign === undefined || sign === '{' || sign === '\n') return problem('unclosed', start + 1);
	if (sign === '"') return problem('unquoted', closing(text, at));
	if (field === '') return problem('unnamed', closing(text, at));
	if (sign === '}')
		return { type: 'field', field, fallback: undefined, at: start, length: at + 1 - start };
	at = afterBlanks(text, at + 1);
	const quote = text[at];
	if (quote === undefined) return problem('unclosed', start + 1);
	if (!openQuotes.test(quote)) return problem('unquoted', closing(text, at));
	const ended = readQuoted(text, at + 1, quote);
	if (!ended) return problem('unended', closing(text, at));
	at = afterBlanks(text, ended.end);
	if (text[at] !== '}') return problem('trailing', closing(text, at));
	return { type: 'field', field, fallback: ended.text, at: start, length: at + 1 - start };
}

/** Phones and word processors turn quotes round as they are typed. */
const openQuotes = /["“”„]/;

function readQuoted(
	text: string,
	from: number,
	quote: string
): { text: string; end: number } | undefined {
	const isEnd = (sign: string) => (quote === '"' ? sign === '"' : sign === '”' || sign === '“');
	let read = '';
	for (let at = from; at < text.length; at++) {
		const sign = text[at]!;
		if (isEnd(sign)) return { text: read, end: at + 1 };
		if (sign === '\n') return;
		// A backslash keeps the next sign as it is.
		read += sign === '\\' && at + 1 < text.length ? text[++at] : sign;
	}
	return;
}

const afterBlanks = (text: string, from: number): number => behind(/[ \u00a0\t]+/y, text, from);

/** Behind the `}` that follows on the same line, or as far as it can be seen. */
const closing = (text: string, from: number): number => behind(/[^{}\n]*\}?/y, text, from);
