import type * as z from 'zod/mini';
import type { Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { Definitions, Reference } from '../definitions';
import type { Comparison } from '../operators/families';
import type { Person } from '../person';
import type { Phrase } from '../phrase';
import type { DraftCondition, Rule } from '../rule';
import type { TimeTest } from '../times';

/** What a condition may read; a write to any other table keeps its cached members. */
export type Table =
	'contact' | 'contact_tag' | 'list_member' | 'event' | 'suppression' | 'segment_move';

/**
 * Who a condition holds for, as a set: `select` gives contact numbers in a column `cno`, in any order, repeats allowed.
 * `negated`: everyone but those. So "did not" asks the same set as "did".
 */
export interface MemberSet {
	readonly select: Sql;
	readonly negated: boolean;
	/**
	 * The same set as a predicate over the table `contact`, where no index answers it: what has one is asked together
	 * with its like, in one pass through the table.
	 */
	readonly where?: Sql;
	/** Who is in it hangs on other contacts too: after a write about anybody it is asked anew. */
	readonly relative?: boolean;
}

/** One entry of the picker: a condition to start with, complete or still to be filled in. */
export interface Choice {
	readonly label: string;
	readonly group:
		| 'Everyone'
		| 'Fields'
		| 'Did or did not'
		| 'Emails'
		| 'Orders'
		| 'Lists and tags'
		| 'Segments'
		| 'Consent and status';
	/** Other words that find it. */
	readonly aliases?: readonly string[];
	readonly condition: { readonly kind: string } & Readonly<Record<string, unknown>>;
}

/** The icon and colour that rows of a rule have. */
export type Sign = 'everyone' | 'field' | 'event' | 'group' | 'consent';

interface Common<C extends { kind: string }> {
	readonly kind: C['kind'];
	/** What it says, in one line for the picker and the README. */
	readonly definition: string;
	/** Which sign its rows have. Asked of unfinished conditions too: anything but the kind may be missing or wrong. */
	sign(condition: DraftCondition['condition']): Sign;
	readonly schema: z.ZodMiniType<C>;
	/** What it refers to by id. A reference to something deleted is an issue without the kind saying so. */
	references(condition: C): readonly Reference[];
	/** What else keeps it from being evaluated, in sentences: an operator the field's type has not, say. */
	problems(condition: C, definitions: Definitions): readonly string[];
	/** The condition as a clause of an English sentence, without a full stop; its German is in `german.ts` beside it. */
	explain(condition: C, definitions: Definitions): Phrase;
	/** What the picker offers of this kind. */
	choices(definitions: Definitions): readonly Choice[];
	/** The condition that holds for exactly the others, where the kind has a word for it. */
	opposite(condition: C): C | undefined;
	/**
	 * The same as a comparison with one value that a contact has or lacks, where it is no more than that: so that two
	 * conditions about the same thing can be held against each other.
	 */
	ofOneValue?(condition: C): OneValue | undefined;
	/** The times it asks for that are not a `window` or a comparison of its own. */
	times?(condition: C): readonly TimeTest[];
	/** Those within these that it looks at too: when something passes their ends it may hold no more, or hold again. */
	timesBetween?(condition: C): readonly TimeTest[];
}

export interface OneValue {
	/** What the value is of; equal text is the same thing. */
	readonly about: string;
	readonly comparison: Comparison;
}

/** A kind that is asked of the database. */
export interface Compiled<C extends { kind: string }> extends Common<C> {
	readonly reads: readonly Table[];
	compile(condition: C, moment: Moment): MemberSet;
	/** The same in plain TypeScript, slow and obvious. Where it is `relative`, `person.among` are those it is relative to. */
	holds(condition: C, person: Person, moment: Moment): boolean;
}

/** A kind that is another rule in other words. `segment` gives a segment's saved rule, already parsed. */
export interface Lowered<C extends { kind: string }> extends Common<C> {
	lower(condition: C, segment: (id: string) => Rule): Rule;
}

/** Everything the app knows about one kind of condition. One folder beside this file defines one. */
export type ConditionKind<C extends { kind: string }> = Compiled<C> | Lowered<C>;

export const defineKind = <C extends { kind: string }, K extends ConditionKind<C>>(kind: K) => kind;
