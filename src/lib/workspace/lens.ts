import type { DraftCondition, DraftGroup, DraftRule } from '$lib/rules/rule';

type Raw = DraftCondition['condition'];

/**
 * How a condition of an older form reads in the next one. A form is told by `v` in the condition; without it, it is the
 * first. What a lens does not know of, it leaves.
 */
export interface Lens {
	readonly kind: string;
	/** The form it reads; it gives the one after. */
	readonly from: number;
	read(condition: Raw): Raw;
}

/**
 * None yet: the first needs its form named where what a condition says is held against what is known (`unknownIn`).
 *
 * Every lens there is, for ever: what is stored is not rewritten when it is read, only when a person edits that very
 * condition. Were it, every device would write, and older apps would be shut out of what nobody touched.
 */
export const lenses: readonly Lens[] = [];

/** A rule with every condition in its newest form. A part without an older form stays the same object. */
export function throughLenses(rule: DraftGroup, all: readonly Lens[] = lenses): DraftGroup {
	return all.length === 0 ? rule : throughGroup(rule, all);
}

/** The same of what hangs nowhere. */
export const nodeThroughLenses = (node: DraftRule, all: readonly Lens[] = lenses): DraftRule =>
	node.type === 'group' ? throughLenses(node, all) : throughCondition(node, all);

function throughGroup(group: DraftGroup, all: readonly Lens[]): DraftGroup {
	const children = group.children.map((child) => nodeThroughLenses(child, all));
	return children.every((child, i) => child === group.children[i]) ? group : { ...group, children };
}

function throughCondition(node: DraftCondition, all: readonly Lens[]): DraftCondition {
	const condition = newest(node.condition, all);
	return condition === node.condition ? node : { ...node, condition };
}

/** A stored condition is never changed, only replaced; read once, it stays the same object for all who compare by it. */
const readBefore = new WeakMap<Raw, { all: readonly Lens[]; read: Raw }>();

function newest(condition: Raw, all: readonly Lens[]): Raw {
	const before = readBefore.get(condition);
	if (before?.all === all) return before.read;
	let read = condition;
	for (let lens = lensOf(read, all); lens; lens = lensOf(read, all))
		read = { ...lens.read(read), v: lens.from + 1 };
	readBefore.set(condition, { all, read });
	return read;
}

const lensOf = ({ kind, v = 1 }: Raw, all: readonly Lens[]): Lens | undefined =>
	all.find((lens) => lens.kind === kind && lens.from === v);
