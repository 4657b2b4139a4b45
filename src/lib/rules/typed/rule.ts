import { sameJson } from '$lib/json';
import { err, ok, type Result } from '$lib/result';
import { kindsByName } from '../conditions/registry';
import { typedEmailConsent } from '../conditions/consent/typed';
import { typedForms } from '../conditions/typed';
import type { Definitions } from '../definitions';
import {
	Match,
	NodeId,
	rootId,
	type DraftCondition,
	type DraftGroup,
	type DraftRule
} from '../rule';
import { readAnother } from './another';
import { either, type Part } from './form';
import { Input } from './input';
import type { TypedIssue } from './issue';
import { Vocabulary } from './names';

/**
 * Rules as people type them: `Country is any of CH, DE and (tagged VIP or ordered at least 2 times)`. Conditions are
 * joined by "and" or by "or", never by both without brackets; `none of (…)` is whoever meets none. `[off]` after
 * something switches it off, a text in square brackets is its note. What cannot be said (a kind from a newer version,
 * something unfinished) stands as JSON, so that every rule can be printed, and is the same again when it is read.
 */
export function printTyped(rule: DraftGroup, definitions: Definitions): string {
	const names = [new Vocabulary(definitions), new Vocabulary(definitions, { quoted: true })];
	const { match, children, muted, note } = rule;
	const [first] = children;
	const isBare =
		(match === 'all' && children.length === 1 && first!.type === 'condition') ||
		(match !== 'none' && children.length > 1);
	if (isBare && isKnown(match) && !muted && !note) return joined(rule, names);
	return printNode(rule, names);
}

function printNode(node: DraftRule, names: readonly Vocabulary[]): string {
	const { muted, note } = node;
	const said = node.type === 'condition' ? printCondition(node, names) : printGroup(node, names);
	return `${said}${muted ? ' [off]' : ''}${note ? ` [${JSON.stringify(note)}]` : ''}`;
}

function printGroup(group: DraftGroup, names: readonly Vocabulary[]): string {
	const { match, children } = group;
	const bare = isKnown(match) && match !== 'none' && children.length > 1;
	const head = isKnown(match) ? match : JSON.stringify(match);
	return `${bare ? '' : `${head} of `}(${joined(group, names)})`;
}

const isKnown = (match: string): boolean => Match.safeParse(match).success;

const joined = ({ match, children }: DraftGroup, names: readonly Vocabulary[]): string =>
	children.map((child) => printNode(child, names)).join(match === 'all' ? ' and ' : ' or ');

/** In words, if they are read as the same condition: a field may be called like what others begin with. */
function printCondition({ condition }: DraftCondition, names: readonly Vocabulary[]): string {
	const known = kindsByName.get(condition.kind);
	for (const vocabulary of known ? names : []) {
		const said = typedForms[known!.kind].print(condition, vocabulary);
		if (said !== undefined && isReadAs(said, condition, vocabulary)) return said;
	}
	return JSON.stringify(condition);
}

/** Whether a condition is the same when it is read again, with something after it. */
function isReadAs(
	said: string,
	condition: DraftCondition['condition'],
	names: Vocabulary
): boolean {
	return ['and', 'or'].every((word) => {
		const input = new Input(`${said} ${word} everyone`, names);
		const read = anyCondition.read(input);
		return sameJson(read, condition) && input.words([word, 'everyone']) === true;
	});
}

const anyCondition = either(...Object.values(typedForms));
const conditionOrShort = either(anyCondition, typedEmailConsent);

/** The rule that a text says, its nodes named by their places; or where and why it cannot be read. */
export function readTyped(text: string, definitions: Definitions): Result<DraftGroup, TypedIssue> {
	const input = new Input(text, new Vocabulary(definitions));
	const joined = readJoined(input, 0);
	if (joined && input.next.type !== 'end') input.expect('the end');
	if (!joined || input.next.type !== 'end') return err({ ...input.failure, text });
	const { values: _, ...group } = joined;
	const [only, ...others] = group.children;
	return ok(placed(only?.type === 'group' && others.length === 0 ? only : group, rootId));
}

/** A group with ids that tell where its nodes are: `root`, `root.1`, `root.1.2`. */
function placed(group: DraftGroup, id: NodeId): DraftGroup {
	const children = group.children.map((child, i) => {
		const place = NodeId.parse(`${id}.${i + 1}`);
		return child.type === 'group' ? placed(child, place) : { ...child, id: place };
	});
	return { ...group, id, children };
}

