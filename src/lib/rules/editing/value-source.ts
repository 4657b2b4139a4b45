import type { Family } from '$lib/fields/field';

/** What values are looked for: those of a field, of an event's property, or the tags and lists contacts are in. */
export type ValueSource =
	| ({
			readonly of: 'field';
			readonly field: string;
			readonly family: Family;
			readonly format?: Format;
	  } & Within)
	| ({
			readonly of: 'property';
			/** Ids of event types. */
			readonly types: readonly string[];
			readonly property: string;
			readonly family: Family;
	  } & Within)
	| { readonly of: 'tag' | 'list' };

/** Where within a JSON value they are. */
interface Within {
	/** What leads to them, or to the list they are in. */
	readonly path?: string | undefined;
	/** They are in the items of that list, where this path leads; `''`: they are the items. */
	readonly item?: string | undefined;
}

/** Where values within JSON are looked for. */
export type JsonSource = ValueSource & { readonly of: 'field' | 'property' };

/** What something within JSON can be compared as. */
export type PathFamily = Exclude<Family, 'select'>;

/** A path that leads to something in JSON values. */
export interface PathUse {
	readonly path: string;
	/** What is mostly there; `json` is a list. */
	readonly of: PathFamily;
	/** In how many of the values that were looked at, from 0 to 1. */
	readonly share: number;
}

/** Codes that people know by name. */
export type Format = 'country' | 'language';

export interface ValueCount {
	/** What a rule is given: text as it is mostly spelt, a number, the id of an option, tag or list. */
	readonly value: string | number;
	/** Contacts that have it. */
	readonly count: number;
}

/** The values there are, most frequent first. All counts are exact, and of contacts. */
export interface ValueCounts {
	readonly values: readonly ValueCount[];
	/** There are more values than these. */
	readonly more: boolean;
	/** Contacts that were looked at. */
	readonly among: number;
	/** Those of them without any value. */
	readonly empty: number;
}

/** The lowest and the highest number there is. */
export interface NumberSpan {
	readonly lowest: number;
	readonly highest: number;
}
