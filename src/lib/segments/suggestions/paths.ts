import { Path } from '$lib/fields/path';
import { comparable } from '$lib/fields/value';
import { isChoices } from '$lib/fields/say';
import type { PathFamily, PathUse } from '$lib/rules/editing/value-source';

/** Paths that are told of: more than that nobody reads. */
const most = 100;

/**
 * The paths that lead to something in these JSON values, most frequent first, each with what is mostly there. What is
 * within the items of a list is not among them: a list is asked about its items.
 */
export function pathsIn(values: readonly unknown[]): readonly PathUse[] {
	const found = new Map<string, Map<PathFamily, number>>();
	const note = (path: string, family: PathFamily) => {
		const families = found.get(path) ?? new Map<PathFamily, number>();
		found.set(path, families.set(family, (families.get(family) ?? 0) + 1));
	};
	const walk = (value: unknown, path: string | undefined) => {
		if (path !== undefined && !Path.safeParse(path).success) return;
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			for (const [key, part] of Object.entries(value)) {
				// A key with a dot in it cannot be told from two.
				if (!key.includes('.')) walk(part, path === undefined ? key : `${path}.${key}`);
			}
		else if (path !== undefined) {
			const family = familyIn(value);
			if (family) note(path, family);
		}
	};
	for (const value of values) walk(value, undefined);
	return [...found]
		.map(([path, families]): PathUse => {
			const counts = [...families].sort(([, a], [, b]) => b - a);
			const count = counts.reduce((sum, [, n]) => sum + n, 0);
			return { path, of: counts[0]![0], share: count / values.length };
		})
		.sort((a, b) => b.share - a.share || (a.path < b.path ? -1 : 1))
		.slice(0, most);
}

/** What a value is most likely meant to be compared as; nothing where there is none. */
function familyIn(value: unknown): PathFamily | undefined {
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	if (Array.isArray(value))
		return value.length === 0 ? undefined : isChoices(value) ? 'multiselect' : 'json';
	if (comparable(value, 'text') === undefined) return;
	return (
		(['datetime', 'date', 'number', 'boolean'] as const).find(
			(family) => comparable(value, family) !== undefined
		) ?? 'text'
	);
}
