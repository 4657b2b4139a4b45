import type * as Y from 'yjs';
import { isSent, staysAsSent } from './campaigns';
import { makeGesture, type Change, type Gesture, type Stamp } from './gesture';
import { plainJson, sameJson } from '$lib/json';
import { limitsOf, ownerOf, registersOf, type Registers, type Root } from './registers';

/** What undo or redo did. */
export type UndoOutcome =
	| { readonly type: 'done'; readonly label: string; readonly segments: readonly string[] }
	/** Some of it was changed by somebody else or sent since, and stays as it is. */
	| { readonly type: 'partly'; readonly label: string; readonly segments: readonly string[] }
	/** All of it was changed or sent since; nothing was done. */
	| { readonly type: 'changedSince'; readonly label: string; readonly segments: readonly string[] };

const longest = 200;

/**
 * What this person did in this session, to be taken back where nobody else has changed it since. Not
 * `Y.UndoManager`: that deletes, for everybody, a register that somebody else has overwritten (yjs#514).
 */
export class UndoStack {
	#done: readonly Gesture[] = [];
	#undone: readonly Gesture[] = [];
	readonly #doc: Y.Doc;
	readonly #onmade: (gesture: Gesture) => void;

	/** `onmade` hears of every gesture that taking back or doing again made. */
	constructor(doc: Y.Doc, onmade: (gesture: Gesture) => void = () => {}) {
		this.#doc = doc;
		this.#onmade = onmade;
	}

	push(gesture: Gesture): void {
		this.#done = [...this.#done, gesture].slice(-longest);
		this.#undone = [];
	}

	/** The gesture that undo would take back; with a segment, the last that touched it. */
	nextUndo(segment?: string): Gesture | undefined {
		return this.#done.findLast(about(segment));
	}

	nextRedo(segment?: string): Gesture | undefined {
		return this.#undone.findLast(about(segment));
	}

	/** Takes back the last gesture (that touched the segment). `undefined` if there is none. */
	undo(stamp: Stamp, segment?: string): UndoOutcome | undefined {
		const gesture = this.nextUndo(segment);
		return gesture && this.takeBack(gesture, stamp);
	}

	/** Takes back just this one, whatever was done since. What was no step of undo cannot be done again either. */
	takeBack(gesture: Gesture, stamp: Stamp): UndoOutcome {
		const isStep = this.#done.includes(gesture);
		this.#done = this.#done.filter((other) => other !== gesture);
		const { outcome, applied } = this.#revert(gesture, stamp);
		if (applied) {
			if (isStep) this.#undone = [...this.#undone, applied];
			this.#onmade({ ...applied, label: `Undo: ${applied.label}` });
		}
		return outcome;
	}

	/** Does again what was taken back last. */
	redo(stamp: Stamp, segment?: string): UndoOutcome | undefined {
		const gesture = this.nextRedo(segment);
		if (!gesture) return;
		this.#undone = this.#undone.filter((other) => other !== gesture);
		const { outcome, applied } = this.#revert(gesture, stamp);
		if (applied) {
			this.#done = [...this.#done, applied];
			this.#onmade({ ...applied, label: `Redo: ${applied.label}` });
		}
		return outcome;
	}

	#revert({ label, segments, changes }: Gesture, stamp: Stamp) {
		const revertible = revertibleChanges(registersOf(this.#doc), changes);
		const made = makeGesture(this.#doc, label, stamp, (edit) => {
			for (const { root, key, before } of revertible) edit.write(root, key, before);
		});
		// What was written once, within the limits, can be written again.
		const applied = made.ok ? made.value.gesture : undefined;
		const type =
			revertible.length === changes.length
				? ('done' as const)
				: revertible.length > 0
					? ('partly' as const)
					: ('changedSince' as const);
		return { outcome: { type, label, segments }, applied };
	}
}

const about = (segment: string | undefined) => (gesture: Gesture) =>
	segment === undefined || gesture.segments.includes(segment);

/**
 * The changes whose register is still as the gesture left it, and is not of a campaign that went out since. What the
 * gesture made (a node, a segment) goes as a
 * whole or not at all: were only its place taken away, somebody else's edit of it would be left hanging nowhere.
 */
function revertibleChanges(registers: Registers, changes: readonly Change[]): readonly Change[] {
	const stands = (change: Change) =>
		isStill(registers, change) &&
		!(change.root === 'campaigns' && staysAsSent(registers, change.key));
	const madeSegments = new Set(changes.filter(isSegmentMade).map(({ key }) => ownerOf(key)));
	const madeBy = ({ root, key }: Change): string =>
		madeSegments.has(ownerOf(key)) && partsOfSegments.has(root)
			? ownerOf(key)
			: `${root} ${key.slice(0, key.lastIndexOf('/'))}`;

	const kept = new Set<string>();
	for (const change of changes)
		if (change.before === undefined && !stands(change)) kept.add(madeBy(change));
	for (const segment of madeSegments)
		if (hasMore(registers, segment, changes) || isOfSent(registers, segment)) kept.add(segment);

	return changes.filter(
		(change) => stands(change) && !(change.before === undefined && kept.has(madeBy(change)))
	);
}

const partsOfSegments: ReadonlySet<Root> = new Set<Root>(['segments', 'nodes', 'versions']);

const isSegmentMade = ({ root, key, before }: Change): boolean =>
	root === 'segments' && key.endsWith('/new') && before === undefined;

/** Whether a segment was built for a campaign that went out. */
function isOfSent(registers: Registers, segment: string): boolean {
	const campaign = registers.raw('segments', `${segment}/campaign`);
	return typeof campaign === 'string' && isSent(registers, campaign);
}

function isStill(registers: Registers, { root, key, after }: Change): boolean {
	const raw = registers.raw(root, key);
	if (raw === undefined || after === undefined) return raw === after;
	const now = plainJson(raw, limitsOf(root));
	return now.ok && sameJson(now.value, after);
}

/** Whether somebody has added to a segment what the gesture that made it did not write. */
function hasMore(registers: Registers, segment: string, changes: readonly Change[]): boolean {
	const own = new Set(changes.map(({ root, key }) => `${root} ${key}`));
	for (const name of ['updated', 'seen', 'builder', 'ok']) own.add(`segments ${segment}/${name}`);
	return (['segments', 'nodes', 'versions', 'comments'] as const).some((root) =>
		[...registers.keys(root, segment)].some((key) => !own.has(`${root} ${key}`))
	);
}