/** Deeper than a rule may be (`parseRule` says so), and far from what a stack holds. */
const mostDeep = 60;

/** Nodes joined by one word. */
interface Joined extends DraftGroup {
	/** Whether "or" joined values as well: they belong together as if they stood in brackets. */
	readonly values: boolean;
}

function readJoined(input: Input, depth: number): Joined | undefined {
	const first = readNode(input, depth);
	if (!first) return;
	const children = [first];
	let word: 'and' | 'or' | undefined;
	let values = false;
	for (;;) {
		const start = input.at;
		const next = (['and', 'or'] as const).find((one) => input.words([one]));
		if (next === undefined) break;
		const last = children.at(-1)!; // there always is the first
		const longer = next === 'or' ? readOrValue(input, last) : undefined;
		if (input.refused) return;
		if (longer) {
			children.splice(-1, 1, longer);
			values = true;
			continue;
		}
		if (word !== undefined && next !== word) {
			input.at = start;
			return input.refuse(`“${word}”, or brackets that say what belongs together`, [word]);
		}
		word = next;
		const child = readNode(input, depth);
		if (!child) return;
		children.push(child);
	}
	return { ...groupOf(word === 'or' ? 'any' : 'all', children), values };
}

/** One more value of the condition before "or", where no condition begins: "country is Germany or France". */
function readOrValue(input: Input, last: DraftRule): DraftCondition | undefined {
	if (last.type !== 'condition' || last.muted || last.note) return;
	if (input.next.type === 'json') return;
	const { at } = input;
	const begins = anyCondition.read(input) !== undefined;
	input.at = at;
	const condition = begins ? undefined : readAnother(input, last.condition);
	return condition && { ...last, condition };
}

function readNode(input: Input, depth: number): DraftRule | undefined {
	const node = readBracketed(input, depth) ?? readCondition(input);
	return node && { ...node, ...readMarks(input) };
}

/** "(a or b)", "none of (a)", "all of ()" */
function readBracketed(input: Input, depth: number): DraftRule | undefined {
	const start = input.at;
	const match = readMatch(input);
	const opened = depth < mostDeep && input.words(['(']);
	if (opened && match !== undefined && input.words([')'])) return groupOf(match, []);
	const inner = opened ? readJoined(input, depth + 1) : undefined;
	if (inner && input.words([')'])) {
		const { values, ...group } = inner;
		if (match !== undefined) return matching(match, group);
		const [only, ...others] = group.children;
		return values && only && others.length === 0 ? only : group;
	}
	input.at = start;
	return;
}

/** "none of (a and b)" is not of both: what "and" joins is one thing to it. */
function matching(match: string, inner: DraftGroup): DraftGroup {
	const joinedOtherwise =
		inner.children.length > 1 && (match === 'all') !== (inner.match === 'all');
	return groupOf(match, joinedOtherwise ? [inner] : inner.children);
}

const groupOf = (match: string, children: readonly DraftRule[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match,
	children
});

/** The match that is said before brackets. One that nobody here knows stands in quotes. */
function readMatch(input: Input): string | undefined {
	const start = input.at;
	const match = Match.options.find((one) => input.words([one, 'of']));
	if (match) return match;
	if (input.next.type === 'quoted') {
		const { text } = input.take();
		if (input.words(['of'])) return text;
	}
	input.at = start;
	return;
}

function readCondition(input: Input): DraftCondition | undefined {
	const read = input.next.type === 'json' ? readJson(input) : conditionOrShort.read(input);
	// Every form states its kind.
	const condition = read as DraftCondition['condition'] | undefined;
	return condition && { type: 'condition', id: rootId, condition };
}

function readJson(input: Input): Part | undefined {
	try {
		const value: unknown = JSON.parse(input.next.text);
		if (typeof value === 'object' && value && 'kind' in value && typeof value.kind === 'string') {
			input.at++;
			return value as Part; // an object is a record of its entries
		}
	} catch {
		// It says below what is expected.
	}
	return input.expect('a condition as JSON, with its "kind"');
}

/** `[off]` and `["a note"]` */
function readMarks(input: Input): { muted?: true; note?: string } {
	const marks: { muted?: true; note?: string } = {};
	for (;;) {
		const start = input.at;
		if (!input.words(['['])) return marks;
		if (input.words(['off'])) marks.muted = true;
		else if (input.next.type === 'quoted') marks.note = input.take().text;
		if (input.words([']'])) continue;
		input.at = start;
		return marks;
	}
}
