import { offeredSegments, type Definitions, type Named } from '$lib/rules/definitions';
import { parseRule } from '$lib/rules/parse';
import { referencesIn } from '$lib/rules/references';
import { nodesOf, type DraftRule } from '$lib/rules/rule';
import type { Segment } from '$lib/workspace/segment';
import { keyOf, stringsIn } from './mentions';
import { rulesWith, viewWith, type Replaceable } from './replace';
import type { Users } from './uses';

/** What can be put in the place of a thing: others of its kind; fields of the same type; segments that do not lead back to it. */
export function candidatesFor(
	{ type, id }: Replaceable,
	definitions: Definitions,
	{ smartLists }: Pick<Users, 'smartLists'>
): readonly Named[] {
	const others = (things: Iterable<readonly [string, string]>): readonly Named[] =>
		[...things].flatMap(([other, name]) => (other === id ? [] : [{ id: other, name }]));
	switch (type) {
		case 'list':
			return others(definitions.lists);
		case 'tag':
			return others(definitions.tags);
		case 'field': {
			const same = definitions.fields.get(id)?.type;
			return others(
				[...definitions.fields.values()].flatMap((field) =>
					field.type === same ? [[field.id, field.name] as const] : []
				)
			);
		}
		case 'segment':
			return others(
				offeredSegments(definitions).flatMap(([other, { name, archived, rule }]) =>
					rule && !archived && !leadsTo(other, id, definitions) ? [[other, name] as const] : []
				)
			);
		case 'smartList':
			return others(
				smartLists.flatMap(({ id, name, state, view }) =>
					state === 'active' && view && !view.archived ? [[id, name] as const] : []
				)
			);
	}
}

/** The names of what can be counted now, and could not, or for nobody, with another thing in the place of one. */
export function brokenBy(
	used: Replaceable,
	by: string,
	definitions: Definitions,
	{ segments, campaignSegments, smartLists }: Users
): readonly string[] {
	if (used.type === 'smartList') return [];
	const reference = { type: used.type, id: used.id };
	const lacking = choicesLackedBy(used, by, definitions);
	const breaks = (before: DraftRule, after: DraftRule, self?: string) =>
		parseRule(before, definitions, self).ok &&
		(!parseRule(after, definitions, self).ok ||
			asksForOne(before, keyOf(used.type, used.id), lacking));
	const isBroken = (segment: Segment) => {
		const { id, draft, saved } = segment;
		const after = rulesWith(segment, reference, by);
		return [draft, ...(saved ? [saved] : [])].some((rule, i) => breaks(rule, after[i]!, id));
	};
	return [
		...[...segments, ...campaignSegments].filter(isBroken).map(({ name }) => name),
		...smartLists.flatMap(({ name, view }) => {
			if (!view?.rule) return [];
			const { rule } = viewWith(view, reference, by);
			return rule && breaks(view.rule, rule) ? [name] : [];
		})
	];
}

/** Choices of a field that another does not have. */
function choicesLackedBy(
	{ type, id }: Replaceable,
	by: string,
	{ fields }: Definitions
): ReadonlySet<string> {
	if (type !== 'field') return new Set();
	const has = new Set(fields.get(by)?.options?.map((option) => option.id));
	const choices = fields.get(id)?.options ?? [];
	return new Set(choices.flatMap((option) => (has.has(option.id) ? [] : [option.id])));
}

/** Whether a condition about a thing asks for one of these choices. */
const asksForOne = (rule: DraftRule, key: string, choices: ReadonlySet<string>): boolean =>
	choices.size > 0 &&
	[...nodesOf(rule)].some(
		(node) =>
			node.type === 'condition' &&
			referencesIn(node).some(({ type, id }) => keyOf(type, id) === key) &&
			stringsIn(node.condition).some((text) => choices.has(text))
	);

/** Whether the saved rule of a segment, or of one that it refers to, refers to another. */
function leadsTo(from: string, to: string, { segments }: Definitions): boolean {
	const seen = new Set<string>();
	const open = [from];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (id === to) return true;
		if (seen.has(id)) continue;
		seen.add(id);
		const rule = segments.get(id)?.rule;
		for (const reference of rule ? referencesIn(rule) : [])
			if (reference.type === 'segment') open.push(reference.id);
	}
	return false;
}
