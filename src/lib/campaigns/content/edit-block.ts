import { emptyText, type Block, type RichText, type Variant } from './block';

export type DynamicBlock = Extract<Block, { type: 'dynamic' }>;

/** The text for everybody becomes the first variant's, and stays what all others see. */
export function toDynamic(block: Block, variant: string): DynamicBlock {
	if (block.type === 'dynamic') return block;
	return { type: 'dynamic', variants: [{ id: variant, text: block.text }], otherwise: block.text };
}

/** What all others see is what everybody sees; without it, what the first variant says. */
export const toText = ({ variants, otherwise }: DynamicBlock): Block => ({
	type: 'text',
	text: otherwise ?? variants[0]?.text ?? emptyText
});

/** The text of a variant, or of `otherwise`; nothing where there is none. */
export function textOf(block: Block, place: string): RichText | undefined {
	if (block.type === 'text') return block.text;
	if (place === 'otherwise') return block.otherwise ?? undefined;
	return block.variants.find(({ id }) => id === place)?.text;
}

/** The block with another text in a place. Of a place that is no longer there, nothing changes. */
export function withText(block: Block, place: string, text: RichText): Block {
	if (block.type === 'text') return place === 'text' ? { type: 'text', text } : block;
	if (place === 'otherwise')
		return block.otherwise === null ? block : { ...block, otherwise: text };
	return {
		...block,
		variants: block.variants.map((one) => (one.id === place ? { ...one, text } : one))
	};
}

export const withVariant = (block: DynamicBlock, variant: Variant): DynamicBlock => ({
	...block,
	variants: [...block.variants, variant]
});

export const withoutVariant = (block: DynamicBlock, id: string): DynamicBlock => ({
	...block,
	variants: block.variants.filter((one) => one.id !== id)
});

/** One place earlier or later among the variants, of which the first that fits is seen. */
export function withVariantMoved(block: DynamicBlock, id: string, by: -1 | 1): DynamicBlock {
	const from = block.variants.findIndex((one) => one.id === id);
	const to = from + by;
	if (from < 0 || to < 0 || to >= block.variants.length) return block;
	const variants = [...block.variants];
	[variants[from], variants[to]] = [variants[to]!, variants[from]!];
	return { ...block, variants };
}
