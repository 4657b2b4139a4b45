import { createContext } from 'svelte';
import type { EventProperty, EventType } from '$lib/events/event-type';
import type { Field } from '$lib/fields/field';
import type { DraftGroup, Match, NodeId } from '$lib/rules/rule';
import type { SmartListView } from '$lib/smart-lists/view';
import * as comments from './edit-comments';
import * as definitions from './edit-definitions';
import * as rules from './edit-rule';
import type { Overwritten } from './overwritten';
import type { ConditionDraft, Position } from './edit-rule';
import * as segments from './edit-segment';
import * as smartLists from './edit-smart-lists';
import type { Edit } from './gesture';
import type { Builder, SegmentState } from './segment';
import { Session, type Edited } from './session.svelte';
import { putSettings, type Settings } from './settings';
import * as versions from './versions';
import type { Counted, ExportNote } from './versions';

const stateLabels: Record<SegmentState, string> = {
	active: 'Restore segment',
	archived: 'Archive segment',
	deleted: 'Delete segment'
};

/**
 * The workspace of this page: what was decided (segments, definitions, settings), to read in templates and to edit.
 * Every edit is one gesture: one transaction, and one step of undo but where it says otherwise.
 */
export class Workspace extends Session {
	/** A new segment with its new id: empty, or starting from a rule. */
	createSegment(name: string, rule?: DraftGroup): Edited<string> {
		const id = this.newId(10);
		return this.gesture('Create segment', (edit) => {
			segments.createSegment(edit, id, name, rule, this.#newNodeId);
			return id;
		});
	}

	/** A new segment with a copy of another's draft, description and tags. */
	duplicateSegment(source: string, name: string): Edited<string> {
		const id = this.newId(10);
		return this.gesture('Duplicate segment', (edit) => {
			segments.duplicateSegment(edit, source, id, name);
			return id;
		});
	}

	renameSegment = (id: string, name: string): Edited =>
		this.gesture('Rename segment', (edit) => segments.renameSegment(edit, id, name));

	describeSegment = (id: string, description: string): Edited =>
		this.gesture('Change description', (edit) => segments.describeSegment(edit, id, description));

	setTags = (id: string, tags: readonly string[]): Edited =>
		this.gesture('Change tags', (edit) => segments.setTags(edit, id, tags));

	/** Archives, deletes or, with `active`, restores. */
	setState = (id: string, state: SegmentState): Edited =>
		this.gesture(stateLabels[state], (edit) => segments.setState(edit, id, state));

	/** Remembers which builder it was last opened in. Not a step of undo. */
	setBuilder = (id: string, builder: Builder): Edited =>
		this.gesture('Choose builder', (edit) => segments.setBuilder(edit, id, builder), false);

	/**
	 * Makes the draft what counts; gives the new version's id. `counted` is how many it has, if that is known. Refused for
	 * issues of structure and where nobody has seen yet what a merge came to: that `parseRule` finds no issue either is
	 * for the caller to have seen. Not a step of undo: others may count on it already.
	 */
	saveSegment(id: string, counted?: Counted): Edited<string> {
		const version = this.newId(10);
		return this.gesture(
			'Save segment',
			(edit) => {
				segments.saveSegment(edit, id, version, counted);
				return version;
			},
			false
		);
	}

	/** Notes how many a version has, for good. Like all notes about versions not a step of undo. */
	noteCount = (id: string, version: string, counted: Counted): Edited =>
		this.gesture('Note count', (edit) => versions.noteCount(edit, id, version, counted), false);

	/** Notes that a file was written of a version. */
	noteExport = (id: string, version: string, note: Omit<ExportNote, 'id' | 'at' | 'by'>): Edited =>
		this.gesture(
			'Export',
			(edit) => versions.noteExport(edit, id, version, { ...note, id: this.newId(8) }),
			false
		);

	/** A version with a name is kept for ever. */
	nameVersion = (id: string, version: string, name: string): Edited =>
		this.gesture('Name version', (edit) => versions.nameVersion(edit, id, version, name), false);

	/** Of rules saved at once, leaves it at the one that counts. */
	settleVersion = (id: string, version: string): Edited =>
		this.gesture('Keep what counts', (edit) => versions.settleVersion(edit, id, version), false);

	/** Of two values written at once, makes the one that does not stand do so. */
	writeOther = ({ root, key, other }: Overwritten): Edited =>
		this.gesture('Choose between two changes', (edit) => edit.write(root, key, other));

	/** Makes the draft what is saved again. */
	discardDraft = (id: string): Edited =>
		this.gesture('Discard changes', (edit) => segments.discardDraft(edit, id, this.#newNodeId));

	/** "Looks right", said of exactly this draft. Not a step of undo. */
	approveDraft = (id: string): Edited =>
		this.gesture('Looks right', (edit) => segments.approveDraft(edit, id), false);

	/** Makes the whole draft what a rule says: of an earlier version, of a template. */
	replaceRule = (id: string, rule: DraftGroup, label = 'Replace rule'): Edited =>
		this.gesture(label, (edit) => rules.replaceRule(edit, id, rule, this.#newNodeId));

	/** Adds a condition to a group; gives its id. At the end without `index`. */
	addCondition(segment: string, condition: ConditionDraft, to: Position): Edited<NodeId> {
		const id = this.#newNodeId();
		return this.gesture('Add condition', (edit) => {
			rules.addCondition(edit, segment, id, condition, to);
			return id;
		});
	}

	/** Adds an empty group to a group; gives its id. */
	addGroup(segment: string, match: Match, to: Position): Edited<NodeId> {
		const id = this.#newNodeId();
		return this.gesture('Add group', (edit) => {
			rules.addGroup(edit, segment, id, match, to);
			return id;
		});
	}

	/** Replaces a condition as a whole. */
	setCondition = (segment: string, node: NodeId, condition: ConditionDraft): Edited =>
		this.gesture('Change condition', (edit) => rules.setCondition(edit, segment, node, condition));

	/** How a group, the root too, combines what is in it. */
	setMatch = (segment: string, node: NodeId, match: Match): Edited =>
		this.gesture('Change group', (edit) => rules.setMatch(edit, segment, node, match));

	setMuted = (segment: string, node: NodeId, muted: boolean): Edited =>
		this.gesture(muted ? 'Mute' : 'Unmute', (edit) => rules.setMuted(edit, segment, node, muted));

	/** An empty note takes it away. */
	setNote = (segment: string, node: NodeId, note: string): Edited =>
		this.gesture('Change note', (edit) => rules.setNote(edit, segment, node, note));

	/** Moves a node, or brings a detached one back. `index` counts the group's other children only. */
	move = (segment: string, node: NodeId, to: Position): Edited =>
		this.gesture('Move', (edit) => rules.move(edit, segment, node, to));

	/** Removes a node with all that is in it; also discards a detached one. */
	remove = (segment: string, node: NodeId): Edited =>
		this.gesture('Remove', (edit) => rules.remove(edit, segment, node));

	/** Puts nodes into a new group where the first of them is; gives the group's id. */
	wrapInGroup(
		segment: string,
		match: Match,
		nodes: readonly [NodeId, ...NodeId[]]
	): Edited<NodeId> {
		const id = this.#newNodeId();
		return this.gesture('Group', (edit) => {
			rules.wrapInGroup(edit, segment, id, match, nodes);
			return id;
		});
	}

	/** Puts what a group holds in the group's own place. */
	ungroup = (segment: string, node: NodeId): Edited =>
		this.gesture('Ungroup', (edit) => rules.ungroup(edit, segment, node));

	/** Says something about a node of the rule, `root` for all of it. `name` is how the author calls themselves, if they do. */
	addComment(
		segment: string,
		said: { readonly node: string; readonly text: string },
		name: string | undefined
	): Edited<string> {
		const id = this.newId(10);
		const work = (edit: Edit) => {
			comments.addComment(edit, segment, id, said);
			comments.introduce(edit, name);
			return id;
		};
		return this.gesture('Comment', work, false);
	}

	/** Resolves comments or opens them again. Comments are no steps of undo: they are no part of the rule. */
	setResolved = (
		segment: string,
		ids: readonly string[],
		resolved: boolean,
		name: string | undefined
	): Edited => {
		const work = (edit: Edit) => {
			comments.setResolved(edit, segment, ids, resolved);
			comments.introduce(edit, name);
		};
		return this.gesture(resolved ? 'Resolve comment' : 'Reopen comment', work, false);
	};

	/** Takes away a comment whose signature is one's own. */
	removeComment = (segment: string, id: string, isMine: (by: string) => boolean): Edited =>
		this.gesture(
			'Delete comment',
			(edit) => comments.removeComment(edit, segment, id, isMine),
			false
		);

	/** Adds or changes a field of the workspace's own. Definitions are not steps of undo. */
	putField = (field: Field): Edited =>
		this.gesture('Change field', (edit) => definitions.putField(edit, field), false);

	/** Adds a type of events, or renames it, and adds or changes these of its properties. */
	putEventType = (type: EventType): Edited =>
		this.gesture('Change event', (edit) => definitions.putEventType(edit, type), false);

	putEventProperty = (type: string, property: EventProperty): Edited =>
		this.gesture(
			'Change event',
			(edit) => definitions.putEventProperty(edit, type, property),
			false
		);

	/** Adds a list, or renames it. */
	putList = (id: string, name: string): Edited =>
		this.gesture('Change list', (edit) => definitions.putList(edit, id, name), false);

	createList(name: string): Edited<string> {
		const id = this.newId(10);
		return this.gesture('Create list', (edit) => (definitions.putList(edit, id, name), id), false);
	}

	/** Adds a tag, or renames it. */
	putTag = (id: string, name: string): Edited =>
		this.gesture('Change tag', (edit) => definitions.putTag(edit, id, name), false);

	createTag(name: string): Edited<string> {
		const id = this.newId(10);
		return this.gesture('Create tag', (edit) => (definitions.putTag(edit, id, name), id), false);
	}

	/** Takes a definition away. Rules that refer to it show an issue from then on. */
	removeDefinition = (of: 'fields' | 'lists' | 'tags' | 'eventTypes', id: string): Edited =>
		this.gesture('Remove', (edit) => definitions.removeDefinition(edit, of, id), false);

	/** A new smart list with its new id. */
	createSmartList(name: string, view: SmartListView): Edited<string> {
		const id = this.newId(10);
		return this.gesture('Save view', (edit) => {
			smartLists.createSmartList(edit, id, name, view);
			return id;
		});
	}

	putSettings = (settings: Partial<Settings>): Edited =>
		this.gesture('Change settings', (edit) => putSettings(edit, settings), false);

	#newNodeId = (): NodeId => this.newId(8) as NodeId; // never empty
}

export const [getWorkspace, setWorkspace] = createContext<Workspace>();
