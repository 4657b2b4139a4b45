import type { Href, Inline, Part } from './parts';
import { escapeHtml, joined, type Piece } from './pieces';

/**
 * Parts as the HTML of a mail: styles at each element, for many programs read no others; no colours but where both text
 * and background have one, so that dark mail programs can turn the page round.
 */
export const htmlOf = (parts: readonly Part[]): Piece[] => joined(parts.flatMap(partHtml));

const margin = 'margin:0 0 16px';
const styles = {
	paragraph: margin,
	headings: {
		1: `${margin};font-size:28px;line-height:1.25;font-weight:bold`,
		2: `${margin};font-size:22px;line-height:1.3;font-weight:bold`,
		3: `${margin};font-size:18px;line-height:1.4;font-weight:bold`
	},
	list: `${margin};padding:0 0 0 28px`,
	item: 'margin:0 0 4px',
	quote: `${margin};padding:0 0 0 16px;border-left:3px solid #8a9693`,
	rule: 'margin:24px 0;border:0;border-top:1px solid #8a9693',
	button:
		'display:inline-block;padding:12px 20px;font-weight:bold;color:#ffffff;background-color:#005856;text-decoration:none;border-radius:4px'
};

function partHtml(part: Part): Piece[] {
	switch (part.type) {
		case 'paragraph':
			// An empty one is a gap.
			if (part.inlines.length === 0) return [`<p style="${styles.paragraph}">&nbsp;</p>`];
			return [`<p style="${styles.paragraph}">`, ...inlinesHtml(part.inlines), '</p>'];
		case 'heading': {
			const tag = `h${part.level}`;
			const style = styles.headings[part.level];
			return [`<${tag} style="${style}">`, ...inlinesHtml(part.inlines), `</${tag}>`];
		}
		case 'list': {
			const tag = part.from === undefined ? 'ul' : 'ol';
			const start = part.from === undefined || part.from === 1 ? '' : ` start="${part.from}"`;
			const items = part.items.flatMap((item) => [
				`<li style="${styles.item}">`,
				...itemHtml(item),
				'</li>'
			]);
			return [`<${tag}${start} style="${styles.list}">`, ...items, `</${tag}>`];
		}
		case 'quote':
			return [
				`<blockquote style="${styles.quote}">`,
				...part.parts.flatMap(partHtml),
				'</blockquote>'
			];
		case 'rule':
			return [`<hr style="${styles.rule}">`];
		case 'button':
			return [
				`<p style="${styles.paragraph}">`,
				...linkHtml(part.href, part.words, styles.button),
				'</p>'
			];
		case 'choice':
			return [
				{
					type: 'choice',
					block: part.block,
					variants: part.variants.map(htmlOf),
					otherwise: htmlOf(part.otherwise)
				}
			];
	}
}

/** The text of an item that is nothing but one paragraph stands in it by itself. */
function itemHtml(item: readonly Part[]): Piece[] {
	const [first, ...rest] = item;
	if (first?.type !== 'paragraph') return item.flatMap(partHtml);
	return [...inlinesHtml(first.inlines), ...rest.flatMap(partHtml)];
}

const inlinesHtml = (inlines: readonly Inline[]): Piece[] => inlines.flatMap(inlineHtml);

function inlineHtml(inline: Inline): Piece[] {
	switch (inline.type) {
		case 'text':
			return marked(inline.marks, escapeHtml(inline.text));
		case 'hole': {
			const { value, fallback, marks } = inline;
			return marked(marks, { type: 'hole', value, fallback: escapeHtml(fallback), as: 'html' });
		}
		case 'break':
			return ['<br>'];
		case 'link':
			return linkHtml(inline.href, inline.words, undefined);
	}
}

function marked({ bold, italic }: { bold: boolean; italic: boolean }, piece: Piece): Piece[] {
	return [
		(bold ? '<strong>' : '') + (italic ? '<em>' : ''),
		piece,
		(italic ? '</em>' : '') + (bold ? '</strong>' : '')
	];
}

function linkHtml(href: Href, inlines: readonly Inline[], style: string | undefined): Piece[] {
	const words = inlinesHtml(inlines);
	if (href.type === 'none') return words;
	const before = '<a href="';
	const after = [style ? `" style="${style}">` : '">', ...words, '</a>'];
	if (href.type === 'pieces')
		return [
			before,
			...href.pieces.map((p) => (typeof p === 'string' ? escapeHtml(p) : p)),
			...after
		];
	const { value, fallback } = href;
	return [
		{
			type: 'link',
			value,
			fallback,
			as: 'html',
			before: [before],
			after: joined(after),
			words: joined(words)
		}
	];
}
