import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { err, ok, type Result } from '$lib/result';
import { Activity } from './activity.svelte';
import { Contents } from './contents.svelte';
import {
	makeGesture,
	type Edit,
	type EditRefusal,
	type Gesture,
	type ReadOnlyReason,
	type Stamp
} from './gesture';
import { randomId } from './random-id';
import type { SaveState } from './save-queue';
import type { AuditLog } from './storage-audit';
import { documentFile, type DocumentStore } from './storage';
import type { Tabs } from './tabs';
import { Topic } from './topic.svelte';
import { UndoStack, type UndoOutcome } from './undo';

/** What an edit gives, or every reason why it was not made; nothing of it was written then. */
export type Edited<T = void> = Result<T, readonly EditRefusal[]>;

/** Takes an edit back; `undefined` if there was none. */
export type Revert = () => UndoOutcome | undefined;

export interface SessionParts {
	/** Who edits here: what `by` of everything done is set to. A function where that may change. */
	readonly by: string | (() => string);
	/** Without one the document lives in memory, and says that it is not saved. */
	readonly store?: DocumentStore | undefined;
	readonly tabs?: Tabs | undefined;
	/** Where everything done here is noted. */
	readonly log?: AuditLog | undefined;
	/** Epoch milliseconds. */
	readonly now?: () => number;
	readonly newId?: (length: number) => string;
}

const inMemory: SaveState = {
	status: 'failed',
	failure: { type: 'unavailable', message: 'This workspace is kept in memory only' },
	waiting: 0
};

/** A document that a person edits in this page: gesture by gesture, with undo, and knowing whether it is saved. */
export class Session extends Contents {
	readonly doc: Y.Doc;
	readonly activity: Activity;
	readonly #parts: SessionParts;
	readonly #undo: UndoStack;
	readonly #undoTopic = new Topic();
	readonly #readStore: () => void;
	readonly #readTabs: () => void;
	#isViewer = $state(false);

	constructor(doc: Y.Doc, parts: SessionParts) {
		super(doc);
		this.doc = doc;
		this.#parts = parts;
		this.activity = new Activity(doc);
		this.#undo = new UndoStack(doc, (gesture) => parts.log?.note(gesture));
		this.#readStore = createSubscriber((update) => parts.store?.subscribe(update));
		this.#readTabs = createSubscriber((update) => parts.tabs?.subscribe(update));
	}

	get saveState(): SaveState {
		this.#readStore();
		return this.#parts.store?.state ?? inMemory;
	}

	/** What was done would be lost with this page. */
	get unsaved(): boolean {
		const state = this.saveState;
		return state.status === 'saving' || (state.status === 'failed' && state.waiting > 0);
	}

	/** What was done here, month by month; nothing where nothing is kept. */
	get log(): AuditLog | undefined {
		return this.#parts.log;
	}

	/** Stored changes that did not read when the workspace was opened, and were set aside. */
	get setAside(): number {
		return this.#parts.store?.setAside ?? 0;
	}

	/** Why nothing can be edited here. */
	get readOnly(): ReadOnlyReason | undefined {
		this.#readTabs();
		if (this.#parts.tabs?.outdated) return 'newerTab';
		if (!this.writable) return 'newerDocument';
		return this.#isViewer ? 'viewer' : undefined;
	}

	/** Whether this person may only look: the relay would refuse what they change. */
	setViewer(isViewer: boolean): void {
		this.#isViewer = isViewer;
	}

	/** Tries at once to save what is "Not saved". */
	retrySave = async (): Promise<void> => this.#parts.store?.retry();

	/** The whole document as a file, for when it cannot be saved. */
	file = (): Blob => documentFile(this.doc);

	/** Several edits made as one: all of `work` is written, in one transaction and as one step of undo, or nothing. */
	gesture<T>(label: string, work: (edit: Edit) => T, undoable = true): Edited<T> {
		const made = this.#make(label, work, undoable);
		return made.ok ? ok(made.value.value) : made;
	}

	/** The same; gives the way to take just that back, except what somebody else has changed since. */
	revertible(label: string, work: (edit: Edit) => void, undoable = true): Edited<Revert> {
		const made = this.#make(label, work, undoable);
		if (!made.ok) return made;
		const { gesture } = made.value;
		return ok(() => {
			if (!gesture || this.readOnly) return;
			const outcome = this.#undo.takeBack(gesture, this.#stamp());
			this.#undoTopic.changed();
			return outcome;
		});
	}

	#make<T>(
		label: string,
		work: (edit: Edit) => T,
		undoable: boolean
	): Edited<{ value: T; gesture: Gesture | undefined }> {
		const reason = this.readOnly;
		if (reason) return err([{ type: 'ReadOnly', reason }]);
		const made = makeGesture(this.doc, label, this.#stamp(), work);
		if (!made.ok) return made;
		const { gesture } = made.value;
		if (gesture) this.#parts.log?.note(gesture);
		if (gesture && undoable) {
			this.#undo.push(gesture);
			this.#undoTopic.changed();
		}
		return made;
	}

	/**
	 * Takes back the last thing this person did in this session (to a segment), except what somebody else has changed
	 * since. `undefined` if there is nothing.
	 */
	undo = (segment?: string): UndoOutcome | undefined => this.#step('undo', segment);

	redo = (segment?: string): UndoOutcome | undefined => this.#step('redo', segment);

	canUndo = (segment?: string): boolean => this.undoLabel(segment) !== undefined;

	canRedo = (segment?: string): boolean => this.redoLabel(segment) !== undefined;

	/** What undo would take back, in words: "Add condition". */
	undoLabel(segment?: string): string | undefined {
		this.#undoTopic.read();
		return this.#undo.nextUndo(segment)?.label;
	}

	/** When what undo would take back was done, in epoch milliseconds. */
	undoAt(segment?: string): number | undefined {
		return this.#undo.nextUndo(segment)?.at;
	}

	redoLabel(segment?: string): string | undefined {
		this.#undoTopic.read();
		return this.#undo.nextRedo(segment)?.label;
	}

	/** Saves what waits, as far as that works, and lets go of database and tabs. */
	async close(): Promise<void> {
		this.stop();
		this.activity.stop();
		this.#parts.tabs?.close();
		await this.#parts.log?.close();
		await this.#parts.store?.close();
	}

	/** Base-62 letters, none of which mean anything in a path. */
	protected newId = (length: number): string => (this.#parts.newId ?? randomId)(length);

	#step(direction: 'undo' | 'redo', segment: string | undefined): UndoOutcome | undefined {
		if (this.readOnly) return;
		const outcome = this.#undo[direction](this.#stamp(), segment);
		this.#undoTopic.changed();
		return outcome;
	}

	#stamp(): Stamp {
		const { by, now = Date.now } = this.#parts;
		return { at: now(), by: typeof by === 'string' ? by : by() };
	}
}
