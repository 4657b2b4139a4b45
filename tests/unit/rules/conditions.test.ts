import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOf, kinds, type Condition } from '$lib/rules/conditions/registry';
import { german } from '$lib/rules/german';
import { parseRule } from '$lib/rules/parse';
import { textOf } from '$lib/rules/phrase';
import { NodeId } from '$lib/rules/rule';
import { exampleFiles, allExamples } from '../../fixtures/examples';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

test.each(kinds)('$kind has examples', ({ kind }) => {
	expect(exampleFiles).toHaveProperty([`/src/lib/rules/conditions/${kind}/examples.ts`]);
});

const ruleOf = (condition: Condition) => {
	const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};

describe.each(allExamples)('$explains', ({ condition, explains, german: inGerman, members }) => {
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
