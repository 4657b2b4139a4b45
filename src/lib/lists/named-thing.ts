import type { User } from '$lib/uses/uses';

/** A list or a tag as its table shows it. */
export interface NamedThing {
	readonly id: string;
	readonly name: string;
	/** Contacts in it that are not archived; nothing until it is counted. */
	readonly people: number | undefined;
	/** When a list was made, or a tag first given, in epoch milliseconds. */
	readonly since: number | undefined;
	/** What uses it. */
	readonly users: readonly User[];
}

export interface ThingSort {
	/** `name`, `people` or `since`; anything else is as `name`. */
	readonly by: string;
	readonly descending: boolean;
}

/** In order; what is not known comes last either way, and the name decides among equals. */
export function sortThings(
	things: readonly NamedThing[],
	{ by, descending }: ThingSort
): readonly NamedThing[] {
	const sign = descending ? -1 : 1;
	const names = (a: NamedThing, b: NamedThing) => collator.compare(a.name, b.name);
	return [...things].sort((a, b) => {
		if (by !== 'people' && by !== 'since') return sign * names(a, b);
		const [first, second] = [a[by], b[by]];
		if (first === undefined || second === undefined)
			return Number(first === undefined) - Number(second === undefined) || names(a, b);
		return sign * (first - second) || names(a, b);
	});
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
