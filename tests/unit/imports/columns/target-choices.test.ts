import { expect, test } from 'vitest';
import { typeOptions } from '$lib/fields/type-names';
import { careOf, choiceOf, targetChoices, targetOf } from '$lib/imports/columns/target-choices';
import type { ColumnTarget } from '$lib/imports/mapping';
import { plainStyle } from '$lib/imports/values/style';
import { counter, definitionsWith } from '../../../fixtures/csv/files';

const definitions = definitionsWith({ fields: [{ id: 'plan', name: 'Plan', type: 'text' }] });
const column = { name: 'Status', target: { target: 'ignore' } satisfies ColumnTarget };

test.each(['contacts', 'events'] as const)(
	'every choice for %s is a target, and the target is that choice',
	(kind) => {
		for (const { value } of targetChoices(kind, definitions))
			expect(choiceOf(targetOf(value, column, ['yes'], counter(), definitions))).toBe(value);
	}
);

test('what Winnow keeps by itself, or with more care, is not offered as a plain field', () => {
	const offered = targetChoices('contacts', definitions).map(({ value }) => value);
	expect(offered).toContain('field plan');
	for (const field of ['email', 'email_consent', 'sms_consent', 'updated_at'])
		expect(offered).not.toContain(`field ${field}`);
});

test('types are called, and stand, as they do among the fields', () => {
	const offered = targetChoices('contacts', definitions).filter(({ value }) =>
		value.startsWith('new ')
	);
	expect(offered.map(({ value, label }) => [value, label])).toEqual(
		typeOptions.map(({ value, label }) => [
			`new ${value}`,
			`+ New field: ${value === 'json' ? label : label.toLowerCase()}`
		])
	);
});

test('another type of a new field keeps its name and id', () => {
	const before = {
		name: 'Since',
		target: {
			target: 'newField',
			field: { id: 'f1', name: 'Member since', type: 'text' }
		} satisfies ColumnTarget
	};
	expect(targetOf('new date', before, [], counter(), definitions)).toEqual({
		target: 'newField',
		field: { id: 'f1', name: 'Member since', type: 'date' }
	});
});

test('a column made one of consent proposes what its values say', () => {
	expect(
		targetOf('consent sms', column, ['Yes', 'no', 'Never subscribed'], counter(), definitions)
	).toEqual({
		target: 'consent',
		channel: 'sms',
		says: { yes: 'subscribed', no: 'unsubscribed', 'never subscribed': 'nothing' },
		otherwise: null,
		polarity: 'yes'
	});
});

test('a person must look at consent, and may settle the order of dates', () => {
	const care = (target: ColumnTarget, style = plainStyle) =>
		careOf({ name: 'x', target, style }, definitions);
	expect(care(targetOf('consent email', column, [], counter(), definitions)).consent).toBe(true);
	expect(care({ target: 'field', field: 'created_at' }).order).toBe(false);
	expect(care({ target: 'field', field: 'created_at' }, { ...plainStyle, ask: true }).order).toBe(
		true
	);
	expect(care({ target: 'time' }, { ...plainStyle, order: 'day' }).order).toBe(true);
	expect(care({ target: 'tags' }).separator).toBe(true);
	expect(care({ target: 'value', name: 'Total' }).decimal).toBe(true);
});

test('a property that is something else than the one of its name is one of its own', () => {
	const items = { id: 'items', name: 'Items' };
	const eventTypes = new Map([
		['order', { id: 'order', name: 'Order', properties: [{ ...items, type: 'json' as const }] }]
	]);
	const propertyFor = (choice: string, types: typeof eventTypes) => {
		const column = { name: 'Items', target: { target: 'ignore' } satisfies ColumnTarget };
		return targetOf(choice, column, [], counter(), { eventTypes: types });
	};
	const json = { target: 'property', property: { ...items, type: 'json' } };
	expect(propertyFor('property json', eventTypes)).toEqual(json);
	expect(propertyFor('property number', eventTypes)).toEqual({
		target: 'property',
		property: { id: 'items_number', name: 'Items', type: 'number' }
	});
	expect(propertyFor('property json', new Map())).toEqual(json);
});
