import type { Field } from '$lib/fields/field';
import { parseMerge, unsubscribe, type MergePart } from './merge';
import { fieldCalled } from './merge-names';
import type { ContentIssue, MessageContext, Place } from './message';
import type { Href } from './parts';
import { joined, webAddress, type Piece } from './pieces';
import { localeOf, wordsIn, type MessageWords } from './words';

/** Reads the texts of one message: gives each field its place among the values, and notes what is wrong. */
export class MessageReader {
	readonly issues: ContentIssue[] = [];
	readonly fields: Field[] = [];
	/** By field that stands somewhere without a fallback, the first such place. */
	readonly bare = new Map<string, Place>();
	/** Whether there is a way to unsubscribe, whatever variants somebody sees. */
	unsubscribes = false;
	/** The places of values that stand in addresses. */
	readonly linked = new Set<number>();
	readonly words: MessageWords;
	readonly #context: MessageContext;
	readonly #values = new Map<string, number>();
	/** Where people unsubscribe; `undefined` where that is not said. */
	readonly #unsubscribeHref: Href | undefined;

	constructor(context: MessageContext, unsubscribePlace: string | undefined) {
		this.#context = context;
		this.words = wordsIn(localeOf(context.locale));
		const at = unsubscribePlace?.trim();
		this.#unsubscribeHref = at ? this.#readUnsubscribe(at) : undefined;
		this.unsubscribes = false;
	}

	/** A text on one line, such as a subject. */
	line(text: string, place: Place): Piece[] {
		const pieces = this.merged(text, place).map((part): Piece => {
			if (part.type === 'text') return part.text;
			if (part.type === 'hole') return { ...part, as: 'line' };
			this.issues.push({ type: 'UnsubscribeMisplaced', place });
			return '';
		});
		return joined(pieces);
	}

