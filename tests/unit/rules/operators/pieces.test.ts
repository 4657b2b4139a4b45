import { expect, expectTypeOf, test } from 'vitest';
import { sql } from '$lib/sql';
import { boolean, type BooleanTest } from '$lib/rules/operators/boolean';
import { families, operatorInfos } from '$lib/rules/operators/families';
import { select } from '$lib/rules/operators/select';
import { text } from '$lib/rules/operators/text';
import { moment } from '../../../fixtures/people';

const noSibling = () => {
	throw new Error('not asked');
};

type Asked<O extends { sql(test: never, ...rest: never[]): unknown }> = Parameters<
	O['sql']
>[0]['operator'];

// Types are checked by `npm run check`: what is here is what `sql` and `holds` must answer, and no more.
test('SQL and predicates are asked of positive operators alone, and of each of them', () => {
	expectTypeOf<Asked<typeof boolean>>().toEqualTypeOf<'isTrue' | 'isFalse'>();
	expectTypeOf<Asked<typeof select>>().toEqualTypeOf<'is' | 'isAnyOf'>();
	expectTypeOf<Asked<typeof text>>().toEqualTypeOf<
		| 'is'
		| 'isAnyOf'
		| 'contains'
		| 'containsAnyOf'
		| 'startsWith'
		| 'endsWith'
		| 'matches'
		| 'domainIs'
		| 'domainIsAnyOf'
	>();
});

test('an operator that got past the types is an error, never taken for another', () => {
	const odd = { operator: 'isMaybe' } as unknown as { operator: 'isTrue' } & BooleanTest;
	expect(() => boolean.sql(odd, sql`x`, moment, noSibling)).toThrow('isMaybe');
	expect(() => boolean.holds(odd, false, moment, noSibling)).toThrow('isMaybe');
});

test.each(Object.keys(families) as (keyof typeof families)[])(
	'a negative operator of %s is that which its positive one names as its opposite',
	(family) => {
		const infos = new Map(operatorInfos(family, family === 'text' ? 'email' : family));
		for (const [operator, { partner }] of infos) {
			const complement = (
				families[family] as { complementOf(test: object): { operator: string } | undefined }
			).complementOf({ operator });
			if (complement) {
				expect(partner).toBe(complement.operator);
				expect(infos.get(complement.operator)?.partner).toBe(operator);
			}
		}
	}
);
