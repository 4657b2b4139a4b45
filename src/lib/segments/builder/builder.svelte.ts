import { createContext } from 'svelte';
import type { App } from '$lib/app.svelte';
import type { Pace, RawCondition } from '$lib/rules/editing/editor';
import { NodeId, rootId, type DraftRule, type Match } from '$lib/rules/rule';
import { told } from '$lib/segments/actions.svelte';
import { formatCount } from '$lib/ui/number';
import { toast } from '$lib/ui/toast';
import { describeUndo } from '$lib/workspace/describe';
import * as rules from '$lib/workspace/edit-rule';
import type { Position } from '$lib/workspace/edit-rule';
import { createSegment, renameSegment } from '$lib/workspace/edit-segment';
import type { Edit } from '$lib/workspace/gesture';
import { randomId } from '$lib/workspace/random-id';
import { readSegment } from '$lib/workspace/segment';
import { Announcer } from './announcer.svelte';
import { BuilderView } from './builder-view.svelte';
import { DraftCounts } from './draft-counts.svelte';
import { DraftReading } from './draft-reading.svelte';
import { canDrop, positionBeside, type DropZone } from './drag';
import * as edits from './edits';
import { stepFrom, type Direction } from './moves';
import { proposeName } from './propose-name';
import { endOf, nodeOf, outermost, placeOf } from './tree';

/** Milliseconds without a key before what is typed is written, as one step of undo. */
const typingPause = 400;

const newNodeId = (): NodeId => NodeId.parse(randomId(8));

/**
 * One segment being built: its draft, what it comes to, and every gesture there is. Without a segment yet, the first
 * rule makes one.
 */
export class Builder extends DraftReading {
	readonly counts: DraftCounts;
	readonly view = new BuilderView();
	readonly announcer = new Announcer();
	readonly #oncreate: (id: string) => void;
	/** The last edit was a key. */
	#typing = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** What was done, said together with the next count. */
	#done: string | undefined;

	/** Must be made while a component is. `oncreate` hears of the segment that the first rule made. */
	constructor(app: App, id: () => string | undefined, oncreate: (id: string) => void = () => {}) {
		super(app, id);
		this.#oncreate = oncreate;
		this.counts = new DraftCounts(
			app,
			() => this.counted,
			() => this.#typing,
			(total) => this.#sayTotal(total)
		);
	}

	/** Adds a condition at the end of a group, and has it filled in. */
	add(condition: RawCondition, parent: string = rootId): void {
		const id = newNodeId();
		this.view.want(id, true);
		this.#edit('Add condition', (edit, segment) =>
			rules.addCondition(edit, segment, id, condition, this.#endOf(parent))
		);
	}

	/** Adds an empty group; gives its id. */
	addGroup(parent: string = rootId): string {
		const id = newNodeId();
		this.#edit('Add group', (edit, segment) =>
			rules.addGroup(edit, segment, id, 'any', this.#endOf(parent))
		);
		return id;
	}

