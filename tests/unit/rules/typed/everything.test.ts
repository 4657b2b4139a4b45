import { describe, expect, test } from 'vitest';
import type { FieldType } from '$lib/fields/field';
import { kinds, type Condition } from '$lib/rules/conditions/registry';
import type { Definitions } from '$lib/rules/definitions';
import { parameterOf, type Parameter } from '$lib/rules/editing/parameter';
import { families, operatorInfos } from '$lib/rules/operators/families';
import { NodeId, rootId, type DraftGroup } from '$lib/rules/rule';
import { describeTypedIssue } from '$lib/rules/typed/issue';
import { printTyped, readTyped } from '$lib/rules/typed/rule';
import { allExamples } from '../../../fixtures/examples';
import { definitions } from '../../../fixtures/people';

const ruleOf = (condition: { readonly kind: string }): DraftGroup => ({
	type: 'group',
	id: rootId,
	match: 'all',
	children: [{ type: 'condition', id: NodeId.parse('root.1'), condition: { ...condition } }]
});

/** The text of a condition, having seen that it says that condition, in words. */
function typed(condition: { readonly kind: string }, definitions: Definitions): string {
	const text = printTyped(ruleOf(condition), definitions);
	expect(text).not.toContain('{');
	const read = readTyped(text, definitions);
	if (!read.ok) throw new Error(describeTypedIssue(read.error));
	expect(read.value).toEqual(ruleOf(JSON.parse(JSON.stringify(condition)) as { kind: string }));
	return text;
}

test('every example of every kind can be typed', () => {
	for (const { condition } of allExamples) typed(condition, definitions);
	expect(new Set(allExamples.map(({ condition }) => condition.kind)).size).toBe(kinds.length);
});

/** What each operator takes. */
const given: Readonly<Record<Parameter, Readonly<Record<string, unknown>>>> = {
	none: {},
	text: { value: 'a b' },
	pattern: { pattern: '^a(b|c)+$' },
	value: { value: 'a' },
	values: { values: ['a', 'b'] },
	number: { value: -1.5 },
	numberRange: { from: -1, to: 2.5 },
	day: { day: '2024-06-15' },
	when: { value: '2024-06-15' },
	whenRange: { from: '2024-06-14', to: '2024-06-15' },
	span: { n: 2, unit: 'week' },
	calendarSpan: { n: 1, unit: 'month' },
	agoRange: { near: 1, far: 3, unit: 'day' },
	period: { period: 'lastQuarter' },
	weekdays: { days: [6, 7] },
	months: { months: [1, 12] },
	count: { count: { operator: 'between', from: 1, to: 2 } },
	items: {
		where: [
			{ path: 'sku.0', of: 'text', test: { operator: 'is', value: 'it' }, missing: 'include' },
			{ of: 'number', test: { operator: 'atMost', value: 5 } }
		]
	},
	itemCount: {
		count: { operator: 'exactly', n: 1 },
		where: [{ path: 'it', of: 'boolean', test: { operator: 'isTrue' } }]
	}
};

const types: readonly FieldType[] = [
	...Object.keys(families).filter((family) => family in families),
	'email'
] as FieldType[]; // a record's keys are its own

describe.each(types)('of %s', (type) => {
	const of = type === 'email' ? 'text' : (type as keyof typeof families);
	const withField: Definitions = {
		...definitions,
		fields: new Map([['f', { id: 'f', name: 'It', type }]])
	};
	test.each(operatorInfos(of, type))('%s', (operator) => {
		const parameter = parameterOf(of, operator);
		const values =
			of === 'number' && parameter === 'values' ? { values: [0, 5] } : given[parameter];
		typed({ kind: 'field', ...{ field: 'f', of, test: { operator, ...values } } }, withField);
	});
});
