import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftOf, PortableRule, portableOf } from '$lib/portable/rule';
import { compileCondition } from '$lib/rules/compile';
import { conditionsOf } from '$lib/rules/conditions-of';
import { parseRule } from '$lib/rules/parse';
import { NodeId, nodesOf, type DraftRule } from '$lib/rules/rule';
import { join, render, Sql, sql } from '$lib/sql';
import { openTestDatabase } from '../../fixtures/database';
import { Population } from '../../fixtures/population';
import { openOwnServer } from '../../fixtures/postgres';
import { noPostgres } from '../../fixtures/postgres-server';
import { randomDefinitions, randomRule } from '../../fixtures/random-rules';
import { peopleOf, ruleOf, worlds } from '../../fixtures/worlds';

test('a rule comes back from a file as it was', () => {
	fc.assert(
		fc.property(randomRule, (draft) => {
			const file: unknown = JSON.parse(JSON.stringify(portableOf(draft)));
			expect(draftOf(PortableRule.parse(file))).toEqual(draft);
		}),
		{ numRuns: 2_000, seed: 7 }
	);
});

let ids = 0;
const group = (match: string, ...children: DraftRule[]): DraftRule => ({
	type: 'group',
	id: NodeId.parse(`law${ids++}`),
	match,
	children
});
const depthOf = (draft: DraftRule): number =>
	draft.type === 'condition' ? 0 : 1 + Math.max(...draft.children.map(depthOf));
const none = (...children: DraftRule[]) => group('none', ...children);

/** The rule with one of its nodes switched off. */
const muted = (draft: DraftRule, id: NodeId): DraftRule =>
	draft.id === id
		? { ...draft, muted: true }
		: draft.type === 'group'
			? { ...draft, children: draft.children.map((child) => muted(child, id)) }
			: draft;

/** The rule without one of its nodes, and without groups that have nothing else in them; nothing if nothing is left. */
function without(draft: DraftRule, isGone: (draft: DraftRule) => boolean): DraftRule | undefined {
	if (isGone(draft)) return;
	if (draft.type === 'condition') return draft;
	const children = draft.children.flatMap((child) => without(child, isGone) ?? []);
	return children.length > 0 ? { ...draft, children } : undefined;
}

const places = [
	{ place: 'in the browser’s Postgres', open: openTestDatabase, skipped: undefined },
	{
		place: `on a server's Postgres (${noPostgres ?? 'there is one'})`,
		open: openOwnServer,
		skipped: noPostgres
	}
];

describe.each(places)('$place', ({ open, skipped }) => {
	const moment = worlds[7]!;
	let population: Population;
	beforeAll(async () => {
		if (skipped) return;
		population = await Population.open(await open());
		await population.fill(peopleOf(moment, 31), randomDefinitions);
	});
	afterAll(() => population?.close());

	/** Who a draft holds for, in SQL and as bitmaps; nothing where there is nothing to evaluate. */
	async function members(draft: DraftRule | undefined) {
		const rule = draft && parseRule(draft, randomDefinitions);
		if (!rule?.ok) return undefined;
		const found = await population.bySql(rule.value, moment);
		expect(await population.byBitmap(rule.value, moment)).toEqual(found);
		return found;
	}
	/** What is put into two more groups is not to be deeper than a rule may be. */
	const shallow = ruleOf(moment).filter((draft) => depthOf(draft) <= 6);
	const law = (holds: (a: DraftRule, b: DraftRule) => Promise<void>) =>
		fc.assert(fc.asyncProperty(shallow, shallow, holds), { numRuns: 100, seed: 8 });

	test.skipIf(skipped)('none of two is all of none of the one and none of the other', () =>
		law(async (a, b) => {
			expect(await members(none(a, b))).toEqual(await members(group('all', none(a), none(b))));
			expect(await members(none(group('all', a, b)))).toEqual(
				await members(group('any', none(a), none(b)))
			);
		})
	);

	test.skipIf(skipped)('none of none of a rule is the rule', () =>
		law(async (a) => {
			expect(await members(none(none(a)))).toEqual(await members(a));
		})
	);

	test.skipIf(skipped)('what is switched off is as good as not there', () =>
		law(async (a, b) => {
			const [, ...nodes] = nodesOf(a);
			const off = nodes[[...nodesOf(b)].length % nodes.length]!.id; // any of them, the same each time
			const rest = without(a, ({ id, muted }) => id === off || muted === true);
			expect(await members(muted(a, off))).toEqual(await members(rest));
		})
	);

	test.skipIf(skipped)('no condition is ever neither true nor false', async () => {
		const predicates: Sql[] = [];
		for (const draft of fc.sample(ruleOf(moment), { seed: 9, numRuns: 400 })) {
			const rule = parseRule(draft, randomDefinitions);
			if (!rule.ok) continue;
			for (const condition of conditionsOf(rule.value)) {
				const { select, where } = compileCondition(condition, moment);
				if (where) predicates.push(sql`select 1 from contact where (${where}) is null`);
				const having = havingNull(select);
				if (having) predicates.push(having);
			}
		}
		expect(predicates.length).toBeGreaterThan(500);
		for (let from = 0; from < predicates.length; from += 20) {
			const some = predicates.slice(from, from + 20).map((one) => sql`exists (${one})`);
			const rows = await population.database.rows<{ nulls: boolean[] }>(
				sql`select array[${join(some, sql`, `)}] as nulls`
			);
			const nulls = some.filter((_, i) => rows[0]!.nulls[i]);
			expect(nulls.map((one) => render(one).text)).toEqual([]);
		}
	});
});

/** Of a set that ends with `having`: the same rows where that is null. */
function havingNull({ strings, values }: Sql): Sql | undefined {
	const having = ' having ';
	const place = strings.findLastIndex((text) => text.includes(having));
	// Behind it nothing is asked but that: brackets that close what is around it would come too many.
	const rest = strings.slice(place).join('');
	const after = rest.slice(rest.lastIndexOf(having) + having.length);
	if (place === -1 || after.split('(').length !== after.split(')').length) return;
	const parts = [...strings];
	const at = parts[place]!.lastIndexOf(having) + having.length;
	parts[place] = `${parts[place]!.slice(0, at)}(${parts[place]!.slice(at)}`;
	parts[parts.length - 1] += ') is null';
	return new Sql(parts, values);
}

test('muting everything leaves nothing to evaluate', () => {
	fc.assert(
		fc.property(randomRule, (draft) => {
			const rule = parseRule({ ...draft, muted: true }, randomDefinitions);
			expect(rule.ok ? [] : rule.error.map(({ type }) => type)).toEqual(['NothingLeft']);
		}),
		{ numRuns: 200, seed: 10 }
	);
});
