/** An element of a message, or a run of its text. */
export type HtmlNode = string | HtmlElement;
export interface HtmlElement {
	readonly tag: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: HtmlNode[];
}

/**
 * Reads the HTML that this folder writes, to show it without a parser that would run what is in it: only elements and
 * attributes that messages have come out of it, whatever goes in.
 */
export function htmlTree(html: string): HtmlNode[] {
	const root: HtmlElement = { tag: '', attributes: {}, children: [] };
	const open = [root];
	// What stands in front of the body is not seen.
	const body = html.slice(Math.max(0, html.indexOf('<body')));
	for (const [, closing, tag, written, text] of body.matchAll(
		/<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*>|([^<]+|<)/g
	)) {
		const within = open.at(-1)!;
		if (text !== undefined) within.children.push(decoded(text));
		else if (closing) {
			// `at(-1)` is the element that it ends, for we close what we open.
			if (within.tag === tag && open.length > 1) open.pop();
		} else {
			const element: HtmlElement = { tag: tag!, attributes: attributesOf(written!), children: [] };
			if (shown.has(tag!)) within.children.push(element);
			if (!empty.has(tag!)) open.push(element);
		}
	}
	return root.children;
}

const shown = new Set(
	'body div table tbody tr td p h1 h2 h3 ul ol li blockquote hr br strong em a'.split(' ')
);
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const kept = new Set([
	'style',
	'href',
	'start',
	'align',
	'width',
	'cellpadding',
	'cellspacing',
	'border',
	'role'
]);

function attributesOf(written: string): Record<string, string> {
	const attributes: Record<string, string> = {};
	for (const [, name, value] of written.matchAll(/([a-z-]+)="([^"]*)"/g)) {
		const text = decoded(value!);
		if (!kept.has(name!) || (name === 'href' && !/^(https?:\/\/|mailto:)/i.test(text))) continue;
		attributes[name!] = text;
	}
	return attributes;
}

const signs: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&nbsp;': '\u00a0',
	'&zwnj;': '\u200c'
};

const decoded = (text: string): string =>
	text.replace(/&(?:amp|lt|gt|quot|#39|nbsp|zwnj);/g, (entity) => signs[entity]!);
