import { readsAs } from '$lib/fields/type-names';
import { unreachable } from '$lib/result';
import type { Definitions, Reference } from './definitions';
import { english } from './english';
import { explainCondition } from './explain';
import { textOf } from './phrase';
import type { Repair } from './repairs';
import { nodesOf, type DraftRule } from './rule';

/** A repair as what a button says. */
export function describeRepair(repair: Repair, draft: DraftRule, definitions: Definitions): string {
	switch (repair.type) {
		case 'Remove':
			return repair.what === 'group' ? 'Remove the group' : 'Remove the row';
		case 'SwitchOn': {
			const node = [...nodesOf(draft)].find(({ id }) => id === repair.node);
			return node?.type === 'condition'
				? `Switch on “${textOf(explainCondition(node, definitions, english))}”`
				: 'Switch on the group';
		}
		case 'Ungroup':
			return 'Take a group apart that changes nothing';
		case 'ChooseMatch':
			return matches[repair.match];
		case 'FillIn':
			return 'Fill it in';
		case 'Refit':
			return `Compare ${repair.about.name} as ${readsAs[repair.about.type]}`;
		case 'Replace':
			return `Choose another ${things[repair.reference.type]}`;
		case 'TakeOut':
			return `Take the deleted ${things[repair.reference.type]} out`;
		case 'OpenSegment':
			return `Open “${definitions.segments.get(repair.segment)?.name ?? ''}”`;
		default:
			return unreachable(repair);
	}
}

/** The same of several, as one sentence: "Remove the row, or open “Swiss”." Nothing where there are none. */
export function describeRepairs(
	repairs: readonly Repair[],
	draft: DraftRule,
	definitions: Definitions
): string {
	const [first, ...others] = repairs.map((repair) => describeRepair(repair, draft, definitions));
	if (first === undefined) return '';
	return `${[first, ...others.map((other) => `or ${other[0]!.toLowerCase()}${other.slice(1)}`)].join(', ')}.`;
}

const matches = {
	all: 'All must hold',
	any: 'Any is enough',
	none: 'None may hold'
} as const;

const things: Record<Reference['type'], string> = {
	field: 'field',
	eventType: 'event',
	tag: 'tag',
	list: 'list',
	segment: 'segment'
};
