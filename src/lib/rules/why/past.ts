import type { Person } from '../person';

/**
 * A person as they were at an instant before now, as far as is noted: without the tags and lists they got since, and with
 * the values their fields had before changes since. What was taken from them, and what changed unnoticed, is not known.
 */
export function personAt(person: Person, at: number, now: number): Person {
	const { fields, tags, taggedAt, lists, changes } = person;
	const isSince = (then = at) => then > at && then <= now;
	const undone = changes.filter((change) => isSince(change.at));
	// From the last to the first, so that the first of a field has the last word.
	const before = undone.toReversed().map(({ field, before }) => [field, before]);
	return {
		...person,
		fields: before.length > 0 ? { ...fields, ...Object.fromEntries(before) } : fields,
		tags: tags.filter((tag) => !isSince(taggedAt?.get(tag))),
		lists: lists.filter((list) => !isSince(list.at))
	};
}
