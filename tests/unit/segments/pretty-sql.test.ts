import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileRule } from '$lib/rules/compile';
import { parseRule } from '$lib/rules/parse';
import { prettySql } from '$lib/segments/pretty-sql';
import { sqlOf } from '$lib/segments/sql-of';
import { knownOf } from '$lib/segments/templates/known';
import { templates } from '$lib/segments/templates/templates';
import { inline, Sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';
import { randomDefinitions, randomMoment, randomRule } from '../../fixtures/random-rules';

describe('prettySql', () => {
	it('puts the parts of a set under each other', () => {
		expect(prettySql('select cno from a where x = 1 and y = 2')).toBe(
			'select cno\nfrom a\nwhere x = 1\nand y = 2'
		);
		expect(prettySql('(select a from b) except ((select c from d))')).toBe(
			'(\n  select a\n  from b\n)\nexcept\n((\n  select c\n  from d\n))'
		);
	});

	it('leaves brackets of values and the ends of a range in their line', () => {
		expect(prettySql('select a from b where f(c, d) and e between 1 and 2')).toBe(
			'select a\nfrom b\nwhere f(c, d)\nand e between 1 and 2'
		);
	});

	it('never touches what is quoted', () => {
		const text = "'it''s  (select) and   more'";
		expect(prettySql(`select a from b where c = ${text}`)).toContain(text);
	});

	it('changes nothing but white space outside of quotes', () => {
		const bare = (text: string) =>
			text.replace(/('(?:[^']|'')*')|\s+/g, (_, quoted) => quoted ?? '');
		fc.assert(
			fc.property(randomRule, (draft) => {
				const rule = parseRule(draft, randomDefinitions);
				if (!rule.ok) return;
				const statement = inline(compileRule(rule.value, randomMoment));
				expect(bare(prettySql(statement))).toBe(bare(statement));
			}),
			{ numRuns: 300, seed: 7 }
		);
	});
});

describe('the SQL of a segment', () => {
	let population: Population;
	beforeAll(async () => {
		population = await Population.open();
		await population.fill(people, definitions);
	});
	afterAll(() => population.close());

	it('run by itself gives the members', async () => {
		let somebody = 0;
		let compared = 0;
		const facts = {
			events: ['email_delivered'],
			filled: ['first_name', 'email_consent_at'],
			campaign: { name: 'Spring', delivered: true },
			link: 'https://shop.example/it’s',
			bestSelling: [],
			highOrder: 88
		};
		const known = knownOf(facts, definitions);
		for (const { name, rule: ruleOf } of templates) {
			const rule = parseRule(ruleOf(known), definitions);
			if (!rule.ok) continue;
			compared++;
			const rows = await population.database.rows<{ cno: number }>(
				new Sql([sqlOf(rule.value, moment)], [])
			);
			const members = rows.map(({ cno }) => people[cno]!.name).sort();
			expect(members, name).toEqual(population.byOracle(rule.value, moment));
			somebody += members.length;
		}
		// All but a point to be near to, and what was bought.
		expect(compared).toBe(templates.length - 2);
		expect(somebody).toBeGreaterThan(0);
	});
});
