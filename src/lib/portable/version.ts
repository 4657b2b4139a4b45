import * as z from 'zod/mini';
import { plainJson, type Json } from '$lib/json';
import type { Edit } from '$lib/workspace/gesture';
import { compare } from '$lib/workspace/order';
import { limitsOf, type Registers } from '$lib/workspace/registers';
import { Id } from './id';

/**
 * A version of a segment, or what was noted about one: a register just as the document has it, so that what reads as
 * the history here reads as the same where it is restored.
 */
export const PortableVersion = z.object({
	segment: Id,
	/** The version's id, and behind a slash which note about it. */
	key: z.string().check(z.minLength(1), z.maxLength(200)),
	// As the document reads it: lists in it are written, not changed.
	value: z.json() as unknown as z.ZodMiniType<Json>
});
export type PortableVersion = z.infer<typeof PortableVersion>;

/** All there is of a segment's history. */
export const portableVersions = (registers: Registers, segment: string): PortableVersion[] =>
	[...registers.keys('versions', segment)].sort(compare).flatMap((key) => {
		const value = plainJson(registers.raw('versions', key), limitsOf('versions'));
		return value.ok ? [{ segment, key: key.slice(segment.length + 1), value: value.value }] : [];
	});

/** Puts it where it was, unless there is something: a version never changes. */
export function putVersion(edit: Edit, { segment, key, value }: PortableVersion): void {
	const place = `${segment}/${key}`;
	if (edit.raw('versions', place) === undefined) edit.write('versions', place, value);
}
