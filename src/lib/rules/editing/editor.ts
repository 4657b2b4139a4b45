import type { Moment } from '$lib/time/moment';
import type { Choice } from '../conditions/kind';
import type { Definitions } from '../definitions';
import type { DraftCondition, Rule } from '../rule';
import type { JsonSource, NumberSpan, PathUse, ValueCounts, ValueSource } from './value-source';

/** A condition being edited: its kind is known, anything else may be missing or wrong. */
export type RawCondition = DraftCondition['condition'];

/** `typing`: more of the same is on its way, so it is counted but not yet a step of undo. */
export type Pace = 'typing' | undefined;

/** What the editor of a kind of condition is given. It draws tokens that stand in one sentence. */
export interface EditorProps<K extends string> {
	readonly condition: RawCondition & { readonly kind: K };
	readonly definitions: Definitions;
	readonly context: EditorContext;
	readonly onchange: (condition: RawCondition, pace?: Pace) => void;
}

/** What an editor may ask about the contacts that reach its condition, and the calendar it stands in. */
export interface EditorContext {
	values(source: ValueSource, search: string): Promise<ValueCounts>;
	/** How many of these values, as they are compared, contacts have at all. */
	known(source: ValueSource, values: readonly string[]): Promise<number>;
	/** From where to where the numbers of all contacts go; nothing where there are none. */
	span?(source: ValueSource): Promise<NumberSpan | undefined>;
	/** The paths there are in JSON values, or in the items of the lists in them; told from a sample. */
	paths?(source: JsonSource): Promise<readonly PathUse[]>;
	/** How many members each of these rules has. */
	count(rules: readonly Rule[]): Promise<readonly number[]>;
	readonly moment: Moment;
	/** The segment it belongs to, once there is one. */
	readonly self: string | undefined;
}

/** Something the picker can add that was found by looking, or more about a choice it has anyway. */
export type Found = Choice & {
	/** Contacts it holds for. */
	readonly count?: number;
	/** "87 % filled" */
	readonly note?: string;
};

/** What a kind finds for the words in the picker's search box, which may be empty. */
export type Search = (
	words: string,
	definitions: Definitions,
	lookup: Lookup
) => Promise<readonly Found[]>;

/** What a search may ask about all contacts. */
export interface Lookup {
	/** Values in which the words stand, of any of these fields; a few of each, most frequent first. */
	search(
		words: string,
		sources: readonly (ValueSource & { of: 'field' })[]
	): Promise<
		readonly { readonly field: string; readonly value: string | number; readonly count: number }[]
	>;
	/** By id, how many contacts have a value in each field, and how many contacts there are. */
	filled(
		fields: readonly string[]
	): Promise<{ readonly everyone: number; readonly filled: Readonly<Record<string, number>> }>;
	values(source: ValueSource, search: string): Promise<ValueCounts>;
}
