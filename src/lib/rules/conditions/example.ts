/** A condition, how it reads, and who of `tests/fixtures/people.ts` meets it, by name in alphabetical order. */
export interface Example<C> {
	readonly condition: C;
	/** In English, */
	readonly explains: string;
	/** and in German. */
	readonly german: string;
	readonly members: readonly string[];
}
