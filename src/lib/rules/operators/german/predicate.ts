import type { Phrase } from '../../phrase';

/** The verbs of German predicates, each with its past. None of them parts in two when it comes last. */
const past = {
	ist: 'war',
	liegt: 'lag',
	beträgt: 'betrug',
	fällt: 'fiel',
	hat: 'hatte',
	enthält: 'enthielt',
	beginnt: 'begann',
	endet: 'endete',
	entspricht: 'entsprach'
} as const;

/**
 * What is said about a field: "liegt über 50". A German verb comes second in a clause of its own and last in one that
 * hangs on another, so it is kept apart from the rest.
 */
export interface Predicate {
	readonly verb: keyof typeof past;
	readonly rest: Phrase;
	/** A clause that comes after the verb even where that is last: ", bei dem sku A ist". */
	readonly after?: Phrase;
	/** The same without a verb, after "mit" and what it is said about: "mit Gesamtbetrag über 50". Not all can do that. */
	readonly attribute?: Phrase;
}

/** Of what "ist", "liegt" or "beträgt" says, the rest alone is enough after "mit". */
export const attributive = (verb: Predicate['verb'], rest: Phrase): Predicate => ({
	verb,
	rest,
	attribute: rest
});

/** "liegt über 50", "liegt seit mindestens 14 Tagen über 50" */
export const main = ({ verb, rest, after = [] }: Predicate, between: Phrase = []): Phrase => [
	`${verb} `,
	...between,
	...rest,
	...after
];

/** "über 50 liegt" */
export const dependent = ({ verb, rest, after = [] }: Predicate): Phrase => [
	...rest,
	` ${verb}`,
	...after
];

/** "liegt oder lag schon einmal über 50" */
export const everSo = ({ verb, rest, after = [] }: Predicate): Phrase => [
	`${verb} oder ${past[verb]} schon einmal `,
	...rest,
	...after
];

/** "liegt und lag immer über 50" */
export const alwaysSo = ({ verb, rest, after = [] }: Predicate): Phrase => [
	`${verb} und ${past[verb]} immer `,
	...rest,
	...after
];

/** "liegt und lag nie über 50" */
export const neverSo = ({ verb, rest, after = [] }: Predicate): Phrase => [
	`${verb} und ${past[verb]} nie `,
	...rest,
	...after
];
