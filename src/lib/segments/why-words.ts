import { sayField } from '$lib/contacts/say-value';
import type { FieldValue } from '$lib/fields/value';
import { kindOf, type Condition } from '$lib/rules/conditions/registry';
import { reasonNames } from '$lib/rules/conditions/suppressed/suppressed';
import { propertyOf } from '$lib/rules/conditions/event/property';
import type { Definitions } from '$lib/rules/definitions';
import type { Language } from '$lib/rules/language';
import { pathName, plural, textOf } from '$lib/rules/phrase';
import type { EventsSeen, Evidence, ValueSeen } from '$lib/rules/why/evidence';
import type { Standing } from '$lib/rules/why/standing';
import type { WhyLeaf } from '$lib/rules/why/why';
import { unreachable } from '$lib/result';
import { dayText, instantText } from './age';

/** What it takes to put what is known of somebody into words. */
export interface Words {
	readonly definitions: Definitions;
	readonly language: Language;
	/** The workspace's, IANA. */
	readonly zone: string;
}

/** Whether anything is known of since when or until when. */
export const hasTimes = (standing: Standing | undefined): standing is Standing =>
	standing?.since !== undefined || standing?.until !== undefined;

/** A condition as a clause; of the others, those it does not hold for, with `negated`. */
export function sayCondition(
	condition: Condition,
	{ definitions, language }: Words,
	negated = false
): string {
	const opposite = negated ? kindOf(condition).opposite(condition) : undefined;
	const said = textOf(language.condition(opposite ?? condition, definitions));
	return negated && !opposite ? `${language.steps.not}${said}` : said;
}

/** What must become so for a condition to be other than it is: "Country is Switzerland (Country: Germany)". */
export function sayFlip({ condition, holds, evidence }: WhyLeaf, words: Words): string {
	const said = sayCondition(condition, words, holds);
	const is = evidence && (missingOf(evidence, words) ?? nowOf(evidence, words));
	return is ? `${said} (${is})` : said;
}

/** "1 more by 3 Dec 2026" */
function missingOf(evidence: Evidence, { zone }: Words): string | undefined {
	if (evidence.type !== 'events' || evidence.more === undefined) return;
	const { more, by } = evidence;
	return `${more} more${by === undefined ? '' : ` by ${instantText(by - 1, zone)}`}`;
}

const nowOf = (evidence: Evidence, words: Words): string | undefined =>
	evidence.type === 'values' ? sayEvidence(evidence, words) : undefined;

/** What decided, without a full stop. */
export function sayEvidence(evidence: Evidence, words: Words): string {
	const { definitions, zone } = words;
	switch (evidence.type) {
		case 'values':
			return evidence.values.map((seen) => sayValueSeen(seen, words)).join(', ');
		case 'events':
			return sayEvents(evidence, zone);
		case 'event':
			return evidence.event ? `it was on ${instantText(evidence.event.at, zone)}` : 'never';
		case 'amount': {
			const { types, property: id, amount, count } = evidence;
			const property = propertyOf(types, id, definitions.eventTypes);
			const said =
				typeof amount === 'number' ? new Intl.NumberFormat('en').format(amount) : String(amount);
			return `${property?.name ?? id}: ${amount === undefined ? 'no value' : `${said}, of ${plural(count, 'value')}`}`;
		}
		case 'tags':
		case 'lists':
		case 'reasons': {
			const name = (id: string) =>
				evidence.type === 'reasons'
					? (reasonNames[id as keyof typeof reasonNames] ?? id)
					: (definitions[evidence.type].get(id) ?? id);
			const said = evidence.things.map(({ id, at }) =>
				at === undefined ? name(id) : `${name(id)} (${dayText(at, zone)})`
			);
			return said.length === 0 ? none[evidence.type] : said.join(', ');
		}
		case 'changes':
			return sayChanges(evidence, words);
		case 'times': {
			const { times, by } = evidence;
			const said = [
				...(times.length > 0 ? [`on ${times.map((at) => instantText(at, zone)).join(', ')}`] : []),
				...(by === undefined ? [] : [`before ${instantText(by, zone)}`])
			];
			return said.length === 0 ? 'never' : said.join(', and ');
		}
		case 'percent':
			return evidence.percent === undefined
				? 'nothing was sent'
				: `${sayNumber(evidence.percent)} %`;
		case 'periods':
			return `${evidence.active} of ${evidence.of}`;
		default:
			return unreachable(evidence);
	}
}

const none = {
	tags: 'no such tag',
	lists: 'no such list',
	reasons: 'nothing is on record'
} as const;

const sayNumber = (n: number) =>
	new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(n);

function sayValueSeen({ field: id, path, value }: ValueSeen, words: Words): string {
	const name = words.definitions.fields.get(id)?.name ?? 'a deleted field';
	return `${pathName(name, path)}: ${sayRaw(id, value, words)}`;
}

function sayRaw(id: string, value: unknown, { definitions, zone }: Words): string {
	if (value === undefined || value === null || value === '') return 'no value';
	const field = definitions.fields.get(id);
	// What is stored in a field is a value of one.
	const said = field ? sayField(value as FieldValue, field, zone) : String(value);
	return said.length > longest ? `${said.slice(0, longest)}…` : said;
}
const longest = 80;

function sayEvents({ count, latest: [last], otherwise }: EventsSeen, zone: string): string {
	if (count === 1 && last) return `once, on ${instantText(last.at, zone)}`;
	if (last) return `${count} times, the last on ${instantText(last.at, zone)}`;
	return otherwise ? `not then; on ${instantText(otherwise.at, zone)}` : 'never';
}

function sayChanges(
	{ field, value, changes }: Extract<Evidence, { type: 'changes' }>,
	words: Words
): string {
	const is = sayValueSeen({ field, value }, words);
	const said = changes.map(
		({ at, before, after }) =>
			`${sayRaw(field, before, words)} → ${sayRaw(field, after, words)} on ${dayText(at, words.zone)}`
	);
	return said.length === 0 ? `${is}, no change is noted` : `${is}; ${said.join('; ')}`;
}
