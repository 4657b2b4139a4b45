import * as z from 'zod/mini';
import { textKey } from '$lib/text-key';
import { unreachable } from '$lib/result';
import { join, sql } from '$lib/sql';
import { value as chosen } from '../phrase';
import { fits } from './fits';
import { FieldOperand, isFieldOperand, Text, Texts } from './operand';
import {
	explainValue,
	explainValues,
	positiveOf,
	type Negatives,
	type OperatorInfo,
	type Operators,
	type Positive
} from './operator';
import { readPattern } from './pattern';
import { presence, presenceTests } from './presence';

const one = ['is', 'isNot'] as const;
const literals = [
	'contains',
	'doesNotContain',
	'startsWith',
	'doesNotStartWith',
	'endsWith',
	'doesNotEndWith',
	'domainIs',
	'domainIsNot'
] as const;
const many = [
	'isAnyOf',
	'isNoneOf',
	'containsAnyOf',
	'containsNoneOf',
	'domainIsAnyOf',
	'domainIsNoneOf'
] as const;
const patterns = ['matches', 'doesNotMatch'] as const;

const Pattern = z.string().check((context) => {
	const pattern = readPattern(context.value);
	if (!pattern.ok)
		context.issues.push({ code: 'custom', input: context.value, message: pattern.error });
});

const TextTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(one), value: z.union([Text, FieldOperand]) }),
	z.object({ operator: z.enum(literals), value: Text }),
	z.object({ operator: z.enum(many), values: Texts }),
	z.object({ operator: z.enum(patterns), pattern: Pattern }),
	...presenceTests
]);
export type TextTest = z.infer<typeof TextTest>;

const email = ['email'] as const;

const info: Record<TextTest['operator'], OperatorInfo> = {
	is: {
		label: 'is',
		definition: 'The same text. Capitals do not matter, accents do.',
		aliases: ['equals', '='],
		partner: 'isNot'
	},
	isNot: {
		label: 'is not',
		definition: 'Any other text, or none at all.',
		aliases: ['does not equal', '!='],
		partner: 'is'
	},
	isAnyOf: {
		label: 'is any of',
		definition: 'One of several texts.',
		aliases: ['in', 'is in', 'is one of', 'including', 'matches list'],
		partner: 'isNoneOf'
	},
	isNoneOf: {
		label: 'is none of',
		definition: 'None of several texts, or no value.',
		aliases: ['not in', 'is not in', 'is not one of', 'excluding'],
		partner: 'isAnyOf'
	},
	contains: {
		label: 'contains',
		definition: 'The text stands somewhere in it.',
		aliases: ['includes', 'like'],
		partner: 'doesNotContain'
	},
	doesNotContain: {
		label: 'does not contain',
		definition: 'The text stands nowhere in it, or there is no value.',
		aliases: ['not like'],
		partner: 'contains'
	},
	containsAnyOf: {
		label: 'contains any of',
		definition: 'At least one of the texts stands in it.',
		partner: 'containsNoneOf'
	},
	containsNoneOf: {
		label: 'contains none of',
		definition: 'None of the texts stands in it, or there is no value.',
		partner: 'containsAnyOf'
	},
	startsWith: {
		label: 'starts with',
		definition: 'It begins with the text.',
		aliases: ['begins with', 'prefix'],
		partner: 'doesNotStartWith'
	},
	doesNotStartWith: {
		label: 'does not start with',
		definition: 'It begins otherwise, or there is no value.',
		partner: 'startsWith'
	},
	endsWith: {
		label: 'ends with',
		definition: 'It ends with the text.',
		aliases: ['suffix'],
		partner: 'doesNotEndWith'
	},
	doesNotEndWith: {
		label: 'does not end with',
		definition: 'It ends otherwise, or there is no value.',
		partner: 'endsWith'
	},
	matches: {
		label: 'matches pattern',
		definition:
			'A pattern such as ^a.*z$ fits: . any character, [abc] one of, * + ? {2,5} repeats, | or.',
		aliases: ['regex', 'regular expression'],
		partner: 'doesNotMatch'
	},
	doesNotMatch: {
		label: 'does not match pattern',
		definition: 'The pattern fits nowhere, or there is no value.',
		aliases: ['not regex'],
		partner: 'matches'
	},
	domainIs: {
		label: 'domain is',
		definition: 'The part after the last @ is exactly this.',
		partner: 'domainIsNot',
		only: email
	},
	domainIsNot: {
		label: 'domain is not',
		definition: 'Another domain, or no address.',
		partner: 'domainIs',
		only: email
	},
	domainIsAnyOf: {
		label: 'domain is any of',
		definition: 'One of several domains.',
		partner: 'domainIsNoneOf',
		only: email
	},
	domainIsNoneOf: {
		label: 'domain is none of',
		definition: 'None of several domains, or no address.',
		partner: 'domainIsAnyOf',
		only: email
	},
	...presence
};

