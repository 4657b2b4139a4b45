import { textKey } from '$lib/text-key';
import type { Mapping } from '../mapping';
import type { ColumnCount } from '../report';
import { consentOf } from '../values/consent';

/** Different values, in number, whose meaning is asked one by one. Where there are more they are decided together. */
const mostAsked = 100;

/**
 * A mapping with a proposal for what each value of a consent says that was met only when the whole file was read, and the
 * places of the columns that have some: a person must look at them. `undefined` where nothing is left to be decided.
 * `proposed` is the mapping that was proposed for the file.
 */
export function withFoundValues(
	mapping: Mapping,
	proposed: Mapping,
	counted: readonly ColumnCount[]
): { readonly mapping: Mapping; readonly found: readonly number[] } | undefined {
	const found: number[] = [];
	const columns = mapping.columns.map((column, index) => {
		const { target } = column;
		if (target.target !== 'consent' || target.otherwise !== null) return column;
		const keys = (counted[index]?.values ?? [])
			.map(({ value }) => textKey(value))
			.filter((key) => !Object.hasOwn(target.says, key));
		if (keys.length === 0 || keys.length + Object.keys(target.says).length > mostAsked)
			return column;
		found.push(index);
		const polarity = target.polarity ?? polarityOf(proposed, index) ?? 'yes';
		const says = Object.fromEntries(keys.map((key) => [key, consentOf(key, polarity)]));
		return { ...column, target: { ...target, says: { ...target.says, ...says } } };
	});
	return found.length > 0 ? { mapping: { ...mapping, columns }, found } : undefined;
}

/** What was remembered by an earlier version does not say what its columns are about. */
function polarityOf({ columns }: Mapping, index: number) {
	const target = columns[index]?.target;
	return target?.target === 'consent' ? target.polarity : undefined;
}
