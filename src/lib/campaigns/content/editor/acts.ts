import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { Fragment } from 'prosemirror-model';
import { NodeSelection, TextSelection, type Command } from 'prosemirror-state';
import { unreachable } from '$lib/result';
import { formatsOf, linkRange, listAround } from './formats';
import type { Lookups } from './plugins';
import { schema } from './schema';
import type { Shape } from './shown';
import { withFields } from './with-fields';

const { nodes, marks } = schema;

/** What a toolbar or a key does to the text. */
export type Act =
	| {
			readonly type: 'bold' | 'italic' | 'bullets' | 'numbers' | 'quote' | 'rule' | 'undo' | 'redo';
	  }
	| { readonly type: 'shape'; readonly shape: Shape }
	/** A link on what is selected, or on the one that the caret is in; with nothing selected, on words of its own. */
	| { readonly type: 'link'; readonly href: string; readonly words: string }
	| { readonly type: 'unlink' }
	| { readonly type: 'field'; readonly field: string; readonly fallback: string | undefined };

export function commandOf(act: Act, lookups: Lookups): Command {
	switch (act.type) {
		case 'bold':
			return toggleMark(marks.strong!);
		case 'italic':
			return toggleMark(marks.em!);
		case 'bullets':
			return toggleList('bullet_list');
		case 'numbers':
			return toggleList('ordered_list');
		case 'quote':
			return (state, dispatch, view) =>
				(formatsOf(state).quote ? lift : wrapIn(nodes.blockquote!))(state, dispatch, view);
		case 'rule':
			return (state, dispatch) => {
				dispatch?.(state.tr.replaceSelectionWith(nodes.horizontal_rule!.create()).scrollIntoView());
				return true;
			};
		case 'undo':
			return undo;
		case 'redo':
			return redo;
		case 'shape':
			return reshape(act.shape);
		case 'link':
			return setLink(act.href, act.words, lookups);
		case 'unlink':
			return unlink;
		case 'field':
			return insertField(act.field, act.fallback);
		default:
			return unreachable(act);
	}
}

function reshape(shape: Shape): Command {
	if (shape === 'paragraph') return setBlockType(nodes.paragraph!);
	if (shape === 'button') return setBlockType(nodes.button!, { href: '' });
	return setBlockType(nodes.heading!, { level: Number(shape.at(-1)) });
}

/** Makes a list, makes it one of the other kind, or lifts its items out of it. */
function toggleList(name: 'bullet_list' | 'ordered_list'): Command {
	const type = nodes[name]!;
	return (state, dispatch, view) => {
		const around = listAround(state);
		if (around === type) return liftListItem(nodes.list_item!)(state, dispatch, view);
		if (!around) return wrapInList(type)(state, dispatch, view);
		const { $from } = state.selection;
		for (let depth = $from.depth; depth > 0; depth--)
			if ($from.node(depth).type === around) {
				dispatch?.(state.tr.setNodeMarkup($from.before(depth), type));
				return true;
			}
		return false;
	};
}

function setLink(href: string, words: string, lookups: Lookups): Command {
	return (state, dispatch) => {
		const { tr, selection } = state;
		const { $from, empty } = selection;
		if ($from.parent.type === nodes.button) {
			dispatch?.(tr.setNodeAttribute($from.before(), 'href', href));
			return true;
		}
		const mark = marks.link!.create({ href });
		const link = linkRange(state);
		if (link) tr.removeMark(link.from, link.to, marks.link).addMark(link.from, link.to, mark);
		else if (!empty) tr.addMark(selection.from, selection.to, mark);
		else if (words) {
			const around = state.storedMarks ?? $from.marks();
			const said = Fragment.from(schema.text(words, mark.addToSet(around)));
			tr.insert(selection.from, withFields(said, lookups));
			tr.setStoredMarks(around);
		} else return false;
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

const unlink: Command = (state, dispatch) => {
	const link = linkRange(state);
	if (link) dispatch?.(state.tr.removeMark(link.from, link.to, marks.link));
	return link !== undefined;
};

/** In the place of the selected one, or where the caret is. */
function insertField(field: string, fallback: string | undefined): Command {
	return (state, dispatch) => {
		const { tr, selection } = state;
		const node = nodes.merge!.create({ field, fallback: fallback ?? null });
		if (selection instanceof NodeSelection && selection.node.type === nodes.merge)
			tr.replaceWith(selection.from, selection.to, node.mark(selection.node.marks));
		else tr.replaceSelectionWith(node, true);
		const end = tr.mapping.map(selection.to);
		tr.setSelection(TextSelection.near(tr.doc.resolve(end)));
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}
