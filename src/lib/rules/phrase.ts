/**
 * Words for people, in parts, so that a page can set names and values apart. `textOf` gives the plain sentence.
 * A `name` is what a thing is called (a field, an event, a segment), a `value` what a person chose.
 */
export type Part = string | { readonly name: string } | { readonly value: string };
export type Phrase = readonly Part[];

/** The part before what narrows a condition down; a page may begin a new line with it. */
export const whereWord = ' where ';

export const name = (name: string): Part => ({ name });
export const value = (value: string): Part => ({ value });

export const textOf = (phrase: Phrase): string =>
	phrase
		.map((part) => (typeof part === 'string' ? part : 'name' in part ? part.name : part.value))
		.join('');

/** "Profile address.city": what a path leads to in a JSON value that is called so. */
export const pathName = (name: string, path: string | undefined): string =>
	path === undefined ? name : `${name} ${path}`;

/** `a, b or c`, each a value. */
export function listed(values: readonly string[], word: string): Phrase {
	return values.flatMap((item, i) =>
		i === 0 ? [value(item)] : [i === values.length - 1 ? ` ${word} ` : ', ', value(item)]
	);
}

export const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
