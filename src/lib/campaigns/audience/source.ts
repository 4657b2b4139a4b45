import * as z from 'zod/mini';

/** What an audience is made of: the members of a segment or a list, or who is in a smart list. */
export const AudienceSource = z.object({
	type: z.enum(['segment', 'list', 'smartList']),
	id: z.string().check(z.minLength(1))
});
export type AudienceSource = z.infer<typeof AudienceSource>;

/** A share of the audience that gets nothing, so that what a campaign does can be told from what happens anyway. */
export const HoldOut = z.object({
	/** Above 0, below 100; two decimals at most. */
	percent: z.number().check(z.gt(0), z.lt(100)),
	/** The same seed draws the same contacts. */
	seed: z.string().check(z.minLength(1), z.maxLength(100))
});
export type HoldOut = z.infer<typeof HoldOut>;

/** At most so many, and who goes first: drawn by lot (the same for a campaign each time), or by when they were created. */
export const AudienceLimit = z.object({
	most: z.int().check(z.gte(1), z.lte(10_000_000)),
	first: z.enum(['lot', 'newest', 'oldest'])
});
export type AudienceLimit = z.infer<typeof AudienceLimit>;

/** Tells one source from another. */
export const sourceKey = ({ type, id }: AudienceSource): string => `${type}:${id}`;

/** The source that a key was made of. */
export function sourceOf(key: string): AudienceSource | undefined {
	const [type, ...rest] = key.split(':');
	const source = AudienceSource.safeParse({ type, id: rest.join(':') });
	return source.success ? source.data : undefined;
}
