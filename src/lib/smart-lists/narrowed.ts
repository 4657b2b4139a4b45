import { hasTag, inList, type Within } from '$lib/contacts/within';
import { sameJson } from '$lib/json';
import { NodeId } from '$lib/rules/rule';
import { regionDraft } from '$lib/segments/region';
import type { SmartListView } from './view';

/** Who is shown where the table is narrowed to something; `view` is that of the smart list, where it is one. */
export function narrowedTo(
	within: Within,
	view: SmartListView | undefined
): Pick<SmartListView, 'rule' | 'archived'> {
	switch (within.type) {
		case 'everyone':
			return { rule: null };
		case 'archived':
			return { rule: null, archived: true };
		case 'list':
			return { rule: inList(within.id) };
		case 'tag':
			return { rule: hasTag(within.id) };
		case 'segment':
			return { rule: allOfSegment(within.id) };
		case 'overlap':
			return { rule: regionDraft(within.region) };
		case 'view':
			return { rule: view?.rule ?? null, ...(view?.archived ? { archived: true } : {}) };
	}
}

/** The rule of all who are in a segment, which follows the segment. */
export const allOfSegment = (segment: string): SmartListView['rule'] => ({
	type: 'condition',
	id: NodeId.parse('only'),
	condition: { kind: 'segment', segment, in: true }
});

/** Whether two views show the same people in the same way. */
export const isSameView = (a: SmartListView, b: SmartListView): boolean =>
	sameJson(plain(a), plain(b));

const plain = ({ rule, search = '', archived, columns, widths, sort, density }: SmartListView) => ({
	...{ rule, columns, density },
	search: search.trim(),
	archived: archived === true,
	widths: widths ?? {},
	sort: sort ?? null
});
