/**
 * What keeps a spreadsheet from running a value as a formula: an apostrophe in front. It is put there wherever a CSV is
 * written and taken away wherever one is read, so that `unguarded(guarded(text))` is the text, whatever is in it.
 */

/** Blanks and apostrophes may stand in front. A tab or a line break among them is enough, if anything follows. */
const formula = /^(?=[\s']*[^\s'])[\s']*(?:[=+\-@＝＋－＠]|[\t\r\n])/;

/** Plain numbers and phone numbers: nothing in them can be run. */
const harmless =
	/^[ \u00a0\u202f]*(?:[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?[ \u00a0\u202f]*|\+\d[\d .()/\u00a0\u202f-]*)$/;

/** Digits and the signs between them: other products keep a spreadsheet from rounding an id in the same way. */
const digits = /^[\s']*\d[\d\s.,:()/-]*$/;

const hasApostrophe = /^\s*'/;

/**
 * The text with an apostrophe in front if a spreadsheet would take it for a formula: after any blanks it begins with
 * = + - @ (or their wide forms, which Excel reads alike), or its blanks hold a tab or a line break. So has one that
 * reading would take for guarded already.
 */
export function guarded(text: string): string {
	const first = text.charCodeAt(0);
	// Most values begin with a letter or a digit.
	if ((first > 64 && first < 128) || (first > 47 && first < 58)) return text;
	const needed = hasApostrophe.test(text)
		? isGuarded(text)
		: formula.test(text) && !harmless.test(text);
	return needed ? `'${text}` : text;
}

/** The text without the apostrophe that guards it. One that belongs to it (`'90s kid`) stays. */
export function unguarded(text: string): string {
	return text.charCodeAt(0) === 39 && isGuarded(text) ? text.slice(1) : text;
}

/** As `guarded`, for a cell as it stood in a file: one with an apostrophe is read as it is. */
export function guardedCell(cell: string): string {
	return hasApostrophe.test(cell) ? cell : guarded(cell);
}

/** Of a text with an apostrophe in front. */
const isGuarded = (text: string): boolean => formula.test(text) || digits.test(text);
