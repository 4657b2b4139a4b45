import * as z from 'zod/mini';
import { plainJson, type Json } from '$lib/json';
import type { Edit } from '$lib/workspace/gesture';
import { isUsableId, limitsOf, ownerOf, type Registers } from '$lib/workspace/registers';

const definedRoots = ['campaigns', 'smartLists', 'exports'] as const;
/** What people said, and how they call themselves. */
const saidRoots = ['comments', 'people'] as const;
const keptRoots = [...definedRoots, ...saidRoots] as const;

/**
 * Campaigns, smart lists, templates of exports and comments with the names of people as the document has them, register
 * by register: what a newer app says of them goes along, and comes back.
 */
export const PortableRegisters = z.object({
	campaigns: z.optional(z.record(z.string(), z.unknown())),
	smartLists: z.optional(z.record(z.string(), z.unknown())),
	exports: z.optional(z.record(z.string(), z.unknown())),
	comments: z.optional(z.record(z.string(), z.unknown())),
	people: z.optional(z.record(z.string(), z.unknown()))
});
export type PortableRegisters = z.infer<typeof PortableRegisters>;

/** What of that there is, without comments and names if nobody's data is wanted; nothing where there is none. */
export function portableRegisters(
	registers: Registers,
	people: boolean
): PortableRegisters | undefined {
	const kept = (people ? keptRoots : definedRoots).flatMap((root) => {
		const entries = [...registers.owners(root)].flatMap((owner) =>
			[...registers.keys(root, owner)].flatMap((key): [string, Json][] => {
				const value = plainJson(registers.raw(root, key), limitsOf(root));
				return value.ok ? [[key, value.value]] : [];
			})
		);
		return entries.length > 0 ? [[root, Object.fromEntries(entries)] as const] : [];
	});
	return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/**
 * Adds what is under ids that are not there yet; what is there stays as it is, and what cannot be kept is left out. A
 * comment has an id of its own, and is added to any segment that is there.
 */
export function addRegisters(edit: Edit, file: PortableRegisters): void {
	for (const root of keptRoots) {
		const here = new Set(edit.owners(root));
		const isWanted = (key: string) =>
			root === 'comments'
				? edit.raw('segments', `${ownerOf(key)}/new`) !== undefined &&
					edit.raw(root, key) === undefined
				: !here.has(ownerOf(key));
		for (const [key, raw] of Object.entries(file[root] ?? {})) {
			const value = plainJson(raw, limitsOf(root));
			if (isWanted(key) && isUsableId(ownerOf(key)) && value.ok) edit.write(root, key, value.value);
		}
	}
}
