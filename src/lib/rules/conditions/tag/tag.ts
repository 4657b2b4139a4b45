import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { CountTest, countHolds, explainCount } from '../../operators/count';
import type { MultiselectTest } from '../../operators/multiselect';
import { listed } from '../../phrase';
import { counted } from '../counted';
import { defineKind, type Choice, type Compiled } from '../kind';

const Tags = z.array(z.string()).check(z.minLength(1, { error: 'Choose at least one tag.' }));

const TagTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(['anyOf', 'allOf', 'noneOf']), tags: Tags }),
	z.object({ operator: z.enum(['hasAny', 'hasNone']) }),
	z.object({ operator: z.literal('count'), count: CountTest })
]);

export const TagCondition = z.object({ kind: z.literal('tag'), test: TagTest });
export type TagCondition = z.infer<typeof TagCondition>;

export const tagOperators: Record<TagCondition['test']['operator'], string> = {
	anyOf: 'is tagged any of',
	allOf: 'is tagged all of',
	noneOf: 'is tagged none of',
	hasAny: 'has any tag',
	hasNone: 'has no tag',
	count: 'has a number of tags'
};

const opposites = {
	anyOf: 'noneOf',
	noneOf: 'anyOf',
	hasAny: 'hasNone',
	hasNone: 'hasAny'
} as const;

export const tag = defineKind<TagCondition, Compiled<TagCondition>>({
	kind: 'tag',
	definition: 'Has any, all or none of some tags, or so many of them.',
	sign: () => 'group',
	schema: TagCondition,
	reads: ['contact_tag'],

	references: ({ test }) => ('tags' in test ? test.tags.map((id) => ({ type: 'tag', id })) : []),
	problems: () => [],

	compile({ test }) {
		switch (test.operator) {
			case 'anyOf':
			case 'noneOf':
				return {
					select: sql`select cno from contact_tag where tag = any(${test.tags}::text[])`,
					negated: test.operator === 'noneOf'
				};
			case 'allOf':
				return {
					select: sql`select cno from contact_tag where tag = any(${test.tags}::text[]) group by cno having count(*) = ${new Set(test.tags).size}::int`,
					negated: false
				};
			case 'hasAny':
			case 'hasNone':
				return { select: sql`select cno from contact_tag`, negated: test.operator === 'hasNone' };
			case 'count':
				return counted(test.count, sql`select cno from contact_tag`);
			default:
				return unreachable(test);
		}
	},

	holds({ test }, { tags }) {
		switch (test.operator) {
			case 'anyOf':
				return test.tags.some((tag) => tags.includes(tag));
			case 'noneOf':
				return !test.tags.some((tag) => tags.includes(tag));
			case 'allOf':
				return test.tags.every((tag) => tags.includes(tag));
			case 'hasAny':
				return tags.length > 0;
			case 'hasNone':
				return tags.length === 0;
			case 'count':
				return countHolds(test.count, tags.length);
			default:
				return unreachable(test);
		}
	},

	explain({ test }, definitions) {
		const names = (ids: readonly string[]) =>
			ids.map((id) => definitions.tags.get(id) ?? 'a deleted tag');
		switch (test.operator) {
			case 'anyOf':
				return ['is tagged ', ...listed(names(test.tags), 'or')];
			case 'allOf':
				return ['is tagged ', ...listed(names(test.tags), 'and')];
			case 'noneOf':
				return ['is not tagged ', ...listed(names(test.tags), 'or')];
			case 'hasAny':
			case 'hasNone':
				return [tagOperators[test.operator]];
			case 'count':
				return ['has ', ...explainCount(test.count, 'tag')];
			default:
				return unreachable(test);
		}
	},

	choices: ({ tags }) => [
		{
			label: 'Tag',
			group: 'Lists and tags',
			aliases: ['tagged', 'label'],
			condition: { kind: 'tag', test: { operator: 'anyOf', tags: [] } }
		},
		...[...tags].map(([id, name]) => tagged(id, name))
	],

	opposite({ kind, test }) {
		if (test.operator === 'allOf' || test.operator === 'count') return;
		return TagCondition.parse({ kind, test: { ...test, operator: opposites[test.operator] } });
	},

	ofOneValue: ({ test }) => ({
		about: 'tags',
		comparison: { of: 'multiselect', test: asChoices(test) }
	})
});

/** Tags are chosen as options are. */
function asChoices(test: TagCondition['test']): MultiselectTest {
	switch (test.operator) {
		case 'anyOf':
			return { operator: 'includesAny', values: test.tags };
		case 'allOf':
			return { operator: 'includesAll', values: test.tags };
		case 'noneOf':
			return { operator: 'includesNone', values: test.tags };
		case 'hasAny':
			return { operator: 'hasValue' };
		case 'hasNone':
			return { operator: 'hasNoValue' };
		case 'count':
			return test;
		default:
			return unreachable(test);
	}
}

/** What the picker offers of one tag. */
export const tagged = (id: string, name: string): Choice => ({
	label: `Tagged ${name}`,
	group: 'Lists and tags',
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: [id] } }
});
