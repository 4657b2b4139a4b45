import { knownCountry } from '$lib/fields/place-names';
import type { DraftCondition } from '../rule';
import { valueOf } from './comparison';
import { named, type Form } from './form';
import { endsHere, type Input } from './input';
import type { Vocabulary } from './names';
import { single } from './values';

type Condition = DraftCondition['condition'];

/** A condition that one more value can be put to. */
interface Open {
	readonly value: Form<unknown>;
	/** Whether a value is one that the field knows, and no mere text. */
	isKnown(value: unknown): boolean;
	/** With one more value; nothing where it could be meant in two ways. */
	with(value: unknown): Condition | undefined;
}

/**
 * The value after "or" in "country is Germany or France": the condition before it with that value. Whether a condition
 * begins there has been tried. What could as well begin one that is not finished is refused.
 */
export function readAnother(input: Input, condition: Condition): Condition | undefined {
	const { at } = input;
	const open = openOf(condition, input.names);
	const { type, text } = input.next;
	const value = open?.value.read(input);
	if (open === undefined || value === undefined || !endsHere(input)) {
		input.at = at;
		return;
	}
	input.at = at;
	if (type === 'word' && !open.isKnown(value) && isCalled(text, input.names))
		return input.refuse('a condition, or a value in quotes', [JSON.stringify(text)]);
	const read = open.with(value);
	if (!read) return input.refuse('a condition: “is not … or …” is said as “is none of …, …”', []);
	open.value.read(input);
	return read;
}

function openOf(condition: Condition, names: Vocabulary): Open | undefined {
	const test = condition.test as Readonly<Record<string, unknown>> | undefined;
	if (condition.kind === 'tag' && test?.operator === 'anyOf' && Array.isArray(test.tags)) {
		const tags: readonly unknown[] = test.tags;
		return {
			value: named(({ tags }) => tags) as Form<unknown>,
			isKnown: () => true,
			with: (tag) => ({ ...condition, test: { ...test, tags: [...tags, tag] } })
		};
	}
	const field = names.definitions.fields.get(String(condition.field));
	const { of, path, missing } = condition;
	if (condition.kind !== 'field' || !field || !test || path !== undefined || missing !== undefined)
		return;
	if (of !== 'text' && of !== 'number' && of !== 'select') return;
	const before = valuesOf(test);
	if (!before) return;
	return {
		value: of === 'number' && !('values' in test) ? (single as Form<unknown>) : valueOf(of, field),
		isKnown: (value) =>
			of === 'number' ||
			(field.options ?? []).some(({ id }) => id === value) ||
			(field.format === 'country' && knownCountry(String(value)) !== undefined),
		with(value) {
			const operator = ofSeveral[String(test.operator)];
			if (operator === undefined) return;
			return { ...condition, test: { operator, values: [...before, value] } };
		}
	};
}

/** What a test asks for, if it asks for a value itself, or for several. */
function valuesOf({ operator, value, values }: Readonly<Record<string, unknown>>) {
	const isOne = ['is', 'equals', 'isNot', 'doesNotEqual'].includes(String(operator));
	if (isOne) return typeof value === 'object' ? undefined : [value];
	return ofSeveral[String(operator)] && Array.isArray(values) ? (values as unknown[]) : undefined;
}

const ofSeveral: Readonly<Record<string, string>> = {
	is: 'isAnyOf',
	equals: 'isAnyOf',
	isAnyOf: 'isAnyOf',
	isNoneOf: 'isNoneOf'
};

/** What a condition could begin with. */
const isCalled = (text: string, names: Vocabulary): boolean =>
	['subscribed', 'unsubscribed'].includes(text.toLowerCase()) ||
	[names.fields, names.tags, names.lists, names.segments, names.eventTypes].some(
		(some) => some.called(text) !== undefined
	);
