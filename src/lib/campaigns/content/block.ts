import * as z from 'zod/mini';

/** Formatted text as the editor keeps it: a document of nodes, in the plain JSON of ProseMirror. */
export interface RichText {
	readonly type: string;
	readonly attrs?: Readonly<Record<string, unknown>> | undefined;
	readonly content?: readonly RichText[] | undefined;
	readonly text?: string | undefined;
	readonly marks?: readonly RichMark[] | undefined;
}

/** A text with nothing in it. */
export const emptyText: RichText = { type: 'doc', content: [{ type: 'paragraph' }] };

export interface RichMark {
	readonly type: string;
	readonly attrs?: Readonly<Record<string, unknown>> | undefined;
}

const RichMark: z.ZodMiniType<RichMark> = z.object({
	type: z.string(),
	attrs: z.optional(z.record(z.string(), z.unknown()))
});

export const RichText: z.ZodMiniType<RichText> = z.object({
	type: z.string(),
	attrs: z.optional(z.record(z.string(), z.unknown())),
	get content() {
		return z.optional(z.array(RichText));
	},
	text: z.optional(z.string()),
	marks: z.optional(z.array(RichMark))
});

/** What those in a segment see in a dynamic block. */
export const Variant = z.object({
	id: z.string().check(z.minLength(1)),
	/** The id of a segment; none is chosen yet without it. */
	segment: z.optional(z.string()),
	text: RichText
});
export type Variant = z.infer<typeof Variant>;

/** A part of a message: the same for everybody, or by the first variant whose segment somebody is in. */
export const Block = z.discriminatedUnion('type', [
	z.object({ type: z.literal('text'), text: RichText }),
	z.object({
		type: z.literal('dynamic'),
		variants: z.array(Variant),
		/** What all others see; null is nothing. */
		otherwise: z.nullable(RichText)
	})
]);
export type Block = z.infer<typeof Block>;

/** A block in its place. */
export interface PlacedBlock {
	readonly id: string;
	/** A fractional index. */
	readonly order: string;
	readonly block: Block;
}
