import type { Choice } from '$lib/rules/conditions/kind';
import { allChoices, kinds } from '$lib/rules/conditions/registry';
import { searches } from '$lib/rules/conditions/editors';
import type { Definitions } from '$lib/rules/definitions';
import { describeIssue } from '$lib/rules/describe-issue';
import type { Found, Lookup } from '$lib/rules/editing/editor';
import { readRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { textKey } from '$lib/text-key';

/** Choices shown of each group while something is typed. */
const most = 12;

/** A line of the picker. Its id is what it adds, so that the same thing found in two ways is there once. */
export interface PickerOption extends Found {
	readonly id: string;
	/** Why it cannot be added here. */
	readonly blocked?: string;
}

export const choiceId = ({ condition }: Pick<Choice, 'condition'>): string =>
	JSON.stringify(condition);

/** What every kind finds by asking. */
export async function findMore(
	words: string,
	definitions: Definitions,
	lookup: Lookup
): Promise<readonly Found[]> {
	const found: Found[] = [];
	for (const { kind } of kinds) {
		const search = searches[kind];
		if (search) found.push(...(await search(words, definitions, lookup)));
	}
	return found;
}

/**
 * What the picker shows for the words typed: choices called so (those that begin so first), then what was found by
 * asking. Without words, what was used lately and then everything.
 */
export function pickerOptions(
	words: string,
	definitions: Definitions,
	answer: { readonly words: string; readonly found: readonly Found[] } | undefined,
	recent: readonly string[],
	self: string | undefined
): readonly PickerOption[] {
	const choices = allChoices(definitions);
	const found = answer?.found ?? [];
	const more = new Map(found.map((one) => [choiceId(one), one]));
	const option = (choice: Choice): PickerOption => {
		const id = choiceId(choice);
		const blocked = blockedBy(choice, definitions, self);
		return { ...choice, ...more.get(id), id, ...(blocked === undefined ? {} : { blocked }) };
	};
	const typed = textKey(words);
	if (typed === '') {
		const used = recent.flatMap((id) => choices.find((choice) => choiceId(choice) === id) ?? []);
		return [
			...used.map((choice) => ({ ...option(choice), lately: true })),
			...choices.filter((choice) => !used.includes(choice)).map(option)
		];
	}
	const named = choices
		.map((choice) => ({ choice, rank: rankOf(choice, typed) }))
		.filter(({ rank }) => rank > 0)
		.sort((a, b) => b.rank - a.rank)
		.map(({ choice }) => option(choice));
	const ids = new Set(named.map(({ id }) => id));
	// Of what was found for other words, a moment ago, only what fits these stays until they are answered.
	const fresh = answer?.words === words;
	const others = found
		.filter((one) => !ids.has(choiceId(one)) && (fresh || isCalled(typed, one)))
		.map((one) => ({ ...one, id: choiceId(one) }));
	return [...firstOf(named, most), ...firstOf(others, most)];
}

const isCalled = (typed: string, { label }: Found): boolean =>
	typed.split(/\s+/).every((word) => textKey(label).includes(word));

function rankOf({ label, aliases = [], group }: Choice, typed: string): number {
	const names = [label, ...aliases].map(textKey);
	if (names.includes(typed)) return 4;
	if (names.some((name) => name.startsWith(typed))) return 3;
	const words = typed.split(/\s+/);
	if (names.some((name) => words.every((word) => name.includes(word)))) return 2;
	return textKey(group).startsWith(typed) ? 1 : 0;
}

function firstOf(options: readonly PickerOption[], most: number): readonly PickerOption[] {
	const seen = new Map<string, number>();
	return options.filter(({ group }) => {
		const before = seen.get(group) ?? 0;
		seen.set(group, before + 1);
		return before < most;
	});
}

/** A condition that would be an issue as it is added, other than for being unfinished: a segment never saved, say. */
function blockedBy(
	{ condition }: Choice,
	definitions: Definitions,
	self: string | undefined
): string | undefined {
	const { issues } = readRule(
		{ type: 'condition', id: NodeId.parse('choice'), condition },
		definitions,
		self
	);
	const issue = issues.find(({ type }) => type !== 'InvalidCondition');
	return issue && describeIssue(issue, definitions);
}
