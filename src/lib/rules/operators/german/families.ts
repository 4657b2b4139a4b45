import type { Family } from '$lib/fields/field';
import { families as english, type AnyTest, type Comparison } from '../families';
import type { OperatorWords } from '../../language';
import type { OperatorInfo, Say } from '../operator';
import { boolean } from './boolean';
import { json } from './json';
import { multiselect } from './multiselect';
import { number } from './number';
import type { GermanOperators, GermanWords } from './operators';
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
	multiselect,
	json
};

/** What an operator is called: by the very object that says it in English, which is all that editors pass on. */
const byInfo = new Map(
	Object.entries(english).flatMap(([family, { info }]) => {
		const words: Readonly<Record<string, GermanWords>> = families[family as Family].info; // its own keys
		return Object.entries<OperatorInfo>(info).map(([operator, own]) => [own, words[operator]!]);
	})
);

/** Nothing of an operator that an editor made up. */
export function operatorInGerman(info: OperatorInfo): OperatorWords | undefined {
	const words = byInfo.get(info);
	return words && { ofOne: words.label, ...words };
}

/** The one cast about families: TypeScript cannot tie a looked-up family to its own test. */
const germanOperatorsOf = (family: Family): GermanOperators<AnyTest> =>
	families[family] as unknown as GermanOperators<AnyTest>;

export const predicateOf = ({ of, test }: Comparison, say: Say): Predicate =>
	germanOperatorsOf(of).explain(test, say);
