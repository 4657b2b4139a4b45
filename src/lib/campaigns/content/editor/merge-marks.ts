import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { describeMergeProblem } from '../describe-issue';
import { parseMerge, unsubscribe } from '../merge';
import type { Lookups } from './plugins';

/** Shows in the text itself which typed braces are fields, and which are a mistake. */
export const mergeMarks = (lookups: Lookups): Plugin<DecorationSet> =>
	new Plugin<DecorationSet>({
		state: {
			init: (_, { doc }) => DecorationSet.create(doc, marksOf(doc, lookups)),
			apply: (tr, old) =>
				tr.docChanged ? DecorationSet.create(tr.doc, marksOf(tr.doc, lookups)) : old
		},
		props: {
			decorations(state) {
				return this.getState(state);
			}
		}
	});

function marksOf(doc: Node, { fieldCalled }: Lookups): Decoration[] {
	const all: Decoration[] = [];
	doc.descendants((node, at) => {
		if (!node.isText || !/[{}]/.test(node.text!)) return;
		const { parts, problems } = parseMerge(node.text!);
		const mark = (from: number, length: number, title: string | undefined) =>
			all.push(
				Decoration.inline(at + from, at + from + length, {
					class: title ? 'merge-problem' : 'merge-typed',
					...(title ? { title } : {})
				})
			);
		for (const problem of problems) mark(problem.at, problem.length, describeMergeProblem(problem));
		for (const part of parts) {
			if (part.type !== 'field') continue;
			const known = part.field === unsubscribe || fieldCalled(part.field) !== undefined;
			mark(part.at, part.length, known ? undefined : `There is no field “${part.field}”.`);
		}
	});
	return all;
}
