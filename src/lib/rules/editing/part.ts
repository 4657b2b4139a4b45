import { firstOperator } from '../conditions/field/field';
import { pathName } from '../phrase';
import { rawTest } from './parameter';
import type { Subject } from './subject';
import type { JsonSource, PathFamily, ValueSource } from './value-source';

/** A comparison with a part of a JSON value as it is being edited: anything in it may be missing or wrong. */
export interface RawPart {
	readonly path?: unknown;
	readonly of?: unknown;
	readonly test?: unknown;
	readonly missing?: unknown;
}

export const familyNames: Readonly<Record<PathFamily, string>> = {
	text: 'Text',
	number: 'Number',
	boolean: 'Yes or no',
	date: 'Date',
	datetime: 'Date and time',
	multiselect: 'List of texts',
	json: 'List or object'
};

/** What is asked of an item is asked of a text, a number and so on: it has no items itself. */
export const itemFamilies = (Object.keys(familyNames) as PathFamily[]).filter(
	(family) => family !== 'json'
);

export const pathOf = ({ path }: RawPart): string | undefined =>
	typeof path === 'string' ? path : undefined;

/** The comparison with another part, or as another family: what can stay does. */
export function chooseAs(part: RawPart, path: string | undefined, of: PathFamily) {
	const { test, missing } = part;
	const at = path === undefined ? {} : { path };
	// That there is anything in it is only what it starts with.
	const isStart = of === 'json' && rawTest(test).operator === firstOperator.json;
	if (part.of === of && test !== undefined && !isStart)
		return { ...at, of, test, ...(missing === undefined ? {} : { missing }) };
	return { ...at, of, test: { operator: of === 'json' ? 'anyItem' : firstOperator[of] } };
}

/** A part as what a comparison is about. */
export const partSubject = (
	{ name, source }: Subject,
	path: string | undefined,
	of: PathFamily
): Subject => ({
	name: pathName(name, path),
	type: of,
	source: within(source, { family: of, path }),
	siblings: []
});

/** The items of a list, or a part of each, as what a filter is about. */
export const itemSubject = (
	{ name, source }: Subject,
	path: string | undefined,
	of: PathFamily
): Subject => ({
	name: `${name}, ${path ?? 'item'}`,
	type: of,
	source: within(source, { family: of, item: path ?? '' }),
	siblings: []
});

/** The source of what is in it, if there can be JSON in it at all. */
export const jsonSource = (source: ValueSource): JsonSource | undefined =>
	source.of === 'field' || source.of === 'property' ? source : undefined;

const within = (
	source: ValueSource,
	part: { family: PathFamily; path?: string | undefined; item?: string }
): ValueSource =>
	source.of === 'field' || source.of === 'property' ? { ...source, ...part } : source;
