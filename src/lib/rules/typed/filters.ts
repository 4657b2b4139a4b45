import { brackets, either, list, type Form, type Part } from './form';

/** One filter as it is, several in brackets: what follows them without brackets is a condition of its own. */
export const filtersOf = (filter: Form<Part>): Form<readonly Part[]> =>
	either(oneOf(filter), bracketed(filter));

/** The same, printed in brackets even if it is one: for filters inside of a filter. */
export const innerFiltersOf = (filter: Form<Part>): Form<readonly Part[]> =>
	either(bracketed(filter), oneOf(filter));

const bracketed = (filter: Form<Part>) => brackets(list(filter, 'and'));

const oneOf = (filter: Form<Part>): Form<readonly Part[]> => ({
	print: ([only, ...others], names) =>
		only && others.length === 0 ? filter.print(only, names) : undefined,
	read(input) {
		const read = filter.read(input);
		return read && [read];
	}
});
