import type { HtmlNode } from '../html-tree';

/** Draws a message into an element, away from the styles of the page. Links open elsewhere. */
export function drawTree(place: HTMLElement, nodes: readonly HtmlNode[]): void {
	const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
	root.replaceChildren(...nodes.map(drawn));
}

function drawn(node: HtmlNode): Node {
	if (typeof node === 'string') return document.createTextNode(node);
	// The page has its body already.
	const element = document.createElement(node.tag === 'body' ? 'div' : node.tag);
	for (const [name, value] of Object.entries(node.attributes))
		// A policy of the page forbids styles that are written out, not those that are set.
		if (name === 'style') element.style.cssText = value;
		else element.setAttribute(name, value);
	if (element instanceof HTMLAnchorElement) {
		element.target = '_blank';
		element.rel = 'noopener noreferrer';
	}
	element.append(...node.children.map(drawn));
	return element;
}
