import { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { commandOf, type Act } from './acts';
import { formatsOf } from './formats';
import { mergeToken } from './merge-token';
import { plugins, type Lookups } from './plugins';
import { schema } from './schema';
import type { Formats } from './shown';
import { sliceWithFields } from './with-fields';
import { emptyText, type RichText } from '../block';

export interface EditorOptions extends Lookups {
	/** Its name for screen readers. */
	readonly label: string;
	readonly value: RichText;
	readonly editable: () => boolean;
	/** After each change, at once. */
	readonly onedit: (value: () => RichText) => void;
	/** After each change, and where the caret moves. */
	readonly onformats: (formats: Formats) => void;
	readonly onblur: () => void;
	/** A key asks for a link. */
	readonly onlink: () => void;
}

/** A text being edited on the page. */
export interface OpenEditor {
	/** Does it where the caret is, and puts the focus there. Gives whether it could be done. */
	act(act: Act): boolean;
	/** Puts another text in its place, for what others changed. Gives whether it can be edited here. */
	replace(value: RichText): boolean;
	/** Draws its fields anew, for when their names have changed. */
	redraw(): void;
	focus(): void;
	close(): void;
}

/** Opens an editor in an element of the page; not for a text that it would take something from. */
export function openEditor(place: HTMLElement, options: EditorOptions): OpenEditor | undefined {
	const first = docOf(options.value);
	if (!first) return;
	const all = plugins(options, options.onlink);
	const view = new EditorView(place, {
		state: EditorState.create({ doc: first, plugins: all }),
		editable: options.editable,
		attributes: () => ({
			role: 'textbox',
			'aria-multiline': 'true',
			'aria-label': options.label,
			...(options.editable() ? {} : { 'aria-readonly': 'true' })
		}),
		nodeViews: { merge: mergeToken(options.nameOf) },
		transformPasted: (slice) => sliceWithFields(slice, options),
		dispatchTransaction(tr) {
			view.updateState(view.state.apply(tr));
			if (tr.docChanged) options.onedit(() => jsonOf(view.state.doc));
			options.onformats(formatsOf(view.state));
		},
		handleDOMEvents: {
			blur() {
				options.onblur();
				return false;
			},
			// Links are edited here, not followed.
			click(_, event) {
				if (event.target instanceof Element && event.target.closest('a')) event.preventDefault();
				return false;
			}
		}
	});
	options.onformats(formatsOf(view.state));
	return {
		act(act) {
			const done = commandOf(act, options)(view.state, view.dispatch, view);
			view.focus();
			return done;
		},
		replace(value) {
			const doc = docOf(value);
			if (!doc) return false;
			if (!doc.eq(view.state.doc)) {
				view.updateState(EditorState.create({ doc, plugins: all }));
				options.onformats(formatsOf(view.state));
			}
			return true;
		},
		redraw() {
			view.setProps({ nodeViews: { merge: mergeToken(options.nameOf) } });
		},
		focus: () => view.focus(),
		close: () => view.destroy()
	};
}

/** Plain objects: those of a document have no prototype, and are its own. */
const jsonOf = (doc: Node): RichText => JSON.parse(JSON.stringify(doc)) as RichText;

/** The text as a document; nothing where it has parts that are not known here, which editing would take from it. */
export function docOf(value: RichText): Node | undefined {
	const { content } = value;
	try {
		const doc = Node.fromJSON(schema, content?.length ? value : emptyText);
		doc.check();
		return doc;
	} catch (error) {
		if (error instanceof RangeError || error instanceof TypeError) return;
		throw error;
	}
}
