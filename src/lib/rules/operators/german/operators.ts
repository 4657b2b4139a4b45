import type { Say } from '../operator';
import type { Predicate } from './predicate';

/** What the editor shows of an operator. */
export interface OperatorWords {
	readonly label: string;
	/** Of a single value, where several could be given. */
	readonly ofOne?: string;
	readonly definition: string;
}

/** The operators of one family in German. */
export interface GermanOperators<T extends { readonly operator: string }> {
	readonly info: { readonly [O in T['operator']]: OperatorWords };
	explain(test: T, say: Say): Predicate;
}
