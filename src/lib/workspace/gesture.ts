import type * as Y from 'yjs';
import { err, ok, type Result } from '$lib/result';
import { plainJson, sameJson, type Json, type JsonProblem } from '$lib/json';
import { isMark, mark } from './marks';
import { limitsOf, mapOf, ownerOf, registersOf, type Registers, type Root } from './registers';

/** Who does something, and when, in epoch milliseconds. */
export interface Stamp {
	readonly at: number;
	readonly by: string;
}

/** One register before and after a gesture; `undefined` is: not there. */
export interface Change {
	readonly root: Root;
	readonly key: string;
	readonly before: Json | undefined;
	readonly after: Json | undefined;
}

/** What a person did in one go, as the registers it changed. `segments` are those it touched. */
export interface Gesture extends Stamp {
	readonly label: string;
	readonly segments: readonly string[];
	readonly changes: readonly Change[];
}

/** Why a gesture was not made. Nothing of it was written then. */
export type EditRefusal =
	/** What was to be edited is not there any more. */
	| { readonly type: 'Gone'; readonly segment: string; readonly node?: string }
	| { readonly type: 'CampaignGone'; readonly campaign: string }
	| { readonly type: 'SmartListGone'; readonly smartList: string }
	/** It went out: whom it was for and what it said stays. */
	| { readonly type: 'CampaignSent'; readonly campaign: string }
	/** The root is always a group, and stays where it is. */
	| { readonly type: 'RootStays' }
	/** A group cannot move into itself. */
	| { readonly type: 'IntoItself'; readonly node: string }
	/** `size` of a register is at most 16 KiB; that of a whole saved rule 1 MiB. */
	| { readonly type: 'Unwritable'; readonly key: string; readonly problem: JsonProblem }
	/** An id that is empty, longer than 64 characters, has a slash or is a name that every object has. */
	| { readonly type: 'UnusableId'; readonly id: string }
	/** The draft has issues of structure, so it cannot be saved. */
	| { readonly type: 'HasIssues'; readonly segment: string }
	/** Two people's edits came together in the draft, and nobody has seen yet what they come to. */
	| { readonly type: 'NotLookedAt'; readonly segment: string }
	| { readonly type: 'NeverSaved'; readonly segment: string }
	/** The workspace was written by a newer app, or this tab runs an older one than another tab. */
	| { readonly type: 'ReadOnly'; readonly reason: ReadOnlyReason };

/** The document is a newer app's, another tab runs a newer app, or this person may only look. */
export type ReadOnlyReason = 'newerDocument' | 'newerTab' | 'viewer';

/** Registers being edited: reads see what was written before. Nothing reaches the document until all of it does. */
export interface Edit extends Registers {
	readonly stamp: Stamp;
	/** What is stored, under all that was written. */
	readonly stored: Registers;
	/** `undefined` takes the register away. */
	write(root: Root, key: string, value: unknown): void;
	refuse(refusal: EditRefusal): void;
}

/** The origin of every transaction made by a gesture of this device's person. */
export const byHand = Symbol('by hand');

/**
 * Makes one gesture: runs `work`, then writes all it wrote in one transaction, or nothing if any of it was refused.
 * Registers that end as they were are not written; if none changes, `gesture` is undefined.
 */
export function makeGesture<T>(
	doc: Y.Doc,
	label: string,
	stamp: Stamp,
	work: (edit: Edit) => T
): Result<{ value: T; gesture: Gesture | undefined }, readonly EditRefusal[]> {
	const registers = registersOf(doc);
	const writes = new Map<Root, Map<string, Json | undefined>>();
	const refusals: EditRefusal[] = [];
	const written = (root: Root) => writes.get(root) ?? new Map<string, Json | undefined>();

	const edit: Edit = {
		stamp,
		stored: registers,
		raw: (root, key) =>
			written(root).has(key) ? written(root).get(key) : registers.raw(root, key),
		keys: (root, owner) => overlaid(registers.keys(root, owner), owner, written(root)),
		owners: (root) =>
			new Set([...registers.owners(root), ...[...written(root).keys()].map(ownerOf)]),
		write(root, key, value) {
			const json = value === undefined ? ok(undefined) : plainJson(value, limitsOf(root));
			if (!json.ok) refusals.push({ type: 'Unwritable', key, problem: json.error });
			else writes.set(root, written(root).set(key, json.value));
		},
		refuse: (refusal) => refusals.push(refusal)
	};
	const value = work(edit);
	if (refusals.length > 0) return err(refusals);

	const changesNow = () =>
		[...writes].flatMap(([root, values]) =>
			[...values].flatMap(([key, after]) => changeOf(registers, root, key, after))
		);
	const changes = changesNow().filter(({ root, key }) => root !== 'segments' || !isMark(key));
	if (changes.length === 0) return ok({ value, gesture: undefined });
	const segments = segmentsIn(changes);
	mark(edit, changes, segments);
	write(doc, changesNow());
	return ok({ value, gesture: { label, ...stamp, segments, changes } });
}

function write(doc: Y.Doc, changes: readonly Change[]): void {
	doc.transact(() => {
		for (const { root, key, after } of changes) {
			if (after === undefined) mapOf(doc, root).delete(key);
			else mapOf(doc, root).set(key, after);
		}
	}, byHand);
}

const segmentRoots: ReadonlySet<Root> = new Set<Root>(['segments', 'nodes']);

/** The segments that changes are about. How one likes to look at a segment does not count as touching it. */
function segmentsIn(changes: readonly Change[]): string[] {
	const touching = changes.filter(
		({ root, key }) => segmentRoots.has(root) && !/\/(?:builder|ok)$/.test(key)
	);
	return [...new Set(touching.map(({ key }) => ownerOf(key)))];
}

function changeOf(
	registers: Registers,
	root: Root,
	key: string,
	after: Json | undefined
): Change[] {
	const raw = registers.raw(root, key);
	const before = raw === undefined ? ok(undefined) : plainJson(raw, limitsOf(root));
	// What cannot be read cannot be put back either: to undo is to take it away.
	if (!before.ok) return [{ root, key, before: undefined, after }];
	return sameJson(before.value, after) ? [] : [{ root, key, before: before.value, after }];
}

function overlaid(
	stored: Iterable<string>,
	owner: string,
	written: ReadonlyMap<string, Json | undefined>
): Iterable<string> {
	const keys = new Set(stored);
	for (const [key, value] of written) {
		if (ownerOf(key) !== owner) continue;
		if (value === undefined) keys.delete(key);
		else keys.add(key);
	}
	return keys;
}
