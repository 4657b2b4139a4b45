import * as z from 'zod/mini';
import { unreachable } from '$lib/result';
import { sql } from '$lib/sql';
import { datetime } from '../../operators/datetime';
import { Window, windowHolds, windowSql } from '../../operators/window';
import { listed, type Phrase } from '../../phrase';
import { defineKind, type Choice, type Compiled } from '../kind';

const Lists = z.array(z.string()).check(z.minLength(1, { error: 'Choose at least one list.' }));

const ListTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(['inAny', 'inAll', 'inNone']), lists: Lists }),
	z.object({ operator: z.literal('inNoList') }),
	z.object({ operator: z.literal('joined'), lists: Lists, window: Window })
]);

export const ListCondition = z.object({ kind: z.literal('list'), test: ListTest });
export type ListCondition = z.infer<typeof ListCondition>;

export const listOperators: Record<ListCondition['test']['operator'], string> = {
	inAny: 'is in any of the lists',
	inAll: 'is in all of the lists',
	inNone: 'is in none of the lists',
	inNoList: 'is in no list',
	joined: 'joined a list'
};

export const list = defineKind<ListCondition, Compiled<ListCondition>>({
	kind: 'list',
	definition: 'Is in any, all or none of some lists, or joined one of them in a stretch of time.',
	sign: () => 'group',
	schema: ListCondition,
	reads: ['list_member'],

	references: ({ test }) => ('lists' in test ? test.lists.map((id) => ({ type: 'list', id })) : []),
	problems: () => [],

	compile({ test }, moment) {
		switch (test.operator) {
			case 'inAny':
			case 'inNone':
				return {
					select: sql`select cno from list_member where list = any(${test.lists}::text[])`,
					negated: test.operator === 'inNone'
				};
			case 'inAll':
				return {
					select: sql`select cno from list_member where list = any(${test.lists}::text[]) group by cno having count(*) = ${new Set(test.lists).size}::int`,
					negated: false
				};
			case 'inNoList':
				return { select: sql`select cno from list_member`, negated: true };
			case 'joined':
				return {
					select: sql`select cno from list_member where list = any(${test.lists}::text[]) and ${windowSql(test.window, sql`at`, moment)}`,
					negated: false
				};
			default:
				return unreachable(test);
		}
	},

	holds({ test }, { lists }, moment) {
		const isIn = (id: string) => lists.some((list) => list.id === id);
		switch (test.operator) {
			case 'inAny':
				return test.lists.some(isIn);
			case 'inNone':
				return !test.lists.some(isIn);
			case 'inAll':
				return test.lists.every(isIn);
			case 'inNoList':
				return lists.length === 0;
			case 'joined':
				return lists.some(
					({ id, at }) => test.lists.includes(id) && windowHolds(test.window, at, moment)
				);
			default:
				return unreachable(test);
		}
	},

	explain({ test }, definitions): Phrase {
		const names = (ids: readonly string[]) =>
			ids.map((id) => definitions.lists.get(id) ?? 'a deleted list');
		switch (test.operator) {
			case 'inAny':
				return ['is in list ', ...listed(names(test.lists), 'or')];
			case 'inAll':
				return ['is in list ', ...listed(names(test.lists), 'and')];
			case 'inNone':
				return ['is not in list ', ...listed(names(test.lists), 'or')];
			case 'inNoList':
				return [listOperators.inNoList];
			case 'joined':
				return [
					'joined list ',
					...listed(names(test.lists), 'or'),
					' ',
					...datetime.explain(test.window, { value: String, field: String })
				];
			default:
				return unreachable(test);
		}
	},

	choices: ({ lists }) => [
		{
			label: 'List',
			group: 'Lists and tags',
			aliases: ['list membership'],
			condition: { kind: 'list', test: { operator: 'inAny', lists: [] } }
		},
		...[...lists].map(([id, name]) => inList(id, name))
	],

	opposite({ kind, test }) {
		if (test.operator === 'inAny') return { kind, test: { ...test, operator: 'inNone' } };
		if (test.operator === 'inNone') return { kind, test: { ...test, operator: 'inAny' } };
		return;
	}
});

/** What the picker offers of one list. */
export const inList = (id: string, name: string): Choice => ({
	label: `In list ${name}`,
	group: 'Lists and tags',
	condition: { kind: 'list', test: { operator: 'inAny', lists: [id] } }
});