const negatives = {
	isNot: 'is',
	isNoneOf: 'isAnyOf',
	doesNotContain: 'contains',
	containsNoneOf: 'containsAnyOf',
	doesNotStartWith: 'startsWith',
	doesNotEndWith: 'endsWith',
	doesNotMatch: 'matches',
	domainIsNot: 'domainIs',
	domainIsNoneOf: 'domainIsAnyOf'
} as const satisfies Negatives;

const domain = /@([^@]*)$/;

/** Text is compared by its key; `value` is one, and what a person typed is keyed here. */
export const text: Operators<TextTest, Positive<TextTest, keyof typeof negatives>> = {
	schema: TextTest,
	info,

	complementOf: (test) => positiveOf(test, negatives),

	sql(test, value, _, sibling) {
		switch (test.operator) {
			case 'is':
				return isFieldOperand(test.value)
					? sql`${value} = ${sibling(test.value.field)}`
					: sql`${value} = ${textKey(test.value)}`;
			case 'isAnyOf':
				return sql`${value} = any(${test.values.map(textKey)}::text[])`;
			case 'contains':
				return sql`strpos(${value}, ${textKey(test.value)}) > 0`;
			case 'containsAnyOf': {
				const each = test.values.map((part) => sql`strpos(${value}, ${textKey(part)}) > 0`);
				return sql`(${join(each, sql` or `)})`;
			}
			case 'startsWith':
				return sql`starts_with(${value}, ${textKey(test.value)})`;
			case 'endsWith':
				return sql`right(${value}, ${[...textKey(test.value)].length}) = ${textKey(test.value)}`;
			case 'matches': {
				const pattern = readPattern(test.pattern);
				if (!pattern.ok) throw new Error(pattern.error);
				return sql`${value} ~ ${pattern.value}`;
			}
			case 'domainIs':
				return sql`substring(${value} from '@([^@]*)$') = ${textKey(test.value)}`;
			case 'domainIsAnyOf':
				return sql`substring(${value} from '@([^@]*)$') = any(${test.values.map(textKey)}::text[])`;
			default:
				return unreachable(test);
		}
	},

	holds(test, value, _, sibling) {
		const key = String(value);
		switch (test.operator) {
			case 'is':
				return (
					key === (isFieldOperand(test.value) ? sibling(test.value.field) : textKey(test.value))
				);
			case 'isAnyOf':
				return test.values.some((other) => textKey(other) === key);
			case 'contains':
				return key.includes(textKey(test.value));
			case 'containsAnyOf':
				return test.values.some((part) => key.includes(textKey(part)));
			case 'startsWith':
				return key.startsWith(textKey(test.value));
			case 'endsWith':
				return key.endsWith(textKey(test.value));
			case 'matches': {
				const pattern = readPattern(test.pattern);
				return pattern.ok && fits(pattern.value, key);
			}
			case 'domainIs':
				return domain.exec(key)?.[1] === textKey(test.value);
			case 'domainIsAnyOf':
				return test.values.some((other) => domain.exec(key)?.[1] === textKey(other));
			default:
				return unreachable(test);
		}
	},

	explain(test, say) {
		const { label } = info[test.operator];
		switch (test.operator) {
			case 'hasValue':
			case 'hasNoValue':
				return [label];
			case 'is':
			case 'isNot':
				return isFieldOperand(test.value)
					? [`${label} the same as `, chosen(say.field(test.value.field))]
					: explainValue(label, test.value, say);
			case 'contains':
			case 'doesNotContain':
			case 'startsWith':
			case 'doesNotStartWith':
			case 'endsWith':
			case 'doesNotEndWith':
				return [`${label} `, chosen(`“${test.value}”`)];
			case 'domainIs':
			case 'domainIsNot':
				return [`${label} `, chosen(test.value)];
			case 'matches':
			case 'doesNotMatch':
				return [`${label} `, chosen(test.pattern)];
			case 'isAnyOf':
			case 'isNoneOf':
			case 'containsAnyOf':
			case 'containsNoneOf':
			case 'domainIsAnyOf':
			case 'domainIsNoneOf':
				return explainValues(label, test.values, 'or', say);
			default:
				return unreachable(test);
		}
	}
};
