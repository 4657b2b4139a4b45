import type { Choice } from '$lib/rules/conditions/kind';
import { allChoices, kinds } from '$lib/rules/conditions/registry';
import { searches } from '$lib/rules/conditions/editors';
import type { Definitions } from '$lib/rules/definitions';
import { describeIssue } from '$lib/rules/describe-issue';
import type { Found, Lookup } from '$lib/rules/editing/editor';
import { readRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { textKey } from '$lib/text-key';
import { rankOf, slipsIn } from './rank';
import { synonymsOf } from './synonyms';

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
 * What the picker shows for the words typed: choices called so (whole words first), then what was found by asking;
 * where there is neither, what is spelt almost so. Without words, what was used lately and then everything.
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
	const own = ownNames(definitions);
	const ranked = choices
		.map((choice) => ({
			choice,
			rank: own(choice) === typed ? exact : rankOfChoice(choice, typed)
		}))
		.filter(({ rank }) => rank > 0)
		.sort((a, b) => b.rank - a.rank);
	const ids = new Set(ranked.map(({ choice }) => choiceId(choice)));
	// Of what was found for other words, a moment ago, only what fits these stays until they are answered.
	const fresh = answer?.words === words;
	const others = found
		.filter((one) => !ids.has(choiceId(one)) && (fresh || rankOf(textKey(one.label), typed) > 0))
		.map((one) => ({ ...one, id: choiceId(one) }))
		.sort((a, b) => wholeness(b, typed) - wholeness(a, typed));
	if (fresh && ranked.length === 0 && others.length === 0)
		return nearest(choices, typed).map(option);
	// What only has the words somewhere inside its own comes after what has them.
	const [named, inside] = [ranked.filter(isNamed), ranked.filter((one) => !isNamed(one))].map(
		(some) => some.map(({ choice }) => option(choice))
	);
	return [...firstOf(named!, most), ...firstOf(others, most), ...firstOf(inside!, most)];
}

/** Above every other rank: what exists is called exactly so. */
const exact = 7;

/** What a choice of one thing is called by whoever made it: the tag alone of "Tagged vip". */
function ownNames({
	tags,
	lists,
	segments,
	fields,
	eventTypes
}: Definitions): (choice: Choice) => string | undefined {
	return ({ condition }) => {
		const { kind, test, segment, field, types } = condition;
		const { operator, ...about } = (test ?? {}) as Readonly<Record<string, unknown>>;
		const one = (ids: unknown) => (Array.isArray(ids) && ids.length === 1 ? String(ids[0]) : '');
		const name =
			kind === 'tag' && operator === 'anyOf'
				? tags.get(one(about.tags))
				: kind === 'list' && operator === 'inAny'
					? lists.get(one(about.lists))
					: kind === 'segment'
						? segments.get(String(segment))?.name
						: kind === 'field'
							? fields.get(String(field))?.name
							: kind === 'event'
								? eventTypes.get(one(types))?.name
								: undefined;
		return name === undefined ? undefined : textKey(name);
	};
}

const wholeness = ({ label }: Found, typed: string): number =>
	Number(rankOf(textKey(label), typed) > 1);

const isNamed = ({ rank }: { readonly rank: number }): boolean => rank > 1;

const namesOf = (choice: Choice): readonly string[] =>
	[choice.label, ...(choice.aliases ?? []), ...synonymsOf(choice)].map(textKey);

/** What is called so before what others call so. */
function rankOfChoice(choice: Choice, typed: string): number {
	const [label, ...aliases] = namesOf(choice);
	const called = rankOf(label!, typed);
	const also = Math.max(0, ...aliases.map((alias) => Math.min(5, rankOf(alias, typed)) - 0.5));
	if (called > 0 || also > 0) return Math.max(called, also);
	return textKey(choice.group).startsWith(typed) ? 0.25 : 0;
}

/** What is spelt most like it. */
function nearest(choices: readonly Choice[], typed: string): readonly Choice[] {
	const slips = choices.map((choice) => {
		const found = namesOf(choice).flatMap((name) => slipsIn(name, typed) ?? []);
		return { choice, slips: Math.min(...found) };
	});
	const least = Math.min(...slips.map(({ slips }) => slips));
	return least === Infinity
		? []
		: slips.filter(({ slips }) => slips === least).map(({ choice }) => choice);
}

function firstOf(options: readonly PickerOption[], most: number): readonly PickerOption[] {
	const seen = new Map<string, number>();
	return options.filter(({ group }) => {
		const before = seen.get(group) ?? 0;
		seen.set(group, before + 1);
		return before < most;
	});
}

/** Why a segment would be an issue as it is added: never saved, or one that comes back to this one. */
function blockedBy(
	{ condition }: Choice,
	definitions: Definitions,
	self: string | undefined
): string | undefined {
	if (!('segment' in condition)) return;
	const { issues } = readRule(
		{ type: 'condition', id: NodeId.parse('choice'), condition },
		definitions,
		self
	);
	const issue = issues.find(({ type }) => type !== 'InvalidCondition');
	return issue && describeIssue(issue, definitions);
}
