import { expect, test } from 'vitest';
import type { Example } from '$lib/rules/conditions/example';
import { FieldCondition } from '$lib/rules/conditions/field/field';
import { examples } from '$lib/rules/conditions/field/examples';
import { decidesMissing } from '$lib/rules/conditions/field/missing';
import { holds, isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { definitions, moment, people } from '../../../fixtures/people';

const condition = (operator: string, missing?: string) =>
	FieldCondition.parse({
		kind: 'field',
		field: 'country',
		of: 'text',
		test: { operator, value: 'CH' },
		...(missing ? { missing } : {})
	});

test('a positive operator leaves them out as anybody expects, and decides nothing', () => {
	expect(decidesMissing(condition('is'))).toBeUndefined();
	expect(decidesMissing(condition('hasNoValue'))).toBeUndefined();
	expect(decidesMissing(condition('is', 'include'))?.included).toBe(true);
	expect(decidesMissing(condition('isNot'))?.included).toBe(true);
	expect(decidesMissing(condition('isNot', 'exclude'))?.included).toBe(false);
});

test('turned twice it is the condition it was', () => {
	const turned = decidesMissing(condition('isNot'))!.turned;
	expect(turned).toEqual(condition('isNot', 'exclude'));
	expect(decidesMissing(turned)!.turned).toEqual(condition('isNot'));
});

const deciding = examples.filter(({ condition }) => decidesMissing(condition));
test.each(deciding)(
	'of “$explains” it names just those who change',
	({ condition }: Example<FieldCondition>) => {
		const { without, included, turned } = decidesMissing(condition)!;
		const membersOf = (condition: FieldCondition) => {
			const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
			if (!rule.ok) throw new Error(JSON.stringify(rule.error));
			return people.filter((person) => isMember(rule.value, person, moment));
		};
		const [before, after] = [membersOf(condition), membersOf(turned)];
		const lacking = people.filter((person) => !person.archived && holds(without, person, moment));
		expect(included ? before : after).toEqual(expect.arrayContaining(lacking));
		expect((included ? before : after).filter((person) => !lacking.includes(person))).toEqual(
			included ? after : before
		);
	}
);

test('there is something to decide in some of them', () => {
	expect(deciding.length).toBeGreaterThan(5);
});
