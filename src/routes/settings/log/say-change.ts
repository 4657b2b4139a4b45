import { isJsonObject, type Json } from '$lib/json';
import type { Definitions } from '$lib/rules/definitions';
import { explainCondition, explainRule } from '$lib/rules/explain';
import type { Language } from '$lib/rules/language';
import { textOf } from '$lib/rules/phrase';
import { DraftRule, NodeId } from '$lib/rules/rule';
import type { AuditEntry } from '$lib/workspace/audit';
import { NodeBody } from '$lib/workspace/tree';

/** What the words for a change are taken from. */
export interface Known {
	readonly definitions: Definitions;
	readonly language: Language;
	/** The rule of a version of a segment, as long as that is kept. */
	readonly ruleOf: (segment: string, version: string) => DraftRule | undefined;
	/** How what is under an id in a root is called now. */
	readonly nameOf: (root: string, id: string) => string | undefined;
}

/** A change in words: "Name: Regulars → Friends". Without values where there are none to say. */
export interface Said {
	readonly what: string;
	readonly before: string | undefined;
	readonly after: string | undefined;
}

type Entry = Pick<AuditEntry, 'register' | 'before' | 'after'>;

/** What the registers of one gesture say. What only goes along with another, as the place of a new row does, is not said. */
export function sayChanges(entries: readonly Entry[], known: Known): Said[] {
	const ruleOf = (segment: string, version: string) =>
		entries
			.filter(({ register }) => register === `versions ${segment}/${version}`)
			.map(({ before, after }) => ruleIn(after ?? before))
			.find((rule) => rule !== undefined) ?? known.ruleOf(segment, version);
	return entries.flatMap((entry) => sayChange(entry, { ...known, ruleOf }) ?? []);
}

function sayChange(entry: Entry, known: Known): Said | undefined {
	const { register, before, after } = entry;
	const at = register.indexOf(' ');
	const [root, key] = [register.slice(0, at), register.slice(at + 1)];
	const [owner = '', name = '', ...more] = key.split('/');
	const say = (what: string, of: (value: Json) => string | undefined = plain): Said => ({
		what,
		before: before === undefined ? undefined : of(before),
		after: after === undefined ? undefined : of(after)
	});

	switch (root) {
		case 'nodes':
			return more[0] === 'b' ? say('Rule', (body) => sayBody(body, known)) : undefined;
		case 'versions':
			return sayVersion(entry, more, say, known);
		case 'segments':
			return saySegment(owner, name, more, say, known);
		case 'comments':
			return say('Comment', sayComment);
		case 'settings':
			return say(settingNames[key] ?? spaced(key));
		default:
			return sayThing(root, owner, [name, ...more].filter(Boolean), entry, say, known);
	}
}

type Say = (what: string, of?: (value: Json) => string | undefined) => Said;

function sayVersion(
	{ after }: Entry,
	note: readonly string[],
	say: Say,
	known: Known
): Said | undefined {
	if (note[0] === 'name') return say('Name of a version');
	if (note[0] === 'export') return say('File', (value) => textIn(value, 'file'));
	const isLeft = after !== undefined && isJsonObject(after) && after.why === 'idle';
	// One that was saved is said where the segment says that it counts.
	return note.length === 0 && isLeft
		? say('Draft kept as it was left', (value) => sentenceOf(ruleIn(value), known))
		: undefined;
}

function saySegment(
	segment: string,
	name: string,
	more: readonly string[],
	say: Say,
	known: Known
): Said | undefined {
	switch (name) {
		case 'saved':
			return say('Rule that counts', (version) =>
				typeof version === 'string' ? sentenceOf(known.ruleOf(segment, version), known) : undefined
			);
		case 'match':
			return say('Rule', sayMatch);
		case 'name':
			return say('Name');
		case 'description':
			return say('Description');
		case 'builder':
			return say('Builder');
		case 'state':
			return say('State', (value) => textIn(value, 'state'));
		case 'campaign':
			return say('Built for', (id) =>
				typeof id === 'string' ? (known.nameOf('campaigns', id) ?? 'a campaign') : undefined
			);
		case 'tag':
			return say('Tag', () => more.join('/'));
		default:
			return;
	}
}

/** A field, a campaign and so on: what it is, how it is called, and the part of it that changed. */
function sayThing(
	root: string,
	id: string,
	part: readonly string[],
	{ before, after }: Entry,
	say: Say,
	known: Known
): Said | undefined {
	const thing = things[root];
	if (!thing || part[0] === 'new' || part[0] === 'updated') return;
	const name = known.nameOf(root, id);
	const called = name === undefined ? thing : `${thing} “${name}”`;
	const said = say(part.length === 0 ? called : `${called}, ${spaced(part[0]!)}`);
	if (said.before !== said.after) return said;
	const done = before === undefined ? 'added' : after === undefined ? 'taken away' : 'changed';
	return { what: `${said.what}: ${done}`, before: undefined, after: undefined };
}

const things: Readonly<Record<string, string>> = {
	...{ fields: 'Field', lists: 'List', tags: 'Tag', eventTypes: 'Event', people: 'Person' },
	...{ campaigns: 'Campaign', smartLists: 'Smart list', exports: 'Export template' }
};

const settingNames: Readonly<Record<string, string>> = {
	...{ name: 'Name', zone: 'Time zone', weekStart: 'Week starts on', currency: 'Currency' },
	historyMonths: 'Membership history, months',
	logMonths: 'Log of changes, months'
};

const spaced = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A short value as people would say it; nothing where it is more than a value. */
function plain(value: Json): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (value === null) return 'no limit';
	return textIn(value, 'name');
}

function textIn(value: Json, key: string): string | undefined {
	const text = isJsonObject(value) ? value[key] : undefined;
	return typeof text === 'string' ? text : undefined;
}

function sayComment(value: Json): string | undefined {
	const text = textIn(value, 'text');
	if (text === undefined) return;
	return isJsonObject(value) && value.resolved ? `${text} (resolved)` : text;
}

const matches: Readonly<Record<string, string>> = {
	all: 'All of these',
	any: 'Any of these',
	none: 'None of these'
};
const sayMatch = (value: Json): string | undefined =>
	typeof value === 'string' ? (matches[value] ?? value) : undefined;

function sayBody(value: Json, { definitions, language }: Known): string {
	const body = NodeBody.safeParse(value);
	if (!body.success) return 'a part that is too long to be shown here';
	const { data } = body;
	const node = { type: 'condition', id: NodeId.parse('said') } as const;
	const said =
		data.type === 'group'
			? (sayMatch(data.match) ?? '')
			: textOf(explainCondition({ ...node, condition: data.condition }, definitions, language));
	return [said, data.muted ? 'switched off' : '', data.note ? `note: ${data.note}` : '']
		.filter(Boolean)
		.join(', ');
}

function ruleIn(value: Json | undefined): DraftRule | undefined {
	if (value === undefined || !isJsonObject(value)) return;
	const rule = DraftRule.safeParse(value.rule);
	return rule.success ? rule.data : undefined;
}

function sentenceOf(
	rule: DraftRule | undefined,
	{ definitions, language }: Known
): string | undefined {
	if (!rule) return 'a rule that is not kept any more';
	return explainRule(rule, definitions, language) || 'No rules.';
}
