import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { history } from 'prosemirror-history';
import {
	InputRule,
	inputRules,
	textblockTypeInputRule,
	undoInputRule,
	wrappingInputRule
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import type { Command, Plugin } from 'prosemirror-state';
import { parseMerge, unsubscribe } from '../merge';
import { commandOf, type Act } from './acts';
import { mergeMarks } from './merge-marks';
import { schema } from './schema';

const { nodes } = schema;

export interface Lookups {
	/** The id of the field that is meant by an id or a name. */
	fieldCalled(called: string): string | undefined;
	/** What a field is called; nothing where there is none. */
	nameOf(field: string): string | undefined;
}

/** What typing does. `onlink` asks where a link is to lead. */
export function plugins(lookups: Lookups, onlink: () => void): Plugin[] {
	const does = (act: Act): Command => commandOf(act, lookups);
	const item = nodes.list_item!;
	const newLine: Command = chainCommands(exitCode, (state, dispatch) => {
		const { parent } = state.selection.$from;
		if (!parent.inlineContent || parent.type === nodes.button) return false;
		dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break!.create()).scrollIntoView());
		return true;
	});
	return [
		inputRules({
			rules: [
				mergeRule(lookups),
				wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list!),
				wrappingInputRule(/^(\d{1,3})\.\s$/, nodes.ordered_list!, ([, n]) => ({
					order: Number(n)
				})),
				wrappingInputRule(/^\s*>\s$/, nodes.blockquote!),
				textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading!, ([, signs]) => ({
					level: signs!.length
				}))
			]
		}),
		keymap({
			'Mod-b': does({ type: 'bold' }),
			'Mod-i': does({ type: 'italic' }),
			'Mod-k': () => {
				onlink();
				return true;
			},
			'Mod-z': does({ type: 'undo' }),
			'Mod-y': does({ type: 'redo' }),
			'Shift-Mod-z': does({ type: 'redo' }),
			'Shift-Mod-8': does({ type: 'bullets' }),
			'Shift-Mod-7': does({ type: 'numbers' }),
			'Mod-]': sinkListItem(item),
			'Mod-[': liftListItem(item),
			'Shift-Enter': newLine,
			Enter: splitListItem(item),
			Backspace: undoInputRule
		}),
		keymap(baseKeymap),
		history(),
		mergeMarks(lookups)
	];
}

/** `{First name | "there"}` becomes the field as its `}` is typed. */
const mergeRule = ({ fieldCalled }: Lookups): InputRule =>
	new InputRule(/(?<!\{)\{[^{}]{1,200}\}$/, (state, [written], from, to) => {
		const [part] = parseMerge(written).parts;
		if (part?.type !== 'field') return null;
		const field = part.field === unsubscribe ? unsubscribe : fieldCalled(part.field);
		if (field === undefined) return null;
		const marks = state.storedMarks ?? state.selection.$from.marks();
		const node = nodes.merge!.create({ field, fallback: part.fallback ?? null }, null, marks);
		return state.tr.replaceWith(from, to, node);
	});
