import type { Family } from '$lib/fields/field';
import { sameJson } from '$lib/json';
import { Comparison } from '../operators/families';
import { asFamily, presence } from '../operators/presence';
import { comparedAs, testOf } from './comparison';
import { innerFiltersOf } from './filters';
import { either, entry, row, words, type Form, type Part } from './form';
import { Input } from './input';
import { text } from './values';

/**
 * What a part of a JSON value is compared as, the stricter families first: `= 5` is of a number, which has no text. What
 * is there is only said to be there as something: a number is none as a text.
 */
const values: readonly Family[] = ['number', 'boolean', 'date', 'datetime', 'text', 'multiselect'];

/** "at address.city is Bern", "at total as number > 5", "has any item where sku is A" */
export const ofJson = onFirstUse(() =>
	either(
		row(
			words('at'),
			entry('path', text),
			partOfJson([...values, 'json'], 'text', { presence: false })
		),
		partOfJson(['json', 'multiselect'], 'json')
	)
);

/** "sku is A", "(price as number > 5 and it is B)" */
export const itemFilters = onFirstUse(() => {
	const part = partOfJson(values, 'text', { presence: false });
	return innerFiltersOf(either(row(entry('path', text), part), row(words('it'), part)));
});

/**
 * A part of a JSON value, compared as what is said; else as the first of the families that makes sense of it. Only
 * `plain` is printed without saying so, where it is read as that again.
 */
function partOfJson(
	families: readonly Family[],
	plain: Family,
	options: { readonly presence?: boolean } = {}
): Form<Part> {
	const marked = either(
		...families.map((of) => row(words(`as ${asFamily[of]}`), comparedAs(of, { type: of })))
	);
	const all = families.map((of) => comparedAs(of, { type: of }, options));
	// What makes no sense as anything is read as it would be if it did, so that it is said what is wrong with it.
	const any = either(...all.map(sound), ...all);
	const unmarked = options.presence === false ? exceptPresence(any, families) : any;
	return {
		print(part, names) {
			const said = part.of === plain ? unmarked.print(part, names) : undefined;
			const { of, test, missing } = part;
			const comparison = { of, test, ...(missing === undefined ? {} : { missing }) };
			return said !== undefined && sameJson(unmarked.read(new Input(said, names)), comparison)
				? said
				: marked.print(part, names);
		},
		read: either(marked, unmarked).read
	};
}

/** Refuses "has a value" and "is known": as what has to be said. */
const exceptPresence = (form: Form<Part>, families: readonly Family[]): Form<Part> => ({
	...form,
	read(input) {
		const start = input.at;
		const isPresence = presenceTest().read(input) !== undefined;
		input.at = start;
		return isPresence
			? input.refuse(
					'what it is to have a value as, such as “as number”',
					families.map((of) => `as ${asFamily[of]}`)
				)
			: form.read(input);
	}
});
const presenceTest = onFirstUse(() =>
	testOf('text', { type: 'text' }, (operator) => operator in presence)
);

/** Reads nothing but what can be asked: the day that is called Bern is none. */
const sound = (form: Form<Part>): Form<Part> => ({
	...form,
	read(input) {
		const read = form.read(input);
		return Comparison.safeParse(read).success ? read : undefined;
	}
});

/** Made when it is first needed: items are compared, and what is compared may be items. */
function onFirstUse<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}