	/** Adds a condition to what is left out, at the end of the rule. */
	exclude(condition: RawCondition): void {
		const id = newNodeId();
		this.view.want(id, true);
		this.#edit('Exclude', (edit, segment) => {
			const parent = edits.exclusionGroup(edit, segment, newNodeId);
			rules.addCondition(edit, segment, id, condition, { parent });
		});
	}

	/** What an editor says. What is being typed is counted at once, and written when the keys rest. */
	set(node: string, condition: RawCondition, pace?: Pace): void {
		clearTimeout(this.#timer);
		if (pace === 'typing') {
			if (this.typed && this.typed.node !== node) this.flush();
			this.#typing = true;
			this.type(node, condition);
			this.#timer = setTimeout(this.flush, typingPause);
			return;
		}
		const typedHere = this.typed?.node === node;
		if (typedHere) this.forgetTyped();
		this.#edit(
			'Change condition',
			(edit, segment) => rules.setCondition(edit, segment, node, condition),
			// The end of typing is no other change than the typing.
			{ remembered: !typedHere }
		);
	}

	/** Writes what was typed. */
	flush = (): void => {
		clearTimeout(this.#timer);
		const { typed, id } = this;
		this.forgetTyped();
		if (!typed || id === undefined) return;
		this.#write('Change condition', id, (edit) =>
			rules.setCondition(edit, id, typed.node, typed.condition)
		);
	};

	setMatch(node: string, match: Match): void {
		this.#edit('Change group', (edit, segment) => rules.setMatch(edit, segment, node, match));
	}

	setNote(node: string, note: string): void {
		this.#edit('Change note', (edit, segment) => rules.setNote(edit, segment, node, note), {
			remembered: false
		});
	}

	toggleMuted(node: string): void {
		const muted = nodeOf(this.draft, node)?.muted === true;
		const label = muted ? 'Switched on' : 'Switched off';
		this.#edit(label, (edit, segment) => rules.setMuted(edit, segment, node, !muted));
		this.#say(label);
	}

	duplicate(node: string): void {
		const place = placeOf(this.draft, node);
		const original = nodeOf(this.draft, node);
		if (!place || !original) return;
		this.#addCopy('Duplicate', original, { parent: place.parent.id, index: place.index + 1 });
		this.#say('Duplicated');
	}

	/** Adds rows after another, or at the end. */
	paste(node: DraftRule, after?: string): void {
		const place = after === undefined ? undefined : placeOf(this.draft, after);
		this.#addCopy(
			'Paste',
			node,
			place ? { parent: place.parent.id, index: place.index + 1 } : this.#endOf(rootId)
		);
		this.#say('Pasted');
	}

	/** Whether a row can be turned round: Basic has no group to do it with. */
	canNegate(node: string): boolean {
		return this.mode === 'visual' || edits.negationOf(this.draft, node)?.type !== 'wrapped';
	}

	negate(node: string): void {
		if (!this.canNegate(node)) return this.#needsVisual();
		this.view.want(node);
		this.#edit('Turn round', (edit, segment) => edits.negate(edit, segment, node, newNodeId));
		this.#say('Turned round');
	}

	remove(node: string): void {
		const place = placeOf(this.draft, node);
		const siblings = place?.parent.children ?? [];
		const next = place && (siblings[place.index + 1] ?? siblings[place.index - 1]);
		this.view.want(next?.id);
		this.view.select(node, false);
		this.#edit('Remove', (edit, segment) => edits.removeTidily(edit, segment, node));
		this.#say('Removed');
	}

	/** Moves a row by one place, or in or out of a group. */
	step(node: string, direction: Direction): void {
		const to = stepFrom(this.draft, node, direction);
		if (to) this.move(node, to);
		else this.announcer.say('It goes no further that way');
	}

	move(node: string, to: Position): void {
		this.view.want(node);
		this.#edit('Move', (edit, segment) => edits.moveTidily(edit, segment, node, to));
		const place = placeOf(this.stored, node);
		if (!place) return;
		const at = `${place.index + 1} of ${place.parent.children.length}`;
		this.#say(place.parent.id === rootId ? `Moved to step ${at}` : `Moved to ${at} in its group`);
	}

	/** Lets a dragged row go over another. In the middle of a group it goes in, of a row the two become a group. */
	drop(dragged: string, over: string, zone: DropZone): void {
		if (!canDrop(this.draft, dragged, over)) return;
		const target = nodeOf(this.draft, over);
		if (zone !== 'into') {
			const to = positionBeside(this.draft, dragged, over, zone);
			if (to) this.move(dragged, to);
		} else if (target?.type === 'group') this.move(dragged, { parent: over });
		else if (this.mode === 'basic') this.#needsVisual();
		else {
			const beside = positionBeside(this.draft, dragged, over, 'below');
			this.view.want(dragged);
			this.#edit('Group', (edit, segment) => {
				if (beside) edits.moveTidily(edit, segment, dragged, beside);
				rules.wrapInGroup(edit, segment, newNodeId(), 'any', [NodeId.parse(over), dragged]);
			});
			this.#say('Grouped');
		}
	}

	/** Puts the selected rows, or this one, into a new group. */
	group(node?: string): void {
		if (this.mode === 'basic') return this.#needsVisual();
		const selected = [...this.view.selected];
		const chosen = selected.length > 0 ? selected : node === undefined ? [] : [node];
		const [first, ...rest] = outermost(this.draft, chosen);
		if (first === undefined) return;
		const id = newNodeId();
		this.view.clearSelection();
		this.view.want(id);
		this.#edit('Group', (edit, segment) =>
			rules.wrapInGroup(edit, segment, id, 'any', [first, ...rest])
		);
		this.#say('Grouped');
	}

	ungroup(node: string): void {
		const group = nodeOf(this.draft, node);
		if (group?.type !== 'group' || node === rootId) return;
		this.view.want(group.children[0]?.id);
		this.#edit('Ungroup', (edit, segment) => rules.ungroup(edit, segment, node));
		this.#say('Ungrouped');
	}

	select(node: string, on?: boolean): void {
		this.view.select(node, on);
		const { size } = this.view.selected;
		this.announcer.say(size === 1 ? '1 row selected' : `${size} rows selected`);
	}

	/** Puts back what hangs nowhere. */
	attach(node: string): void {
		this.view.want(node);
		this.#edit('Put back', (edit, segment) => rules.move(edit, segment, node, this.#endOf(rootId)));
	}

	discard(node: string): void {
		this.#edit('Discard', (edit, segment) => rules.remove(edit, segment, node));
	}

	undo = (): void => this.#goBack('undo');

	redo = (): void => this.#goBack('redo');

	/** Writes what was typed, and lets go of timers. */
	close(): void {
		this.flush();
		this.announcer.stop();
	}

	#goBack(direction: 'undo' | 'redo'): void {
		this.flush();
		this.remember();
		this.#typing = false;
		const outcome = this.app.workspace[direction](this.id);
		if (!outcome) return;
		const words = describeUndo(outcome);
		if (words) void toast(words);
		else this.#say(`${direction === 'undo' ? 'Taken back' : 'Done again'}: ${outcome.label}`);
	}

	#addCopy(label: string, node: DraftRule, to: Position): void {
		this.#edit(label, (edit, segment) =>
			this.view.want(edits.addCopy(edit, segment, node, to, newNodeId))
		);
	}

	#endOf(parent: string): Position {
		const index = endOf(this.stored, parent);
		return index === undefined ? { parent } : { parent, index };
	}

	/** One gesture on the segment, which is made if there is none yet. */
	#edit(
		label: string,
		work: (edit: Edit, segment: string) => void,
		{ remembered = true } = {}
	): void {
		this.flush();
		if (remembered) this.remember();
		this.#typing = false;
		const { id } = this;
		if (id !== undefined) return void this.#write(label, id, (edit) => work(edit, id));
		const made = randomId(10);
		const written = this.#write('Create segment', made, (edit) => {
			createSegment(edit, made, '', undefined, newNodeId);
			work(edit, made);
		});
		if (!written) return;
		this.view.handOver();
		this.#oncreate(made);
	}

	/** Writes a gesture. The name of a segment that nobody has named follows what the segment says. */
	#write(label: string, id: string, work: (edit: Edit) => void): boolean {
		const { workspace, definitions } = this.app;
		return told(
			workspace.gesture(label, (edit) => {
				const before = readSegment(edit, id);
				work(edit);
				const after = readSegment(edit, id);
				if (!after || before?.saved) return;
				if (before && before.name !== proposeName(before.draft, definitions)) return;
				renameSegment(edit, id, proposeName(after.draft, definitions));
			})
		);
	}

	/** Says what was done, with the count it comes to if it is counted. */
	#say(done: string): void {
		if (this.rule) this.#done = done;
		else this.announcer.say(done);
	}

	#sayTotal(total: number): void {
		const people = `${formatCount(total)} ${total === 1 ? 'person' : 'people'}`;
		this.announcer.say(this.#done === undefined ? people : `${this.#done}; ${people}`);
		this.#done = undefined;
	}

	#needsVisual(): void {
		void toast('Basic is one list without groups. Switch to Visual for them.');
	}
}

/** Given once by the builder's page to its parts. */
export const [getBuilder, setBuilder] = createContext<Builder>();
