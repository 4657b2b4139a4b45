import type { Family } from '$lib/fields/field';
import type { Phrase } from '../../phrase';
import type { AnyTest, Comparison } from '../families';
import type { Say } from '../operator';
import { boolean } from './boolean';
import { multiselect } from './multiselect';
import { number } from './number';
import type { GermanOperators } from './operators';
import type { Predicate } from './predicate';
import { select } from './select';
import { text } from './text';
import { date, datetime } from './time';

type TestOf<F extends Family> = Extract<Comparison, { readonly of: F }>['test'];

/** A family without German, or an operator of one, does not type-check. */
const families: { readonly [F in Family]: GermanOperators<TestOf<F>> } = {
	text,
	number,
	boolean,
	date,
	datetime,
	select,
	multiselect
};

/** The one cast about families: TypeScript cannot tie a looked-up family to its own test. */
export const germanOperatorsOf = (family: Family): GermanOperators<AnyTest> =>
	families[family] as unknown as GermanOperators<AnyTest>;

export const predicateOf = ({ of, test }: Comparison, say: Say): Predicate =>
	germanOperatorsOf(of).explain(test, say);

const missingWords = { include: ' (oder kein Wert)', exclude: ' (nur mit Wert)' } as const;

/** What a comparison says about missing values beside its operator. */
export const sayMissing = ({ missing }: Comparison): Phrase =>
	missing ? [missingWords[missing]] : [];
