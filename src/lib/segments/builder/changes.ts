import { nodesOf, type DraftGroup, type DraftRule } from '$lib/rules/rule';

/** In how many places two rules differ: nodes added, taken away, changed or moved. */
export function countChanges(before: DraftGroup, after: DraftGroup): number {
	const [old, now] = [described(before), described(after)];
	let changes = 0;
	for (const [id, { body, parent }] of now) {
		const was = old.get(id);
		if (!was) changes++;
		else changes += Number(was.body !== body) + Number(was.parent !== parent);
	}
	for (const id of old.keys()) if (!now.has(id)) changes++;
	for (const [id, { order }] of now) {
		const stayed = (ids: readonly string[] | undefined) =>
			(ids ?? []).filter((child) => old.get(child)?.parent === id && now.get(child)?.parent === id);
		if (stayed(order).join(' ') !== stayed(old.get(id)?.order).join(' ')) changes++;
	}
	return changes;
}

interface Described {
	readonly body: string;
	readonly parent: string | undefined;
	readonly order: readonly string[];
}

function described(root: DraftGroup): ReadonlyMap<string, Described> {
	const parents = new Map<string, string>();
	for (const node of nodesOf(root))
		if (node.type === 'group') for (const { id } of node.children) parents.set(id, node.id);
	return new Map(
		[...nodesOf(root)].map((node) => [
			node.id,
			{
				body: bodyOf(node),
				parent: parents.get(node.id),
				order: node.type === 'group' ? node.children.map(({ id }) => id) : []
			}
		])
	);
}

/** What a node says by itself; equal text is equal content, whatever order it was written in. */
export function bodyOf(node: DraftRule): string {
	const said = node.type === 'group' ? node.match : sorted(node.condition);
	return JSON.stringify([said, node.muted ?? false, node.note ?? '']);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
