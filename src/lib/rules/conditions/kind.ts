import type * as z from 'zod/mini';
import type { Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Definitions, Reference } from '../definitions';
import type { Person } from '../person';
import type { Phrase } from '../phrase';
import type { Rule } from '../rule';

/** What a condition may read; a write to any other table keeps its cached members. */
export type Table = 'contact' | 'contact_tag' | 'list_member' | 'event';

/**
 * Who a condition holds for, as a set: `select` gives contact numbers in a column `cno`, in any order, repeats allowed.
 * `negated`: everyone but those. So "did not" asks the same set as "did".
 */
export interface MemberSet {
	readonly select: Sql;
	readonly negated: boolean;
}

/** One entry of the picker: a condition to start with, complete or still to be filled in. */
export interface Choice {
	readonly label: string;
	readonly group: 'Everyone' | 'Fields' | 'Did or did not' | 'Lists and tags' | 'Segments';
	/** Other words that find it. */
	readonly aliases?: readonly string[];
	readonly condition: { readonly kind: string } & Readonly<Record<string, unknown>>;
}

interface Common<C extends { kind: string }> {
	readonly kind: C['kind'];
	/** Which icon and colour its rows have. */
	readonly glyph: 'everyone' | 'field' | 'event' | 'group' | 'consent';
	readonly schema: z.ZodMiniType<C>;
	/** What it refers to by id. A reference to something deleted is an issue without the kind saying so. */
	references(condition: C): readonly Reference[];
	/** What else keeps it from being evaluated, in sentences: an operator the field's type has not, say. */
	problems(condition: C, definitions: Definitions): readonly string[];
	/** The condition as a clause of an English sentence, without a full stop. */
	explain(condition: C, definitions: Definitions): Phrase;
	/** What the picker offers of this kind. */
	choices(definitions: Definitions): readonly Choice[];
	/** The condition that holds for exactly the others, where the kind has a word for it. */
	opposite(condition: C): C | undefined;
}

/** A kind that is asked of the database. */
export interface Compiled<C extends { kind: string }> extends Common<C> {
	readonly reads: readonly Table[];
	compile(condition: C, moment: Moment): MemberSet;
	/** The same in plain TypeScript, slow and obvious. */
	holds(condition: C, person: Person, moment: Moment): boolean;
}

/** A kind that is another rule in other words. `segment` gives a segment's saved rule, already parsed. */
export interface Lowered<C extends { kind: string }> extends Common<C> {
	lower(condition: C, segment: (id: string) => Rule): Rule;
}

/** Everything the app knows about one kind of condition. One folder beside this file defines one. */
export type ConditionKind<C extends { kind: string }> = Compiled<C> | Lowered<C>;

export const defineKind = <C extends { kind: string }, K extends ConditionKind<C>>(kind: K) => kind;
