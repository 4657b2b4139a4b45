import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { parseMerge, unsubscribe } from '../merge';
import { renamed } from '../merge-names';
import type { Lookups } from './plugins';
import { schema } from './schema';

const { nodes, marks } = schema;

/** A piece of text with the fields that are written in it, by whatever name, as fields. What is none stays as it is written. */
export const sliceWithFields = ({ content, openStart, openEnd }: Slice, lookups: Lookups): Slice =>
	new Slice(withFields(content, lookups), openStart, openEnd);

export function withFields(content: Fragment, lookups: Lookups): Fragment {
	const { fieldCalled } = lookups;
	const hrefOf = (href: string) => renamed(href, (called) => fieldCalled(called) ?? called);
	const linked = (mark: Mark): Mark =>
		mark.type === marks.link ? mark.type.create({ href: hrefOf(mark.attrs.href as string) }) : mark;
	const read = (node: Node): readonly Node[] => {
		const around = node.marks.map(linked);
		if (node.isText) return textWithFields(node.text!, around, lookups);
		const attrs =
			node.type === nodes.button ? { href: hrefOf(node.attrs.href as string) } : node.attrs;
		return [node.type.create(attrs, withFields(node.content, lookups), around)];
	};
	return Fragment.fromArray(content.content.flatMap(read));
}

function textWithFields(
	text: string,
	around: readonly Mark[],
	{ fieldCalled }: Lookups
): readonly Node[] {
	const found: Node[] = [];
	let from = 0;
	const say = (to: number) => {
		if (to > from) found.push(schema.text(text.slice(from, to), around));
	};
	for (const part of parseMerge(text).parts) {
		if (part.type !== 'field') continue;
		const field = part.field === unsubscribe ? unsubscribe : fieldCalled(part.field);
		if (field === undefined) continue;
		say(part.at);
		from = part.at + part.length;
		found.push(nodes.merge!.create({ field, fallback: part.fallback ?? null }, null, around));
	}
	say(text.length);
	return found;
}
