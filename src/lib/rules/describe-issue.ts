import { unreachable } from '$lib/result';
import type { Definitions } from './definitions';
import type { Language } from './language';
import type { RuleIssue } from './parse';

/** What is wrong and what to do, for the person at the rule, in English. */
export function describeIssue(issue: RuleIssue, definitions: Definitions): string {
	const segmentName = (id: string) => definitions.segments.get(id)?.name ?? 'a deleted segment';
	switch (issue.type) {
		case 'EmptyGroup':
			return 'This group is empty. Add a condition or remove the group.';
		case 'NothingLeft':
			return 'Everything here is switched off, so there is nothing to evaluate. Switch a row on.';
		case 'TooDeep':
			return 'Groups are nested more than 8 deep. Move this one out.';
		case 'UnknownMatch':
			return 'Choose whether all, any or none of these must hold.';
		case 'UnknownKind':
			return issue.kind === ''
				? 'This condition cannot be read. Remove it or restore an earlier version.'
				: `This condition (“${issue.kind}”) was made by a newer version of Winnow. Update to edit it.`;
		case 'UnknownPart':
			return `This says something that this version of Winnow does not know: ${quoted(issue.parts)}. Update Winnow, or correct it where it was written.`;
		case 'InvalidCondition':
			return [...new Set(issue.problems)].join(' ');
		case 'DeletedReference':
			return `${deleted[issue.reference.type]} this refers to was deleted. Choose another or remove the row.`;
		case 'NeverSaved':
			return `“${segmentName(issue.segment)}” has not been saved yet. Save it first.`;
		case 'BrokenSegment':
			return `“${segmentName(issue.segment)}” has an issue of its own. Mend it there.`;
		case 'Cycle':
			return `This comes back to itself: ${issue.path.map(segmentName).join(' → ')}.`;
		default:
			return unreachable(issue);
	}
}

const quoted = (parts: readonly string[]): string =>
	[...new Set(parts)].map((part) => `“${part}”`).join(', ');

/** The same for all issues of one node, in order and any language; what is said once is not said again. */
export const describeIssues = (
	issues: readonly RuleIssue[],
	definitions: Definitions,
	language: Language
): readonly string[] => [...new Set(issues.map((issue) => language.issue(issue, definitions)))];

const deleted = {
	field: 'The field',
	eventType: 'The event',
	tag: 'The tag',
	list: 'The list',
	segment: 'The segment'
} as const;
