/**
 * How well a name fits what is typed, both as they are compared: 0 not at all. Whole words come before beginnings of
 * words, and those before what only stands somewhere inside: "subscribed" is not what "unsubscribed" is for.
 */
export function rankOf(name: string, typed: string): number {
	if (name === typed) return 6;
	const names = wordsOf(name);
	const words = wordsOf(typed);
	const whole = words.every((word) => names.includes(word));
	if (name.startsWith(typed)) return whole ? 5 : 3;
	if (whole) return 4;
	if (words.every((word) => names.some((other) => other.startsWith(word)))) return 2;
	return words.every((word) => name.includes(word)) ? 1 : 0;
}

/**
 * How many slips there are in what is typed, if each of its words is one of the name's, or the beginning of one, but
 * for a slip or two.
 */
export function slipsIn(name: string, typed: string): number | undefined {
	const names = wordsOf(name);
	let all = 0;
	for (const word of wordsOf(typed)) {
		const slips = Math.min(...names.map((other) => slipsToBegin(other, word)));
		if (slips > (word.length < 4 ? 0 : word.length < 8 ? 1 : 2)) return;
		all += slips;
	}
	return all;
}

const wordsOf = (text: string): readonly string[] => text.split(/[\s,()/-]+/).filter(Boolean);

/** Letters added, left out, taken for others or swapped between what is typed and the nearest beginning of a word. */
function slipsToBegin(word: string, typed: string): number {
	let before: readonly number[] = [];
	let row: readonly number[] = Array.from({ length: word.length + 1 }, (_, j) => j);
	for (let i = 1; i <= typed.length; i++) {
		const next = [i];
		for (let j = 1; j <= word.length; j++) {
			const same = typed[i - 1] === word[j - 1] ? 0 : 1;
			const swapped =
				i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
			next[j] = Math.min(
				row[j]! + 1,
				next[j - 1]! + 1,
				row[j - 1]! + same,
				swapped ? before[j - 2]! + 1 : Infinity
			);
		}
		[before, row] = [row, next];
	}
	return Math.min(...row);
}
