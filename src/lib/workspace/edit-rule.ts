import { rootId, type DraftCondition, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { Edit } from './gesture';
import { areAscending, orderAt, ordersOf, type Placed } from './order';
import { rawObject } from './registers';
import { readTree, subtree, type Tree } from './tree';

/** Where to put a node: into which group, and before which of its children; at its end without `index`. */
export interface Position {
	readonly parent: string;
	readonly index?: number;
}

/** What a condition says: its kind, and whatever that kind needs. */
export type ConditionDraft = DraftCondition['condition'];

/** Adds a condition with an id that is new in this segment. */
export function addCondition(
	edit: Edit,
	segment: string,
	id: string,
	condition: ConditionDraft,
	to: Position
): void {
	add(edit, segment, id, { type: 'condition', condition }, to);
}

/** Adds an empty group with an id that is new in this segment. */
export function addGroup(
	edit: Edit,
	segment: string,
	id: string,
	match: string,
	to: Position
): void {
	add(edit, segment, id, { type: 'group', match }, to);
}

/** Replaces a condition as a whole: half of yours and half of mine is nobody's rule. */
export function setCondition(
	edit: Edit,
	segment: string,
	id: string,
	condition: ConditionDraft
): void {
	patchBody(edit, segment, id, { type: 'condition', condition });
}

/** How a group combines what is in it. The root's id is `root`. */
export function setMatch(edit: Edit, segment: string, id: string, match: string): void {
	if (id !== rootId) return patchBody(edit, segment, id, { match });
	if (readable(edit, segment)) edit.write('segments', `${segment}/match`, match);
}

export function setMuted(edit: Edit, segment: string, id: string, muted: boolean): void {
	patchBody(edit, segment, id, { muted: muted || undefined });
}

/** A note beside a node, for people. An empty one takes it away. */
export function setNote(edit: Edit, segment: string, id: string, note: string): void {
	patchBody(edit, segment, id, { note: note || undefined });
}

/** Moves a node with all it holds; also brings a detached one back. `index` counts the other children only. */
export function move(edit: Edit, segment: string, id: string, to: Position): void {
	const tree = readable(edit, segment);
	if (!tree) return;
	if (!canMove(edit, segment, tree, id, to.parent)) return;
	settleLifted(edit, segment, tree, new Set([id]));
	place(edit, segment, tree, id, to);
}

/** Removes a node and all that is in it. What somebody else adds to it meanwhile is detached, not lost. */
export function remove(edit: Edit, segment: string, id: string): void {
	const tree = readable(edit, segment);
	if (!tree) return;
	if (id === rootId) return edit.refuse({ type: 'RootStays' });
	if (!tree.nodes.has(id)) return edit.refuse({ type: 'Gone', segment, node: id });
	const gone = subtree(tree, id).map((node) => node.id);
	settleLifted(edit, segment, tree, new Set(gone));
	for (const node of gone) erase(edit, segment, node);
}

/** Puts nodes, in the order they have, into a new group, which takes the place of the first. */
export function wrapInGroup(
	edit: Edit,
	segment: string,
	id: string,
	match: string,
	nodes: readonly [string, ...string[]]
): void {
	const tree = readable(edit, segment);
	if (!tree) return;
	const order = nodes.flatMap((node) => indexOf(edit, segment, tree, node) ?? []);
	if (order.length < nodes.length) return;
	const [first] = order.sort((a, b) => a.index - b.index);
	if (!first) return;
	addGroup(edit, segment, id, match, { parent: first.parent, index: first.index });
	for (const { node } of order) move(edit, segment, node, { parent: id });
}

/** Puts what a group holds in the group's own place. Of a muted group all stays muted. */
export function ungroup(edit: Edit, segment: string, id: string): void {
	const tree = readable(edit, segment);
	if (!tree) return;
	const at = indexOf(edit, segment, tree, id);
	if (!at) return;
	for (const [i, child] of (tree.children.get(id) ?? []).entries()) {
		move(edit, segment, child.id, { parent: at.parent, index: at.index + 1 + i });
		if (tree.nodes.get(id)?.body.muted) setMuted(edit, segment, child.id, true);
	}
	remove(edit, segment, id);
}

/**
 * Makes the whole draft what `rule` says, detached nodes gone. Nodes keep the ids they have in the rule; what is the
 * same already is not written. `newId` is asked where an id is not usable or there twice.
 */
export function replaceRule(
	edit: Edit,
	segment: string,
	rule: DraftGroup,
	newId: () => string
): void {
	const tree = readable(edit, segment);
	if (!tree) return;
	edit.write('segments', `${segment}/match`, rule.match);

	const kept = new Set<string>([rootId]);
	const open: { group: DraftGroup; id: string }[] = [{ group: rule, id: rootId }];
	for (let next = open.pop(); next; next = open.pop()) {
		const children = next.group.children.map((child) => {
			const usable = child.id !== '' && !child.id.includes('/') && !kept.has(child.id);
			const id = usable ? child.id : newId();
			kept.add(id);
			return { id, child };
		});
		for (const { id, child } of children) {
			edit.write('nodes', `${segment}/${id}/b`, bodyOf(child));
			if (child.type === 'group') open.push({ group: child, id });
		}
		placeInOrder(
			edit,
			segment,
			tree,
			next.id,
			children.map(({ id }) => id)
		);
	}
	for (const key of [...edit.keys('nodes', segment)]) {
		const id = key.split('/')[1];
		if (id !== undefined && !kept.has(id)) edit.write('nodes', key, undefined);
	}
}

function bodyOf(node: DraftRule): Record<string, unknown> {
	const { id: _id, ...rest } = node;
	if (rest.type === 'condition') return rest;
	const { children: _children, ...body } = rest;
	return body;
}

function add(edit: Edit, segment: string, id: string, body: object, to: Position) {
	const tree = readable(edit, segment);
	if (!tree || !isGroup(edit, segment, tree, to.parent)) return;
	edit.write('nodes', `${segment}/${id}/b`, body);
	place(edit, segment, tree, id, to);
}

/** The segment's tree, or a refusal if there is no such segment. */
function readable(edit: Edit, segment: string): Tree | undefined {
	if (edit.raw('segments', `${segment}/new`) !== undefined) return readTree(edit, segment);
	edit.refuse({ type: 'Gone', segment });
}

function patchBody(edit: Edit, segment: string, id: string, patch: object): void {
	if (id === rootId) return edit.refuse({ type: 'RootStays' });
	const key = `${segment}/${id}/b`;
	if (edit.raw('nodes', key) === undefined) return edit.refuse({ type: 'Gone', segment, node: id });
	edit.write('nodes', key, { ...rawObject(edit, 'nodes', key), ...patch });
}

function canMove(edit: Edit, segment: string, tree: Tree, id: string, parent: string): boolean {
	if (id === rootId) return (edit.refuse({ type: 'RootStays' }), false);
	if (!tree.nodes.has(id)) return (edit.refuse({ type: 'Gone', segment, node: id }), false);
	if (!isGroup(edit, segment, tree, parent)) return false;
	const within = subtree(tree, id).some((node) => node.id === parent);
	if (within) edit.refuse({ type: 'IntoItself', node: id });
	return !within;
}

function isGroup(edit: Edit, segment: string, tree: Tree, id: string): boolean {
	if (id === rootId || tree.nodes.get(id)?.body.type === 'group') return true;
	edit.refuse({ type: 'Gone', segment, node: id });
	return false;
}

function indexOf(edit: Edit, segment: string, tree: Tree, node: string) {
	const parent = tree.nodes.get(node)?.parent;
	if (parent === undefined) return void edit.refuse({ type: 'Gone', segment, node });
	const index = (tree.children.get(parent) ?? []).findIndex(({ id }) => id === node);
	return { node, parent, index };
}

function place(edit: Edit, segment: string, tree: Tree, id: string, to: Position): void {
	const siblings = (tree.children.get(to.parent) ?? []).filter((sibling) => sibling.id !== id);
	const { order, moved } = orderAt(siblings, to.index ?? siblings.length);
	for (const placed of [...moved, { id, order }]) writePlace(edit, segment, to.parent, placed);
}

function placeInOrder(
	edit: Edit,
	segment: string,
	tree: Tree,
	parent: string,
	ids: readonly string[]
): void {
	const stored = ids.map((id) => edit.raw('nodes', `${segment}/${id}/p`) as unknown);
	const here = stored.every((value) => Array.isArray(value) && value[0] === parent);
	const orders = ids.map((id) => tree.nodes.get(id)?.order ?? '');
	if (here && areAscending(orders)) return;
	for (const placed of ordersOf(ids)) writePlace(edit, segment, parent, placed);
}

function writePlace(edit: Edit, segment: string, parent: string, { id, order }: Placed): void {
	edit.write('nodes', `${segment}/${id}/p`, [parent, order]);
}

function erase(edit: Edit, segment: string, id: string): void {
	for (const key of [...edit.keys('nodes', segment)])
		if (key.startsWith(`${segment}/${id}/`)) edit.write('nodes', key, undefined);
}

/**
 * Nodes that hang under the root because of a loop, or of a parent that is no group, are written down there when
 * somebody changes the structure: else taking away what the loop went through would take them from the rule.
 */
function settleLifted(edit: Edit, segment: string, tree: Tree, except: ReadonlySet<string>): void {
	for (const node of tree.nodes.values())
		if (node.lifted && !except.has(node.id)) writePlace(edit, segment, rootId, node);
}
