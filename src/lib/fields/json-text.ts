import { plainJson, type Json, type JsonObject, type JsonProblem } from '$lib/json';
import { err, ok, type Result } from '$lib/result';
import { maxDepth } from './value';

/** How large a JSON value of a field or of a property may be. */
const limits = { size: 32_767, depth: maxDepth };

/** Text that a person typed or a file has, as an object or a list; or what is wrong with it, in a sentence. */
export function readJson(text: string): Result<JsonObject | readonly Json[], string> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return err(`This is not JSON: ${error.message}.`);
		throw error;
	}
	if (typeof parsed !== 'object' || parsed === null)
		return err('Write an object, such as {"city": "Bern"}, or a list, such as [1, 2].');
	return storable(parsed);
}

/** Any object or list as one that can be stored. */
export function storable(value: object): Result<JsonObject | readonly Json[], string> {
	const plain = plainJson(value, limits);
	if (!plain.ok) return err(problems[plain.error]);
	// NUL and halves of characters; `stringify` writes all of them escaped.
	if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(JSON.stringify(plain.value)))
		return err('It has a character that cannot be stored.');
	return ok(plain.value as JsonObject | readonly Json[]); // an object's or a list's clone is one as well
}

const problems: Readonly<Record<JsonProblem, string>> = {
	tooLarge: `It is too large: up to ${limits.size.toLocaleString('en')} characters fit.`,
	tooDeep: `It is too deep: up to ${limits.depth} objects and lists fit into each other.`,
	unsafeKey: 'It has a key that cannot be stored, such as “__proto__”.',
	notJson: 'It has a number that is too large.'
};
