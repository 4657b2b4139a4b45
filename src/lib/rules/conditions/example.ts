/** A condition, how it reads, and who of `tests/fixtures/people.ts` meets it, by name in alphabetical order. */
export interface Example<C> {
	readonly condition: C;
	readonly explains: string;
	readonly members: readonly string[];
}
