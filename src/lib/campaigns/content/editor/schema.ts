import { Schema, type DOMOutputSpec, type Node } from 'prosemirror-model';
import { mergeText } from '../merge';

/**
 * What a text of a message can be made of. Whatever is pasted is read by it: what is none of this is left out, or only
 * its words are kept.
 */
export const schema = new Schema({
	nodes: {
		doc: { content: 'block+' },
		paragraph: {
			group: 'block',
			content: 'inline*',
			parseDOM: [{ tag: 'p' }],
			toDOM: () => ['p', 0]
		},
		heading: {
			group: 'block',
			content: 'inline*',
			defining: true,
			attrs: { level: { default: 2, validate: 'number' } },
			parseDOM: [
				...[1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
				...[4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: 3 } }))
			],
			toDOM: (node) => [`h${node.attrs.level}`, 0]
		},
		button: {
			group: 'block',
			content: '(text | merge)*',
			marks: '',
			attrs: { href: { default: '', validate: 'string' } },
			parseDOM: [
				{
					tag: 'p[data-button]',
					priority: 60,
					getAttrs: (dom) => ({ href: dom.dataset.button ?? '' })
				}
			],
			toDOM: (node): DOMOutputSpec => ['p', { 'data-button': node.attrs.href }, ['span', 0]]
		},
		blockquote: {
			group: 'block',
			content: 'block+',
			defining: true,
			parseDOM: [{ tag: 'blockquote' }],
			toDOM: () => ['blockquote', 0]
		},
		bullet_list: {
			group: 'block',
			content: 'list_item+',
			parseDOM: [{ tag: 'ul' }],
			toDOM: () => ['ul', 0]
		},
		ordered_list: {
			group: 'block',
			content: 'list_item+',
			attrs: { order: { default: 1, validate: 'number' } },
			parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ order: (dom as HTMLOListElement).start }) }],
			toDOM: (node) => ['ol', { start: node.attrs.order }, 0]
		},
		list_item: {
			content: 'paragraph block*',
			defining: true,
			parseDOM: [{ tag: 'li' }],
			toDOM: () => ['li', 0]
		},
		horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
		text: { group: 'inline' },
		hard_break: {
			group: 'inline',
			inline: true,
			selectable: false,
			linebreakReplacement: true,
			parseDOM: [{ tag: 'br' }],
			toDOM: () => ['br'],
			leafText: () => '\n'
		},
		/** Something of a contact. */
		merge: {
			group: 'inline',
			inline: true,
			atom: true,
			attrs: {
				/** The id of a field, or `unsubscribe`. */
				field: { validate: 'string' },
				fallback: { default: null, validate: 'string|null' }
			},
			parseDOM: [
				{
					tag: 'span[data-merge]',
					getAttrs: (dom) => ({
						field: dom.dataset.merge ?? '',
						fallback: dom.dataset.fallback ?? null
					})
				}
			],
			toDOM: (node) => ['span', mergeAttributes(node), writtenMerge(node)],
			leafText: (node) => writtenMerge(node)
		}
	},
	marks: {
		link: {
			inclusive: false,
			attrs: { href: { validate: 'string' } },
			parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => linkAttrs(dom.getAttribute('href') ?? '') }],
			toDOM: (mark) => ['a', { href: mark.attrs.href, rel: 'noopener noreferrer nofollow' }, 0]
		},
		strong: {
			parseDOM: [
				{ tag: 'strong' },
				{ tag: 'b', getAttrs: (dom) => dom.style.fontWeight !== 'normal' && null },
				{ style: 'font-weight=400', clearMark: (mark) => mark.type.name === 'strong' },
				{
					style: 'font-weight',
					getAttrs: (weight) => /^(bold(er)?|[6-9]\d\d)$/.test(weight) && null
				}
			],
			toDOM: () => ['strong', 0]
		},
		em: {
			parseDOM: [
				{ tag: 'em' },
				{ tag: 'i', getAttrs: (dom) => dom.style.fontStyle !== 'normal' && null },
				{ style: 'font-style=italic' }
			],
			toDOM: () => ['em', 0]
		}
	}
});

const writtenMerge = ({ attrs }: Node): string =>
	mergeText(attrs.field as string, (attrs.fallback as string | null) ?? undefined);

function mergeAttributes({ attrs }: Node): Record<string, string> {
	const fallback = attrs.fallback as string | null;
	return {
		'data-merge': attrs.field as string,
		...(fallback === null ? {} : { 'data-fallback': fallback })
	};
}

/** Of what is pasted, only links that a message may have; the words of others stay. */
const linkAttrs = (href: string): { href: string } | false =>
	/^\s*(https?:\/\/|mailto:|\{)/i.test(href) && { href: href.trim() };
