import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Example } from '$lib/rules/conditions/example';
import { kindOf, kinds, type Condition } from '$lib/rules/conditions/registry';
import { german } from '$lib/rules/german';
import { parseRule } from '$lib/rules/parse';
import { textOf } from '$lib/rules/phrase';
import { NodeId } from '$lib/rules/rule';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

type Module = { examples: Example<Condition>[] };
const modules = import.meta.glob<Module>('/src/lib/rules/conditions/*/examples.ts', {
	eager: true
});

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

test.each(kinds)('$kind has examples', ({ kind }) => {
	expect(modules).toHaveProperty([`/src/lib/rules/conditions/${kind}/examples.ts`]);
});

const all = Object.values(modules).flatMap((module) => module.examples);

const ruleOf = (condition: Condition) => {
	const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};

describe.each(all)('$explains', ({ condition, explains, german: inGerman, members }) => {
	const kind = kindOf(condition);

	test('survives a round trip through its schema', () => {
		expect(kind.schema.parse(JSON.parse(JSON.stringify(condition)))).toEqual(condition);
	});

	test('reads as it should', () => {
		expect(textOf(kind.explain(condition, definitions))).toBe(explains);
		expect(textOf(german.condition(condition, definitions))).toBe(inGerman);
	});

	test('holds for just the people it should', async () => {
		const rule = ruleOf(condition);
		expect(population.byOracle(rule, moment)).toEqual(members);
		expect(await population.bySql(rule, moment)).toEqual(members);
		expect(await population.byBitmap(rule, moment)).toEqual(members);
	});

	test('and its opposite part everyone in two', async () => {
		const opposite = kind.opposite(condition);
		if (!opposite) return;
		const others = people
			.filter(({ name, archived }) => !archived && !members.includes(name))
			.map(({ name }) => name);
		expect(await population.bySql(ruleOf(opposite), moment)).toEqual(others);
	});
});
