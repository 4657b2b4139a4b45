import { unreachable } from '$lib/result';
import {
	typeOfTarget,
	type ColumnTarget,
	type ImportDefinitions,
	type Mapping,
	type TargetName
} from './mapping';

/** Why a mapping cannot be imported as it is. */
export type MappingIssue =
	/** No column says who a row is about. `wanted` is how rows are to be matched. */
	| { readonly type: 'NoIdentity'; readonly wanted: 'email' | 'id' }
	| { readonly type: 'Twice'; readonly columns: readonly [string, string] }
	| { readonly type: 'NoTime' }
	| { readonly type: 'NoEventType' }
	| { readonly type: 'DateOrder'; readonly column: string }
	| { readonly type: 'GoneField'; readonly column: string };

/** All of them, in no order that matters. */
export function mappingIssues(mapping: Mapping, definitions: ImportDefinitions): MappingIssue[] {
	const { columns, match, kind } = mapping;
	const has = (name: TargetName) => columns.some(({ target }) => target.target === name);
	const issues: MappingIssue[] = [];
	if (!has(match === 'id' ? 'externalId' : 'email'))
		issues.push({ type: 'NoIdentity', wanted: match });
	if (kind === 'events' && !has('time')) issues.push({ type: 'NoTime' });
	if (kind === 'events' && !mapping.eventType && !has('eventType'))
		issues.push({ type: 'NoEventType' });

	const taken = new Map<string, string>();
	for (const { name, target, style } of columns) {
		const key = exclusiveKey(target);
		const first = key === undefined ? undefined : taken.get(key);
		if (first !== undefined) issues.push({ type: 'Twice', columns: [first, name] });
		else if (key !== undefined) taken.set(key, name);
		if (target.target === 'field' && !definitions.fields.has(target.field))
			issues.push({ type: 'GoneField', column: name });
		const type = typeOfTarget(target, definitions);
		if ((type === 'date' || type === 'datetime') && style.order === null && style.ask)
			issues.push({ type: 'DateOrder', column: name });
	}
	return issues;
}

/** Two columns with the same key cannot both be imported: which one would win? */
function exclusiveKey(target: ColumnTarget): string | undefined {
	switch (target.target) {
		case 'ignore':
		case 'tags':
		case 'lists':
		case 'consent': // the most careful one counts
			return;
		case 'field':
			return `field ${target.field}`;
		case 'newField':
			return `field ${target.field.id}`;
		case 'property':
			return `property ${target.property.id}`;
		default:
			return target.target;
	}
}

/** What is to be decided, as a sentence. */
export function describeMappingIssue(issue: MappingIssue): string {
	switch (issue.type) {
		case 'NoIdentity':
			return issue.wanted === 'id'
				? 'Choose the column with the ID of each contact.'
				: 'No column has email addresses. Choose the one that has them, or match contacts by an ID column.';
		case 'Twice':
			return `“${issue.columns[0]}” and “${issue.columns[1]}” go to the same place. Ignore one of them.`;
		case 'NoTime':
			return 'Choose the column with the time of each event.';
		case 'NoEventType':
			return 'Say what these events are, or choose the column that says it.';
		case 'DateOrder':
			return `Does the day or the month come first in “${issue.column}”?`;
		case 'GoneField':
			return `The field of “${issue.column}” is not there any more. Choose another one.`;
		default:
			return unreachable(issue);
	}
}
