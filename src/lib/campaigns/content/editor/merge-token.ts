import type { Node } from 'prosemirror-model';
import type { NodeViewConstructor } from 'prosemirror-view';
import { unsubscribe } from '../merge';

/** How a merge field stands in the text: by the name of its field, with what stands in its place behind it. */
export const mergeToken =
	(nameOf: (field: string) => string | undefined): NodeViewConstructor =>
	(node: Node) => {
		const { field, fallback } = node.attrs as { field: string; fallback: string | null };
		const name = field === unsubscribe ? 'Unsubscribe' : nameOf(field);
		const dom = document.createElement('span');
		dom.className = name === undefined ? 'merge merge-problem' : 'merge';
		dom.append(name ?? 'Deleted field');
		if (fallback !== null) {
			const or = document.createElement('span');
			or.className = 'merge-or';
			or.append(fallback === '' ? 'or nothing' : `or “${fallback}”`);
			dom.append(' ', or);
		}
		return { dom };
	};
