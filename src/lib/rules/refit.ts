import { familyOf, type Field } from '$lib/fields/field';
import { comparable } from '$lib/fields/value';
import { textKey } from '$lib/text-key';
import { propertyOf } from './conditions/event/property';
import { firstOperator } from './conditions/field/field';
import type { Definitions } from './definitions';
import { changeOperator, rawTest, type RawTest } from './editing/parameter';
import { comparedAs, comparisonProblems, takesMissing } from './operators/compare';
import { Comparison, operatorInfos } from './operators/families';
import type { DraftCondition } from './rule';

type ConditionDraft = DraftCondition['condition'];
/** What a comparison is about: a field, or a property of an event. */
type About = Pick<Field, 'name' | 'type' | 'options'>;

export interface Refitted {
	readonly condition: ConditionDraft;
	/** What it did not fit. */
	readonly about: Pick<Field, 'name' | 'type'>;
}

/**
 * A condition whose comparisons fit what they are about as it is now: after a field has got another type, say. What can
 * be said with the new type is kept, the rest is to be filled in. Nothing where all fit already.
 */
export function refit(condition: ConditionDraft, definitions: Definitions): Refitted | undefined {
	let misfit: About | undefined;
	const fit = (part: unknown, about: About | undefined): unknown => {
		const parsed = Comparison.safeParse(part);
		if (!about || !parsed.success) return part;
		const { missing: _, path, ...rest } = part as { missing?: unknown; path?: string }; // it parses, so it is an object
		// What is wrong inside of a comparison with JSON is not its type.
		const isOfType = about.type === 'json' && comparedAs('json', path).includes(parsed.data.of);
		if (isOfType || comparisonProblems({ ...parsed.data, path }, about).length === 0) return part;
		misfit ??= about;
		return { ...rest, ...fitted(parsed.data, about) };
	};
	const filters = (where: unknown, types: unknown) =>
		Array.isArray(where) && Array.isArray(types)
			? where.map((filter: { property?: unknown }) =>
					fit(
						filter,
						propertyOf(types.map(String), String(filter.property), definitions.eventTypes)
					)
				)
			: where;
	/** Filters stand beside the events they are of, also in the steps of a sequence. */
	const inside = (part: unknown): unknown => {
		if (Array.isArray(part)) return part.map(inside);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(
			Object.entries(part).map(([key, inner]: [string, unknown]) => [
				key,
				key === 'where' || key === 'has'
					? filters(inner, 'types' in part ? part.types : undefined)
					: inside(inner)
			])
		);
	};

	const field = definitions.fields.get(String(condition.field));
	const next = inside(condition) as ConditionDraft; // an object stays one
	const whole =
		condition.kind === 'field'
			? (fit(next, field) as ConditionDraft)
			: condition.kind === 'changed'
				? {
						...next,
						...Object.fromEntries(
							['from', 'to', 'value'].flatMap((key) =>
								next[key] === undefined ? [] : [[key, fit(next[key], field)]]
							)
						)
					}
				: next;
	return misfit && { condition: whole, about: { name: misfit.name, type: misfit.type } };
}

/** Operators of different types that mean the same. */
const alike: readonly (readonly string[])[] = [
	['is', 'equals', 'on'],
	['isNot', 'doesNotEqual', 'notOn'],
	['isAnyOf', 'includesAny'],
	['isNoneOf', 'includesNone']
];

function fitted({ test, missing }: Comparison, about: About): object {
	const of = familyOf(about.type);
	const offered = operatorInfos(of, about.type).map(([operator]) => operator);
	const same = [
		test.operator,
		...(alike.find((group) => group.includes(test.operator)) ?? [])
	].find((operator) => offered.includes(operator));
	const operator = same ?? firstOperator[of];
	const kept = {
		of,
		test: valuesAs(changeOperator(of, rawTest(test), operator), about),
		...(missing && takesMissing(operator) ? { missing } : {})
	};
	// Half of what was said could be the opposite of what was meant, and so could a condition that is complete as it begins.
	return same !== undefined && Comparison.safeParse(kept).success
		? kept
		: { of, test: { operator: of === 'json' ? 'anyItem' : firstOperator[of] } };
}

/** A test's values as the type has them; those that cannot be are left as they are, and do not parse. */
function valuesAs(test: RawTest, about: About): RawTest {
	const of = familyOf(about.type);
	const one = (value: unknown): unknown => {
		if (typeof value !== 'string' && typeof value !== 'number') return value;
		switch (of) {
			case 'text':
				return String(value);
			case 'date':
				return String(value).slice(0, 10);
			case 'datetime':
				return value;
			case 'select':
			case 'multiselect': {
				const option = textKey(String(value));
				return about.options?.some(({ id }) => id === option) ? option : undefined;
			}
			default:
				return comparable(value, about.type);
		}
	};
	return Object.fromEntries(
		Object.entries(test).map(([key, value]: [string, unknown]) => {
			if (key === 'values') return [key, Array.isArray(value) ? value.map(one) : value];
			return [key, ['value', 'day', 'from', 'to'].includes(key) ? one(value) : value];
		})
	) as RawTest; // its operator is among them
}
