import type { Href, Inline, Part } from './parts';
import { joined, type Piece } from './pieces';

/**
 * Parts as plain text, for who reads no HTML: empty lines between two of them (where one says nothing, more than one),
 * addresses behind their words.
 */
export const plainOf = (parts: readonly Part[]): Piece[] =>
	joined(parts.flatMap((part) => [...partPlain(part, ''), '\n\n']));

/** Within another part; `indent` stands in front of each line. */
const partsPlain = (parts: readonly Part[], indent: string): Piece[] =>
	parts.flatMap((part, i) => [
		i === 0 ? '' : `\n${indent.trimEnd()}\n`,
		...partPlain(part, indent)
	]);

function partPlain(part: Part, indent: string): Piece[] {
	switch (part.type) {
		case 'paragraph':
		case 'heading':
			return [indent, ...inlinesPlain(part.inlines, indent)];
		case 'list':
			return part.items.flatMap((item, i) => [
				i === 0 ? '' : '\n',
				...itemPlain(item, markOf(part.from, i), indent)
			]);
		case 'quote':
			return partsPlain(part.parts, `${indent}> `);
		case 'rule':
			return [`${indent}---`];
		case 'button':
			return [indent, ...linkPlain(part.href, part.words, indent)];
		case 'choice':
			return [
				{
					type: 'choice',
					block: part.block,
					variants: part.variants.map(plainOf),
					otherwise: plainOf(part.otherwise)
				}
			];
	}
}

const markOf = (from: number | undefined, index: number): string =>
	from === undefined ? '- ' : `${from + index}. `;

function itemPlain(item: readonly Part[], mark: string, indent: string): Piece[] {
	const deeper = indent + ' '.repeat(mark.length);
	const [first, ...rest] = item;
	const opens = first?.type === 'paragraph' || first?.type === 'heading';
	const words = opens ? inlinesPlain(first.inlines, deeper) : [];
	const more = opens ? rest : item;
	return [indent + mark, ...words, ...(more.length > 0 ? ['\n', ...partsPlain(more, deeper)] : [])];
}

const inlinesPlain = (inlines: readonly Inline[], indent: string): Piece[] =>
	inlines.flatMap((inline): Piece[] => {
		switch (inline.type) {
			case 'text':
				return [inline.text];
			case 'hole':
				return [{ type: 'hole', value: inline.value, fallback: inline.fallback, as: 'line' }];
			case 'break':
				return [`\n${indent}`];
			case 'link':
				return linkPlain(inline.href, inline.words, indent);
		}
	});

function linkPlain(href: Href, inlines: readonly Inline[], indent: string): Piece[] {
	const words = joined(inlinesPlain(inlines, indent));
	if (href.type === 'none') return words;
	if (href.type === 'pieces') {
		// One that says where it leads says it once.
		const [only] = href.pieces;
		if (href.pieces.length === 1 && words.length === 1 && words[0] === only) return words;
		return [...words, ' (', ...href.pieces, ')'];
	}
	const { value, fallback } = href;
	return [
		{
			type: 'link',
			value,
			fallback,
			as: 'line',
			before: joined([...words, ' (']),
			after: [')'],
			words
		}
	];
}
