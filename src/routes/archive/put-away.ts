/** What can be put away: segments, campaigns, smart lists. */
export interface PutAwayThing {
	readonly id: string;
	readonly name: string;
	/** Where it is put away, when that was. */
	readonly updated: { readonly at: number };
}
