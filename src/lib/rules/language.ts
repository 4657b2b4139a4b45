import type { Condition } from './conditions/registry';
import type { Definitions } from './definitions';
import type { OperatorInfo } from './operators/operator';
import type { RuleIssue } from './parse';
import type { Phrase } from './phrase';

/** The languages rules can be said in. The first is the one nobody chose. */
export const languages = ['en', 'de'] as const;
export type LanguageId = (typeof languages)[number];

/**
 * How rules are said in one language. English is linked in; any other is loaded when somebody chooses it, so that it
 * costs nobody else a byte (`load-language.ts`).
 */
export interface Language {
	/** As `lang` and `Intl` have it. */
	readonly id: LanguageId;
	/** A condition as a clause, without a full stop. */
	condition(condition: Condition, definitions: Definitions): Phrase;
	/** Stands for a condition that cannot be read yet. */
	readonly unfinished: string;
	/** Stands for whom exclusions leave out of, where nothing else does. */
	readonly everyone: string;
	/** What must hold together, or may hold instead. */
	join(parts: readonly Phrase[], match: 'all' | 'any'): Phrase;
	/** "none of (…)" */
	noneOf(inside: Phrase): Phrase;
	/** ", but not whoever …": what an exclusion adds to all before it, for each of them. */
	butNot(excluded: readonly Phrase[]): Phrase;
	/** The parts before what narrows a condition down; a page may begin a new line with them. */
	readonly narrowing: readonly string[];
	readonly steps: StepWords;
	/** What an editor calls an operator. */
	operator(info: OperatorInfo): OperatorWords;
	/** What is wrong with a node and what to do. */
	issue(issue: RuleIssue, definitions: Definitions): string;
	/** The first of several issues, and how many more there are. */
	andMoreIssues(first: string, more: number): string;
	readonly unreadableRule: string;
	/** A proposed name that leaves some rows of its rule out. */
	andMore(name: string, rows: number): string;
}

export interface OperatorWords {
	readonly label: string;
	/** Of a single value, where several could be given; the same label where that is no different. */
	readonly ofOne: string;
	readonly definition: string;
}

/** A rule taken apart into the steps of its details page. */
export interface StepWords {
	/** The step before all others, and who that is. */
	readonly everyone: string;
	readonly allContacts: string;
	/** How a step hangs on those before it, by how the root combines them: the first one, and the others. */
	readonly words: Readonly<Record<'all' | 'any' | 'none', readonly [first: string, next: string]>>;
	readonly butNot: string;
	/** Above the parts of a group, and between them. */
	readonly heads: Readonly<Record<'all' | 'any' | 'none', string>>;
	readonly joints: Readonly<Record<'all' | 'any' | 'none', string>>;
	readonly unreadable: string;
	/** Before what must not be so. */
	readonly not: string;
}
