/** A contact with all that rules can ask of it, as plain data: what the plain evaluator works on. Instants are epoch milliseconds. */
export interface Person {
	readonly uid: string;
	readonly archived: boolean;
	/** Raw values by field id. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** Tag ids. */
	readonly tags: readonly string[];
	/** When each was put on, where that is known: rules do not ask it. */
	readonly taggedAt?: ReadonlyMap<string, number>;
	readonly lists: readonly { readonly id: string; readonly at: number }[];
	/** In the order of their numbers: of two at one instant the first is the earlier. */
	readonly events: readonly {
		readonly type: string;
		readonly at: number;
		readonly properties: Readonly<Record<string, unknown>>;
	}[];
	/** Of the address they have now. */
	readonly suppressions: readonly { readonly reason: string; readonly at: number }[];
	/** Raw values of fields before and after each change that was noted. */
	readonly changes: readonly {
		readonly field: string;
		readonly at: number;
		readonly before: unknown;
		readonly after: unknown;
	}[];
	/** Segments they entered or left. */
	readonly moves: readonly {
		readonly segment: string;
		readonly entered: boolean;
		readonly at: number;
		/** They were in it at `at`, where what is known of it begins; when they entered is not known. */
		readonly began?: boolean;
	}[];
	/** Everybody there is, this person included: for conditions that compare people with each other. */
	readonly among?: readonly Pick<Person, 'archived' | 'events'>[];
}
