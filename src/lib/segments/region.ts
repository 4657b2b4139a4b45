import type { Region } from '$lib/contacts/region';
import { NodeId, rootId, type DraftCondition, type DraftGroup } from '$lib/rules/rule';

/** The region of a mask: bit `i` says that it lies inside the segment at `i`. */
export const regionOf = (mask: number, segments: readonly string[]): Region => ({
	inside: segments.filter((_, i) => mask & (1 << i)),
	outside: segments.filter((_, i) => !(mask & (1 << i)))
});

/** The mask of a region of just these segments; `undefined` if it is of others. */
export function maskOf(region: Region, segments: readonly string[]): number | undefined {
	const inside = new Set(region.inside);
	const all = new Set([...inside, ...region.outside]);
	if (all.size !== segments.length || !segments.every((id) => all.has(id))) return;
	return segments.reduce((mask, id, i) => (inside.has(id) ? mask | (1 << i) : mask), 0);
}

/** The rule of those in it, which follows the segments: all of "in segment A" and "in segment B", but not "in segment C". */
export function regionDraft({ inside, outside }: Region): DraftGroup {
	const included = inside.map((segment, i) => isIn(segment, `in-${i}`));
	const excluded: DraftGroup = {
		type: 'group',
		id: NodeId.parse('out'),
		match: 'none',
		children: outside.map((segment, i) => isIn(segment, `out-${i}`))
	};
	const children = outside.length > 0 ? [...included, excluded] : included;
	return { type: 'group', id: rootId, match: 'all', children };
}

const isIn = (segment: string, id: string): DraftCondition => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'segment', segment, in: true }
});

/** Segments to be outside of are named as long as there are no more than these. */
const mostNamed = 3;

/** "In “A” and “B”, not in “C”", or "…, in none of 7 others"; of those who are in none of them: "Not in “A” or “B”". */
export function sayRegion(
	{ inside, outside }: Region,
	nameOf: (segment: string) => string
): string {
	const said = (segments: readonly string[], joint: string) =>
		joined(
			segments.map((id) => `“${nameOf(id)}”`),
			joint
		);
	const many = outside.length > mostNamed;
	if (inside.length === 0)
		return many ? `In none of ${outside.length} segments` : `Not in ${said(outside, 'or')}`;
	const included = `In ${said(inside, 'and')}`;
	if (outside.length === 0) return included;
	return `${included}, ${many ? `in none of ${outside.length} others` : `not in ${said(outside, 'or')}`}`;
}

function joined(words: readonly string[], joint: string): string {
	const [last, ...before] = [...words].reverse();
	return before.length === 0 ? last! : `${before.reverse().join(', ')} ${joint} ${last}`;
}
