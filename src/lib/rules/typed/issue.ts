import type { Expected } from './input';
import type { Token } from './token';

/** Where a typed rule cannot be read, and what could stand there. */
export interface TypedIssue {
	readonly text: string;
	readonly token: Token;
	readonly expected: readonly Expected[];
}

/** "Line 1, character 9: expected “field” or a number, but found “many”." */
export function describeTypedIssue({ text, token, expected }: TypedIssue): string {
	const found =
		token.type === 'end' ? 'the end' : `“${shortened(text.slice(token.from, token.to))}”`;
	const { line, column } = placeOf(text, token.from);
	return `Line ${line}, character ${column}: expected ${listed(expected)}, but found ${found}.`;
}

/** Where an offset is, both counted from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
	const before = text.slice(0, offset).split('\n');
	return { line: before.length, column: [...before.at(-1)!].length + 1 };
}

/** What can be typed in place of the rest of the text, by what stands there already. */
export function completionsOf({ text, token, expected }: TypedIssue): readonly string[] {
	const begun = withoutQuote(text.slice(token.from));
	const all = expected.flatMap(({ options }) => options);
	return [...new Set(all)].filter((option) => withoutQuote(option).startsWith(begun));
}

const withoutQuote = (text: string): string => text.toLowerCase().replace(/^["“”]/, '');

const most = 6;

function listed(expected: readonly Expected[]): string {
	const shown = expected.map(({ what }) => what).slice(0, most);
	const all = expected.length > most ? [...shown, 'something else'] : shown;
	return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

const shortened = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text);
