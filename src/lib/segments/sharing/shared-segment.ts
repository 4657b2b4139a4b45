import { isKnown, namesOf, type Definitions, type Reference } from '$lib/rules/definitions';
import { referencesIn, withReplaced } from '$lib/rules/references';
import { draftOf, portableOf } from '$lib/portable/rule';
import {
	portableWorkspace,
	type PortableSegment,
	type PortableWorkspace
} from '$lib/portable/workspace';
import { textKey } from '$lib/text-key';
import type { Segment } from '$lib/workspace/segment';
import type { Settings } from '$lib/workspace/settings';

/** One segment with all that its rule refers to, and those what theirs do: the definitions of a workspace file. */
export const sharedSegment = (
	segment: Segment,
	segments: readonly Segment[],
	definitions: Definitions,
	settings: Settings
): PortableWorkspace =>
	firstAlone(
		portableWorkspace(settings, definitions, [
			segment,
			...segments.filter(({ id }) => id !== segment.id)
		])
	);

/**
 * The first segment of a file with all that its rule refers to, and those what theirs do. Whatever else is in the file is
 * left out: nobody is shown it, so nobody can want it. Of a segment it is what counts, not what somebody is working on;
 * its tags mean nothing elsewhere, and who made it is whoever takes it.
 */
export function firstAlone(file: PortableWorkspace): PortableWorkspace {
	const used = new Set<string>();
	const wanted = new Map<string, PortableSegment>();
	const open = file.segments.slice(0, 1);
	for (let next = open.pop(); next; next = open.pop()) {
		if (wanted.has(next.id)) continue;
		const { id, name, description, archived, rule, draft } = next;
		wanted.set(id, {
			...{ id, name, rule },
			...(description === undefined ? {} : { description }),
			...(archived ? { archived } : {}),
			...(draft === true ? { draft } : {})
		});
		for (const reference of referencesIn(draftOf(rule))) {
			used.add(`${reference.type} ${reference.id}`);
			const other =
				reference.type === 'segment' && file.segments.find(({ id }) => id === reference.id);
			if (other) open.push(other);
		}
	}
	const isUsed =
		(type: Reference['type']) =>
		({ id }: { readonly id: string }) =>
			used.has(`${type} ${id}`);
	const { zone, weekStart, currency, historyMonths } = file;
	return {
		...{ zone, weekStart, currency, historyMonths },
		fields: file.fields.filter(isUsed('field')),
		eventTypes: file.eventTypes.filter(isUsed('eventType')),
		tags: file.tags.filter(isUsed('tag')),
		lists: file.lists.filter(isUsed('list')),
		segments: [...wanted.values()]
	};
}

/** Something that a shared rule refers to and this workspace does not have, and what here is called the same. */
export interface Unknown {
	readonly reference: Reference;
	readonly name: string;
	/** The id of what fits by name. */
	readonly like: string | undefined;
}

/** What of a shared segment is not known here by its id. The segment itself is new by nature. */
export function unknownIn(
	shared: PortableWorkspace,
	theirs: Definitions,
	ours: Definitions
): readonly Unknown[] {
	const seen = new Map<string, Unknown>();
	const own = new Set(shared.segments.map(({ id }) => id));
	for (const { rule } of shared.segments)
		for (const reference of referencesIn(draftOf(rule))) {
			const { type, id } = reference;
			if (isKnown(reference, ours) || (type === 'segment' && own.has(id))) continue;
			const name = namesOf(type, theirs).find((thing) => thing.id === id)?.name ?? id;
			const like = namesOf(type, ours).find(
				(thing) =>
					textKey(thing.name) === textKey(name) &&
					(type !== 'field' || ours.fields.get(thing.id)?.type === theirs.fields.get(id)?.type)
			);
			seen.set(`${type} ${id}`, { reference, name, like: like?.id });
		}
	return [...seen.values()];
}

/** The same with other ids in place of some, and without the definitions of what was replaced. */
export function mapped(
	shared: PortableWorkspace,
	replacements: ReadonlyMap<Reference, string>
): PortableWorkspace {
	const isKept =
		(type: Reference['type']) =>
		({ id }: { readonly id: string }) =>
			![...replacements.keys()].some((reference) => reference.type === type && reference.id === id);
	return {
		...shared,
		fields: shared.fields.filter(isKept('field')),
		eventTypes: shared.eventTypes.filter(isKept('eventType')),
		tags: shared.tags.filter(isKept('tag')),
		lists: shared.lists.filter(isKept('list')),
		segments: shared.segments.map((segment) => ({
			...segment,
			rule: portableOf(
				[...replacements].reduce(
					(draft, [reference, by]) => withReplaced(draft, reference, by),
					draftOf(segment.rule)
				)
			)
		}))
	};
}
