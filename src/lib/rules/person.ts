/** A contact with all that rules can ask of it, as plain data: what the plain evaluator works on. */
export interface Person {
	readonly archived: boolean;
	/** Raw values by field id. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** Tag ids. */
	readonly tags: readonly string[];
	readonly lists: readonly { readonly id: string; readonly at: number }[];
	readonly events: readonly {
		readonly type: string;
		/** Epoch milliseconds. */
		readonly at: number;
		readonly properties: Readonly<Record<string, unknown>>;
	}[];
}
