import * as z from 'zod/mini';
import type { Stamp } from './gesture';
import { compare } from './order';
import { readRegister, type Registers } from './registers';
import { StampSchema } from './segment';

/** What somebody said about a part of a segment's rule. It changes nothing, and outlives the part it is about. */
export interface Comment extends Stamp {
	readonly id: string;
	/** A node of the rule, `root` for the whole of it. It may be gone. */
	readonly node: string;
	readonly text: string;
	/** Who saw to it, and when; nothing while it is open. */
	readonly resolved: Stamp | undefined;
}

/** In UTF-16 code units. */
export const longestComment = 2_000;

const CommentSchema = z.looseObject({
	...{ node: z.string(), text: z.string(), at: z.number(), by: z.string() },
	resolved: z.optional(StampSchema)
});

/** Every comment on a segment that reads as one, oldest first. Those of people who wrote at one instant, by id. */
export function readComments(registers: Registers, segment: string): Comment[] {
	return [...registers.keys('comments', segment)]
		.flatMap((key) => {
			const said = readRegister(registers, 'comments', key, CommentSchema, []);
			if (!said) return [];
			const { node, text, at, by, resolved } = said;
			const id = key.slice(segment.length + 1);
			return [
				{ id, node, text, at, by, resolved: resolved && { at: resolved.at, by: resolved.by } }
			];
		})
		.sort((a, b) => a.at - b.at || compare(a.id, b.id));
}

/** How people call themselves, by the device that signs what they do. */
export function readPeople(registers: Registers): ReadonlyMap<string, string> {
	return new Map(
		[...registers.owners('people')].flatMap((by) => {
			const name = readRegister(registers, 'people', `${by}/name`, z.string(), []);
			return name ? [[by, name] as const] : [];
		})
	);
}
