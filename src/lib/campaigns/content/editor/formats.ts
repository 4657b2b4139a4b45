import type { NodeType } from 'prosemirror-model';
import { NodeSelection, type EditorState } from 'prosemirror-state';
import { redoDepth, undoDepth } from 'prosemirror-history';
import { schema } from './schema';
import type { Formats, Shape } from './shown';

export function formatsOf(state: EditorState): Formats {
	const { selection, doc, storedMarks } = state;
	const { $from, from, to, empty } = selection;
	const has = (mark: 'strong' | 'em') => {
		const type = schema.marks[mark]!;
		return empty
			? type.isInSet(storedMarks ?? $from.marks()) !== undefined
			: doc.rangeHasMark(from, to, type);
	};
	const within = (type: NodeType) => {
		for (let depth = $from.depth; depth > 0; depth--)
			if ($from.node(depth).type === type) return true;
		return false;
	};
	const list = listAround(state);
	const node = selection instanceof NodeSelection ? selection.node : undefined;
	return {
		shape: shapeOf(state),
		bold: has('strong'),
		italic: has('em'),
		bullets: list === schema.nodes.bullet_list,
		numbers: list === schema.nodes.ordered_list,
		quote: within(schema.nodes.blockquote!),
		href: hrefAt(state),
		selected: !empty,
		field:
			node?.type === schema.nodes.merge
				? { field: node.attrs.field, fallback: node.attrs.fallback ?? undefined }
				: undefined,
		canUndo: undoDepth(state) > 0,
		canRedo: redoDepth(state) > 0
	};
}

function shapeOf({ selection }: EditorState): Shape {
	const { parent } = selection.$from;
	if (parent.type === schema.nodes.button) return 'button';
	if (parent.type !== schema.nodes.heading) return 'paragraph';
	return `heading${parent.attrs.level as 1 | 2 | 3}`;
}

/** The type of the innermost list that the caret is in. */
export function listAround({ selection: { $from } }: EditorState): NodeType | undefined {
	for (let depth = $from.depth; depth > 0; depth--) {
		const { type } = $from.node(depth);
		if (type === schema.nodes.bullet_list || type === schema.nodes.ordered_list) return type;
	}
	return;
}

function hrefAt(state: EditorState): string | undefined {
	const { parent } = state.selection.$from;
	if (parent.type === schema.nodes.button) return parent.attrs.href as string;
	const link = linkRange(state);
	return link?.href;
}

/** The whole link that the caret is in, or in which the selection begins. */
export function linkRange({
	selection: { $from, empty }
}: EditorState): { from: number; to: number; href: string } | undefined {
	const { parent, parentOffset } = $from;
	const at = parent.childAfter(parentOffset);
	const before = empty ? parent.childBefore(parentOffset) : at;
	const child = [at, before].find(({ node }) => node && schema.marks.link!.isInSet(node.marks));
	const mark = child?.node && schema.marks.link!.isInSet(child.node.marks);
	if (!child || !mark) return;
	const isSame = (index: number) =>
		index >= 0 && index < parent.childCount && mark.isInSet(parent.child(index).marks);
	let first = child.index;
	let from = $from.start() + child.offset;
	while (isSame(first - 1)) from -= parent.child(--first).nodeSize;
	let last = child.index;
	let to = $from.start() + child.offset + child.node!.nodeSize;
	while (isSame(last + 1)) to += parent.child(++last).nodeSize;
	return { from, to, href: mark.attrs.href as string };
}
