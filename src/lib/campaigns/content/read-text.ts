import type { RichMark, RichText } from './block';
import { unsubscribe } from './merge';
import type { Place } from './message';
import type { Href, Inline, Marks, Part } from './parts';
import type { MessageReader } from './reader';

/** Deeper lists and quotes are shown nowhere, and only made to break something. */
const deepest = 12;

/** The parts of a formatted text. Of what it does not know there is an issue, and nothing is made of it. */
export function readText(doc: RichText, place: Place, reader: MessageReader): Part[] {
	return partsOf(doc.content, place, reader, 0);
}

/** Whether there is something to be seen in a text. */
export const isBlank = (parts: readonly Part[]): boolean =>
	parts.every((part) => {
		switch (part.type) {
			case 'paragraph':
			case 'heading':
				return blankInlines(part.inlines);
			case 'list':
				return part.items.every(isBlank);
			case 'quote':
				return isBlank(part.parts);
			case 'button':
				return blankInlines(part.words);
			case 'choice':
				return [...part.variants, part.otherwise].every(isBlank);
			case 'rule':
				return true;
		}
	});

const blankInlines = (inlines: readonly Inline[]): boolean =>
	inlines.every((inline) =>
		inline.type === 'link'
			? blankInlines(inline.words)
			: inline.type === 'break' || (inline.type === 'text' && inline.text.trim() === '')
	);

function partsOf(
	nodes: readonly RichText[] | undefined,
	place: Place,
	reader: MessageReader,
	depth: number
): Part[] {
	return (nodes ?? []).flatMap((node): Part | readonly Part[] => {
		const unknown = (): readonly Part[] => {
			reader.issues.push({ type: 'UnknownPart', place, node: node.type });
			return [];
		};
		if (depth > deepest) return unknown();
		const within = () => partsOf(node.content, place, reader, depth + 1);
		switch (node.type) {
			case 'paragraph':
				return { type: 'paragraph', inlines: inlinesOf(node.content, place, reader) };
			case 'heading':
				return {
					type: 'heading',
					level: levelOf(node.attrs?.level),
					inlines: inlinesOf(node.content, place, reader)
				};
			case 'bullet_list':
			case 'ordered_list':
				return {
					type: 'list',
					from: node.type === 'ordered_list' ? startOf(node.attrs?.order) : undefined,
					items: (node.content ?? []).flatMap((item) => {
						if (item.type === 'list_item') return [partsOf(item.content, place, reader, depth + 1)];
						reader.issues.push({ type: 'UnknownPart', place, node: item.type });
						return [];
					})
				};
			case 'blockquote':
				return { type: 'quote', parts: within() };
			case 'horizontal_rule':
				return { type: 'rule' };
			case 'button': {
				const words = inlinesOf(node.content, place, reader);
				const near = { ...place, ...nearOf(place, words) };
				return { type: 'button', href: hrefOf(node.attrs, words, near, reader), words };
			}
			default:
				return unknown();
		}
	});
}

const levelOf = (level: unknown): 1 | 2 | 3 => (level === 1 || level === 3 ? level : 2);

const startOf = (order: unknown): number =>
	typeof order === 'number' && Number.isSafeInteger(order) && order > 0 ? order : 1;

/** Nodes next to each other that lead to the same place are one link. */
function inlinesOf(
	nodes: readonly RichText[] | undefined,
	place: Place,
	reader: MessageReader
): Inline[] {
	const inlines: Inline[] = [];
	const all = nodes ?? [];
	for (let at = 0; at < all.length;) {
		const link = linkOf(all[at]!);
		let end = at + 1;
		while (link && end < all.length && linkOf(all[end]!)?.attrs?.href === link.attrs?.href) end++;
		const words = all.slice(at, end).flatMap((node) => inlineOf(node, place, reader));
		at = end;
		if (!link) inlines.push(...words);
		else {
			const near = { ...place, ...nearOf(place, words) };
			// A link in a link is none.
			const flat = words.flatMap((word) => (word.type === 'link' ? word.words : [word]));
			inlines.push({ type: 'link', href: hrefOf(link.attrs, words, near, reader), words: flat });
		}
	}
	return inlines;
}

const linkOf = (node: RichText): RichMark | undefined =>
	node.marks?.find(({ type }) => type === 'link');

function hrefOf(
	attrs: RichText['attrs'],
	words: readonly Inline[],
	place: Place,
	reader: MessageReader
): Href {
	const href = attrs?.href;
	return reader.href(typeof href === 'string' ? href : '', wordsOf(words), place);
}

const nearOf = (place: Place, words: readonly Inline[]): { near?: string } =>
	place.part === 'block' ? { near: wordsOf(words).slice(0, 40) } : {};

const wordsOf = (inlines: readonly Inline[]): string =>
	inlines
		.map((inline) => {
			if (inline.type === 'text') return inline.text;
			return inline.type === 'link' ? wordsOf(inline.words) : '…';
		})
		.join('');

function inlineOf(node: RichText, place: Place, reader: MessageReader): Inline[] {
	const marks = marksOf(node.marks);
	const unsubscribed = (): Inline => ({
		type: 'link',
		href: reader.unsubscribeHref(place),
		words: [{ type: 'text', text: reader.words.unsubscribe, marks }]
	});
	switch (node.type) {
		case 'text': {
			const text = (node.text ?? '').replace(/[\n\r\t]/g, ' ');
			const near = place.part === 'block' ? { ...place, near: text.slice(0, 40) } : place;
			return reader
				.merged(text, near)
				.map((part) => (part.type === 'unsubscribe' ? unsubscribed() : { ...part, marks }));
		}
		case 'merge': {
			const { field, fallback } = node.attrs ?? {};
			if (field === unsubscribe) return [unsubscribed()];
			const words = typeof fallback === 'string' ? fallback : undefined;
			const part = reader.hole(String(field ?? ''), words, place);
			return part.type === 'unsubscribe' ? [] : [{ ...part, marks }];
		}
		case 'hard_break':
			return [{ type: 'break' }];
		default:
			reader.issues.push({ type: 'UnknownPart', place, node: node.type });
			return [];
	}
}

const marksOf = (marks: readonly RichMark[] | undefined): Marks => ({
	bold: marks?.some(({ type }) => type === 'strong') ?? false,
	italic: marks?.some(({ type }) => type === 'em') ?? false
});