	/** A text with its fields looked up. What does not read stays as it is written. */
	merged(text: string, place: Place): MergedText[] {
		const { parts, problems } = parseMerge(text);
		for (const problem of problems) this.issues.push({ type: 'MergeSyntax', place, problem });
		for (const [, inner] of text.matchAll(/\{\{([^{}|"]{1,200})(?:\|[^{}]{0,500})?\}\}/g)) {
			const field = inner!.trim();
			if (field !== '') this.issues.push({ type: 'DoubledBraces', place, field });
		}
		return parts.map((part): MergedText => {
			if (part.type === 'text') return part;
			if (part.field === unsubscribe) return { type: 'unsubscribe' };
			return this.hole(part.field, part.fallback, place);
		});
	}

	/** What stands for a field of a contact; its fallback alone if there is no such field. */
	hole(called: string, fallback: string | undefined, place: Place): MergedText {
		const value = this.#valueOf(called, fallback, place);
		if (value === undefined) return { type: 'text', text: fallback ?? '' };
		return { type: 'hole', value, fallback: fallback ?? '' };
	}

	/** The address of a link with these words on it. */
	href(written: string, words: string, place: Place): Href {
		const href = written.trim();
		if (href === '') {
			this.issues.push({ type: 'EmptyLink', place, words });
			return { type: 'none' };
		}
		const { parts, problems } = parseMerge(href);
		for (const problem of problems) this.issues.push({ type: 'MergeSyntax', place, problem });
		if (problems.length > 0) return { type: 'none' };
		const [only] = parts;
		if (parts.length === 1 && only?.type === 'field') return this.#wholeHref(only, place);
		return this.#hrefOf(parts, href, place);
	}

	/** Where people unsubscribe, for a link that leads there. */
	unsubscribeHref(place: Place): Href {
		this.unsubscribes = true;
		if (this.#unsubscribeHref) return this.#unsubscribeHref;
		// However often it is used, it is missing once.
		if (!this.issues.some(({ type }) => type === 'NoUnsubscribePlace'))
			this.issues.push({ type: 'NoUnsubscribePlace', place });
		return { type: 'none' };
	}

	/** The same as text for the head of a message, whether or not the text leads there. */
	get unsubscribePieces(): readonly Piece[] {
		return this.#unsubscribeHref ? hrefPieces(this.#unsubscribeHref) : [];
	}

	#valueOf(called: string, fallback: string | undefined, place: Place): number | undefined {
		const field = fieldCalled(called, this.#context.fields);
		if (!field) {
			this.issues.push({ type: 'UnknownField', place, field: called });
			return;
		}
		if (fallback === undefined && !this.bare.has(field.id)) this.bare.set(field.id, place);
		const known = this.#values.get(field.id);
		if (known !== undefined) return known;
		this.#values.set(field.id, this.fields.length);
		return this.fields.push(field) - 1;
	}

	#wholeHref(part: Extract<MergePart, { type: 'field' }>, place: Place): Href {
		if (part.field === unsubscribe) return this.unsubscribeHref(place);
		const value = this.#valueOf(part.field, part.fallback, place);
		const fallback = webAddress(part.fallback?.trim() ?? '');
		if (part.fallback?.trim() && !fallback)
			this.issues.push({ type: 'BadLink', place, href: part.fallback });
		if (value === undefined) return { type: 'none' };
		this.linked.add(value);
		return { type: 'value', value, fallback: fallback ?? '' };
	}

	/** An address whose site is written out. */
	#hrefOf(parts: readonly MergePart[], href: string, place: Place): Href {
		const [first] = parts;
		const start = first?.type === 'text' ? first.text : '';
		const bad = (type: 'BadLink' | 'FieldInSite'): Href => {
			this.issues.push({ type, place, href });
			return { type: 'none' };
		};
		if (!isAddress(parts.map((part) => (part.type === 'text' ? part.text : 'x')).join('')))
			return bad(first?.type === 'field' ? 'FieldInSite' : 'BadLink');
		// Else a value could lengthen the name of the site, or be all of it.
		if (parts.length > 1 && !/^(https?:\/\/[^/?#]+[/?#]|mailto:)/i.test(start))
			return bad('FieldInSite');
		if (parts.some((part) => part.type === 'field' && part.field === unsubscribe))
			return bad('BadLink');
		const pieces = parts.map((part): Piece => {
			if (part.type === 'text') return part.text.replaceAll(' ', '%20');
			const value = this.#valueOf(part.field, part.fallback, place);
			const fallback = encodeURIComponent(part.fallback?.replace(/\p{Cs}/gu, '') ?? '');
			if (value === undefined) return fallback;
			this.linked.add(value);
			return { type: 'hole', value, fallback, as: 'url' };
		});
		return { type: 'pieces', pieces: joined(pieces) };
	}

	#readUnsubscribe(written: string): Href {
		const place: Place = { part: 'unsubscribe' };
		const isMail = /^[^\s:/{}@]+@[^\s:/{}@]+$/.test(written);
		return this.href(isMail ? `mailto:${written}` : written, '', place);
	}
}

/** What is wrong first with where people unsubscribe. */
export const unsubscribeIssue = (
	context: MessageContext,
	place: string | undefined
): ContentIssue | undefined => new MessageReader(context, place).issues[0];

/** An address as text; nothing where it is none. */
export function hrefPieces(href: Href): readonly Piece[] {
	if (href.type === 'none') return [];
	if (href.type === 'pieces') return href.pieces;
	const { value, fallback } = href;
	return [{ type: 'link', value, fallback, as: 'line', before: [], after: [], words: [] }];
}

export type MergedText =
	| { readonly type: 'text'; readonly text: string }
	| { readonly type: 'hole'; readonly value: number; readonly fallback: string }
	| { readonly type: 'unsubscribe' };

/** An address that a link of a message may lead to: of the web, or to write to. */
function isAddress(text: string): boolean {
	if (/[\p{Cc}\p{Cs}\\<>"]/u.test(text)) return false;
	if (/^mailto:/i.test(text))
		return /^mailto:[^\s@?]+@[^\s@?]+/i.test(text) || /^mailto:x(\?|$)/i.test(text);
	return webAddress(text) !== undefined;
}
