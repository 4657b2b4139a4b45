import type { Family } from '$lib/fields/field';
import type { Comparable } from '$lib/fields/value';
import type { Tallies } from './tallies';

/** A field of every contact, by contact number, in the form it is compared in. */
export type FieldColumn = CodedColumn | NumberColumn;

/** Few different values: each contact has the index of its own, −1 without one. */
export interface CodedColumn {
	readonly type: 'coded';
	readonly codes: Int32Array;
	readonly values: readonly Comparable[];
}

/** Numbers, and instants in epoch milliseconds; `NaN` without a value. */
export interface NumberColumn {
	readonly type: 'numbers';
	readonly numbers: Float64Array;
}

/** Every event of one type, in order of time. */
export interface EventColumns {
	/** Epoch milliseconds, ascending. */
	readonly at: Float64Array;
	/** Whose it is. */
	readonly cno: Int32Array;
	/** The main number, `NaN` without one; nothing where no event has one. */
	readonly value: Float64Array | undefined;
	/** The main reference as an index of `refs`, −1 without one; nothing unless it was asked for. */
	readonly ref: Int32Array | undefined;
	/** Keys of references. */
	readonly refs: readonly string[];
}

/** Everyone who is not archived: contact `n` has bit `n & 31` of word `n >>> 5`. */
export interface EveryoneColumn {
	readonly words: Int32Array;
}

/** Groups of contacts, each with those in it in any order: of group `g` they go from `starts[g]` to before `starts[g + 1]`. */
export interface GroupsColumn {
	readonly ids: readonly string[];
	readonly starts: Int32Array;
	readonly cnos: Int32Array;
}

/** One thing that a mirror may hold. */
export type MirrorPart =
	| { readonly type: 'everyone' }
	| { readonly type: 'groups'; readonly table: 'contact_tag' | 'list_member' }
	| { readonly type: 'field'; readonly field: string; readonly family: Family }
	| { readonly type: 'events'; readonly eventType: string; readonly ref: boolean };

/** The database's columns, held in the worker: what conditions can be answered from without asking it. */
export interface Mirror {
	/** Contact numbers go from 0 to before this. */
	readonly size: number;
	everyone(): EveryoneColumn;
	field(part: Extract<MirrorPart, { type: 'field' }>): FieldColumn;
	events(part: Extract<MirrorPart, { type: 'events' }>): EventColumns;
	groups(part: Extract<MirrorPart, { type: 'groups' }>): GroupsColumn;
	/** What events came to for each contact, as far as it was worked out before. */
	readonly tallies: Tallies;
}
