const tokens = /(\s*)(E?'(?:[^']|'')*'|[()]|[^\s()']+)/g;

/** Words that begin a line of their own. */
const starts = new Set([
	'with',
	'select',
	'from',
	'where',
	'and',
	'or',
	'intersect',
	'union',
	'except',
	'group',
	'having',
	'left',
	'order'
]);

interface Word {
	readonly text: string;
	readonly spaced: boolean;
}

/**
 * A statement laid out to be read: the parts of a set under each other, what is in brackets indented. Only white space
 * between words changes; what is quoted stays as it is.
 */
export function prettySql(statement: string): string {
	const words = [...statement.matchAll(tokens)].map(([, space, text]): Word => ({
		text: text!,
		spaced: space !== ''
	}));
	const closing = closingOf(words);
	/** For each open bracket, whether what is in it has lines of its own. */
	const open: boolean[] = [];
	let text = '';
	let betweens = 0;
	const line = () => {
		const indent = '  '.repeat(open.filter(Boolean).length);
		text = text === '' ? '' : `${text.trimEnd()}\n${indent}`;
	};

	words.forEach(({ text: word, spaced }, i) => {
		const lower = word.toLowerCase();
		const before = words[i - 1]?.text.toLowerCase();
		if (word === ')') {
			if (open.pop()) line();
			text += word;
			return;
		}
		const rangeEnd = lower === 'and' && betweens > 0;
		if (lower === 'between') betweens++;
		if (rangeEnd) betweens--;
		const begins = starts.has(lower) && open.at(-1) !== false && !rangeEnd;
		const set = before === 'intersect' || before === 'except' || before === 'all';
		if ((begins && before !== '(') || (set && word === '(')) line();
		text += `${spaced && !/(?:^|\s)$/.test(text) ? ' ' : ''}${word}`;
		if (word !== '(') return;
		const doubled = words[i + 1]?.text === '(' && closing.get(i + 1) === closing.get(i)! - 1;
		open.push(!doubled && holdsStatement(words, i));
		if (open.at(-1)) line();
	});
	return text;
}

/** Where each bracket that opens is closed. */
function closingOf(words: readonly Word[]): ReadonlyMap<number, number> {
	const closing = new Map<number, number>();
	const open: number[] = [];
	words.forEach(({ text }, i) => {
		if (text === '(') open.push(i);
		if (text === ')') closing.set(open.pop() ?? -1, i);
	});
	return closing;
}

/** Whether the bracket at `at` opens a statement, through any number of brackets. */
function holdsStatement(words: readonly Word[], at: number): boolean {
	let next = at + 1;
	while (words[next]?.text === '(') next++;
	return /^(?:select|with)$/i.test(words[next]?.text ?? '');
}
