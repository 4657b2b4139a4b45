import { canonical } from '$lib/json';
import { textKey } from '$lib/text-key';
import type { Input } from './input';
import type { Names, Vocabulary } from './names';

/**
 * How something is typed, both ways from one definition: `read` takes back exactly what `print` gave. What cannot be
 * said in this form prints as `undefined`; what does not stand there reads as `undefined`, and the input is where it was
 * or not: whoever tries something else sets it back.
 */
export interface Form<T> {
	print(value: T, names: Vocabulary): string | undefined;
	read(input: Input): T | undefined;
}

/** Some of the entries of a condition, or all of them. What they may be is the business of its schema. */
export type Part = Readonly<Record<string, unknown>>;

/** A form that hangs on what was said before it: of a property's type, say. */
export type Following = (before: Part, names: Vocabulary) => Form<Part>;

/** Words that say nothing by themselves. The further ways to say them are read, and not printed. */
export function words(...ways: readonly [string, ...string[]]): Form<Part> {
	// Of two that begin alike the longer one is meant.
	const all = ways.map(piecesOf).sort((a, b) => b.length - a.length);
	return {
		print: () => ways[0],
		read: (input) => (all.some((way) => input.words(way)) ? {} : undefined)
	};
}

/** Entries that are always the same here: said by the words alone. */
export const fixed = (part: Part, form: Form<Part>): Form<Part> => ({
	print: (value, names) =>
		Object.entries(part).every(([key, entry]) => canonical(value[key]) === canonical(entry))
			? form.print(value, names)
			: undefined,
	read(input) {
		const read = form.read(input);
		return read && { ...read, ...part };
	}
});

/** One entry by its key. */
export const entry = <T>(key: string, form: Form<T>): Form<Part> => ({
	// That it is of the form's type is seen when it is read again.
	print: (value, names) =>
		value[key] === undefined ? undefined : form.print(value[key] as T, names),
	read(input) {
		const read = form.read(input);
		return read === undefined ? undefined : { [key]: read };
	}
});

/** All of these, one after the other. */
export const row = (...forms: readonly (Form<Part> | Following)[]): Form<Part> => ({
	print(value, names) {
		const said: string[] = [];
		for (const form of forms) {
			const part = following(form, value, names).print(value, names);
			if (part === undefined) return;
			if (part !== '') said.push(part);
		}
		return said
			.reduce((all, part) => (part === ',' ? `${all},` : `${all} ${part}`), '')
			.trimStart();
	},
	read(input) {
		let read: Part = {};
		for (const form of forms) {
			const part = following(form, read, input.names).read(input);
			if (!part) return;
			read = { ...read, ...part };
		}
		return read;
	}
});

const following = (form: Form<Part> | Following, before: Part, names: Vocabulary): Form<Part> =>
	typeof form === 'function' ? form(before, names) : form;

/** The first of these that fits. */
export const either = <T>(...forms: readonly Form<T>[]): Form<T> => ({
	print(value, names) {
		for (const form of forms) {
			const said = form.print(value, names);
			if (said !== undefined) return said;
		}
		return;
	},
	read(input) {
		const start = input.at;
		for (const form of forms) {
			input.at = start;
			const read = form.read(input);
			if (read !== undefined) return read;
		}
		return;
	}
});

/** No word. */
export const silent: Form<Part> = { print: () => '', read: () => ({}) };

/** What cannot be said, since what it hangs on is not there. */
export const unsayable: Form<Part> = {
	print: () => undefined,
	read: (input) => input.expect('something that is there')
};

/** This or nothing. */
export const maybe = (form: Form<Part>): Form<Part> => either(form, silent);

/** Another way to say what has its words already: read, and never printed. */
export const alsoRead = <T>(form: Form<T>): Form<T> => ({ ...form, print: () => undefined });

/** One or more, with a mark or a word between them. */
export const list = <T>(form: Form<T>, between = ','): Form<readonly T[]> => ({
	print(values, names) {
		const said = values.map((value) => form.print(value, names));
		if (said.length === 0 || said.includes(undefined)) return;
		return said.join(between === ',' ? ', ' : ` ${between} `);
	},
	read(input) {
		const values: T[] = [];
		do {
			const value = form.read(input);
			if (value === undefined) return;
			values.push(value);
		} while (input.words([between]));
		return values;
	}
});

/** In brackets. */
export const brackets = <T>(form: Form<T>): Form<T> => ({
	print(value, names) {
		const said = form.print(value, names);
		return said === undefined ? undefined : `(${said})`;
	},
	read(input) {
		if (!input.words(['('])) return;
		const read = form.read(input);
		return read !== undefined && input.words([')']) ? read : undefined;
	}
});

/** One of a few words, each of which stands for a value. */
export function choice<T extends string | number>(said: Readonly<Record<string, T>>): Form<T> {
	const all = Object.entries(said)
		.map(([way, value]) => ({ pieces: piecesOf(way), value }))
		.sort((a, b) => b.pieces.length - a.pieces.length);
	return {
		print: (value) => Object.entries(said).find(([, one]) => one === value)?.[0],
		read: (input) => all.find(({ pieces }) => input.words(pieces))?.value
	};
}

const piecesOf = (way: string): readonly string[] => textKey(way).split(' ');

/** What is called by a name; its value is the id. */
export const named = (namesOf: (names: Vocabulary) => Names): Form<string> => ({
	print: (id, names) => namesOf(names).print(id),
	read: (input) => input.name(namesOf(input.names))
});
