/** A piece of a rule as it is typed, and where it stands, in UTF-16 units from the start of the text. */
export interface Token {
	readonly type:
		| 'word'
		/** In quotes; `text` is what stands between them. */
		| 'quoted'
		/** A single mark, or a comparison such as `>=`. */
		| 'sign'
		/** A JSON object, as it stands. */
		| 'json'
		/** What cannot be read: a quote or a brace without its end, say. */
		| 'broken'
		| 'end';
	readonly text: string;
	readonly from: number;
	readonly to: number;
}

const space = /\s+/uy;
const sign = /[(),[\]#%]|[<>!]=|<>|[=≠<>≤≥]/uy;
const word = /[^\s()[\],#%"“”=≠<>≤≥!{}]+/uy;
const quoted = /"((?:[^"\\\n]|\\.)*)"|[“”]([^“”"\n]*)[“”]/uy;

/** The pieces of a text, the end among them. Every text has pieces. */
export function tokensOf(text: string): readonly Token[] {
	const tokens: Token[] = [];
	let at = 0;
	const match = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = at;
		return pattern.exec(text);
	};
	const add = (type: Token['type'], length: number, content = text.slice(at, at + length)) => {
		tokens.push({ type, text: content, from: at, to: at + length });
		at += length;
	};
	while (at < text.length) {
		const [blank] = match(space) ?? [''];
		at += blank.length;
		if (at === text.length) break;
		const quote = match(quoted);
		const object = text[at] === '{' ? objectAt(text, at) : undefined;
		const found = match(sign) ?? match(word);
		if (quote) add('quoted', quote[0].length, unquoted(quote));
		else if (object !== undefined) add('json', object.length);
		else if (found) add(found[0] === match(sign)?.[0] ? 'sign' : 'word', found[0].length);
		else add('broken', text.length - at);
	}
	add('end', 0);
	return tokens;
}

/** Straight quotes hold a JSON string, those of a typesetter what stands there. */
function unquoted([whole, straight, curly]: RegExpExecArray): string {
	if (straight === undefined) return curly ?? '';
	try {
		return String(JSON.parse(whole));
	} catch {
		return straight; // no escape that JSON knows: as it stands
	}
}

/** The JSON object that begins here, braces in strings aside; nothing if it does not end. */
function objectAt(text: string, from: number): string | undefined {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const char = text[at];
		if (char === '"') {
			for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
		} else if (char === '{') depth++;
		else if (char === '}' && --depth === 0) return text.slice(from, at + 1);
	}
	return undefined;
}

/** Words that hold a rule together: a value that is one of them stands in quotes. */
const reserved: ReadonlySet<string> = new Set(
	'all and any as at between but by everyone field from has in is it none not of off on only or over than the then to where with within without'.split(
		' '
	)
);

const plain = /^[\p{L}\p{N}_@.+\-'’&/:*$€£?|~^;]+$/u;

/** A name or a value as it is typed: bare where that is one word, else in quotes. */
export const quote = (text: string): string =>
	plain.test(text) && !reserved.has(text.toLowerCase()) ? text : JSON.stringify(text);
