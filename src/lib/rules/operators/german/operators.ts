import type { OperatorWords } from '../../language';
import type { Say } from '../operator';
import type { Predicate } from './predicate';

/** What an editor calls an operator; of one value it may be called as of several. */
export type GermanWords = Omit<OperatorWords, 'ofOne'> & Partial<Pick<OperatorWords, 'ofOne'>>;

/** The operators of one family in German. */
export interface GermanOperators<T extends { readonly operator: string }> {
	readonly info: { readonly [O in T['operator']]: GermanWords };
	explain(test: T, say: Say): Predicate;
}
