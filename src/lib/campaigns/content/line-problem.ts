import type { Fields } from '$lib/fields/field';
import { describeMergeProblem } from './describe-issue';
import { parseMerge, unsubscribe } from './merge';
import { fieldCalled } from './merge-names';

/** The first thing that is wrong with a line as it is shown, and where; nothing if all of it reads. */
export function lineProblem(text: string, fields: Fields): string | undefined {
	const { parts, problems } = parseMerge(text);
	const [first] = problems;
	if (first) return `At “${excerpt(text, first.at, first.length)}”: ${describeMergeProblem(first)}`;
	for (const part of parts) {
		if (part.type !== 'field') continue;
		if (part.field === unsubscribe)
			return '{unsubscribe} is a link, and can only stand in the text.';
		if (!fieldCalled(part.field, fields))
			return `There is no field “${part.field}”. Choose another, or take it out.`;
	}
	return;
}

/** What is wrong, with a little of what follows where that is one sign. */
const excerpt = (text: string, at: number, length: number): string =>
	text.slice(at, at + Math.max(length, 12)).slice(0, 30);
