import { createContext } from 'svelte';
import type { RawCondition } from '$lib/rules/editing/editor';
import { NodeId, rootId, type DraftGroup, type DraftRule, type Match } from '$lib/rules/rule';
import { toast } from '$lib/ui/toast';
import * as rules from '$lib/workspace/edit-rule';
import type { Position } from '$lib/workspace/edit-rule';
import type { Edit } from '$lib/workspace/gesture';
import { DraftEditing, newNodeId } from './draft-editing.svelte';
import { canDrop, positionBeside, type DropZone } from './drag';
import * as edits from './edits';
import { withKnownIds } from './known-ids';
import { stepFrom, type Direction } from './moves';
import { nextTo, nodeOf, outermost, placeOf } from './tree';

/**
 * One segment being built: its draft, what it comes to, and every gesture there is. Without a segment yet, the first
 * rule makes one.
 */
export class Builder extends DraftEditing {
	/** Adds a condition at the end of a group, and has it filled in. */
	add(condition: RawCondition, parent: string = rootId): void {
		const id = newNodeId();
		this.view.want(id, true);
		this.edit('Add condition', (edit, segment) =>
			rules.addCondition(edit, segment, id, condition, this.endOf(parent))
		);
	}

	/** Adds an empty group; gives its id. */
	addGroup(parent: string = rootId): string {
		const id = newNodeId();
		this.edit('Add group', (edit, segment) =>
			rules.addGroup(edit, segment, id, 'any', this.endOf(parent))
		);
		return id;
	}

	/** Adds a condition to what is left out, at the end of the rule. */
	exclude(condition: RawCondition): void {
		const id = newNodeId();
		this.view.want(id, true);
		this.edit('Exclude', (edit, segment) => {
			const parent = edits.exclusionGroup(edit, segment, newNodeId);
			rules.addCondition(edit, segment, id, condition, { parent });
		});
	}

	setMatch(node: string, match: Match): void {
		this.edit('Change group', (edit, segment) => rules.setMatch(edit, segment, node, match));
	}

	setNote(node: string, note: string): void {
		this.edit('Change note', (edit, segment) => rules.setNote(edit, segment, node, note), {
			remembered: false
		});
	}

	toggleMuted(node: string): void {
		const muted = nodeOf(this.draft, node)?.muted === true;
		const label = muted ? 'Switched on' : 'Switched off';
		this.edit(label, (edit, segment) => rules.setMuted(edit, segment, node, !muted));
		this.say(label);
	}

	duplicate(node: string): void {
		const place = placeOf(this.draft, node);
		const original = nodeOf(this.draft, node);
		if (!place || !original) return;
		this.#addCopy('Duplicate', original, { parent: place.parent.id, index: place.index + 1 });
		this.say('Duplicated');
	}

	/** Puts what a condition means, or others, in its place. */
	replace(node: string, by: DraftRule): void {
		this.#bringIn('Replace', (edit, segment) =>
			this.view.want(edits.replaceBy(edit, segment, node, by, newNodeId))
		);
		this.say('Replaced');
	}

	/** Adds rows after another, or at the end. */
	paste(node: DraftRule, after?: string): void {
		const place = after === undefined ? undefined : placeOf(this.draft, after);
		this.#addCopy(
			'Paste',
			node,
			place ? { parent: place.parent.id, index: place.index + 1 } : this.endOf(rootId)
		);
		this.say('Pasted');
	}

	/** Makes the whole rule what was typed. What stays the same in it keeps its id. */
	rewrite(rule: DraftGroup): void {
		this.#bringIn('Type the rule', (edit, segment) =>
			rules.replaceRule(edit, segment, withKnownIds(rule, this.stored, newNodeId), newNodeId)
		);
		this.say('Rule taken over');
	}

	/** Adds what was typed at the end of a group: row by row where it is joined as that group is, else as one of its own. */
	append(rule: DraftGroup, to: string = rootId): void {
		const group = nodeOf(this.draft, to);
		const match = group?.type === 'group' ? group.match : this.draft.match;
		const joinsAlike = rule.match === match || rule.children.length === 1;
		const nodes = joinsAlike && rule.match !== 'none' ? rule.children : [rule];
		const { parent, index } = this.endOf(to);
		this.#bringIn('Add what was typed', (edit, segment) => {
			for (const [i, node] of nodes.entries()) {
				const to = index === undefined ? { parent } : { parent, index: index + i };
				this.view.want(edits.addCopy(edit, segment, node, to, newNodeId));
			}
		});
		this.say('Added');
	}

	/** Whether a row can be turned round: Basic has no group to do it with. */
	canNegate(node: string): boolean {
		return this.mode === 'visual' || edits.negationOf(this.draft, node)?.type !== 'wrapped';
	}

	negate(node: string): void {
		if (!this.canNegate(node)) return this.#needsVisual();
		this.view.want(node);
		this.edit('Turn round', (edit, segment) => edits.negate(edit, segment, node, newNodeId));
		this.say('Turned round');
	}

	remove(node: string): void {
		this.view.want(nextTo(this.draft, node));
		this.view.select(node, false);
		this.edit('Remove', (edit, segment) => edits.removeTidily(edit, segment, node));
		this.say('Removed');
	}

	/** Moves a row by one place, or in or out of a group. */
	step(node: string, direction: Direction): void {
		const to = stepFrom(this.draft, node, direction);
		if (to) this.move(node, to);
		else this.announcer.say('It goes no further that way');
	}

	move(node: string, to: Position): void {
		this.view.want(node);
		this.edit('Move', (edit, segment) => edits.moveTidily(edit, segment, node, to));
		const place = placeOf(this.stored, node);
		if (!place) return;
		const at = `${place.index + 1} of ${place.parent.children.length}`;
		this.say(place.parent.id === rootId ? `Moved to step ${at}` : `Moved to ${at} in its group`);
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
			this.edit('Group', (edit, segment) => {
				if (beside) edits.moveTidily(edit, segment, dragged, beside);
				rules.wrapInGroup(edit, segment, newNodeId(), 'any', [NodeId.parse(over), dragged]);
			});
			this.say('Grouped');
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
		this.edit('Group', (edit, segment) =>
			rules.wrapInGroup(edit, segment, id, 'any', [first, ...rest])
		);
		this.say('Grouped');
	}

	ungroup(node: string): void {
		const group = nodeOf(this.draft, node);
		if (group?.type !== 'group' || node === rootId) return;
		this.view.want(group.children[0]?.id);
		this.edit('Ungroup', (edit, segment) => rules.ungroup(edit, segment, node));
		this.say('Ungrouped');
	}

	select(node: string, on?: boolean): void {
		this.view.select(node, on);
		const { size } = this.view.selected;
		this.announcer.say(size === 1 ? '1 row selected' : `${size} rows selected`);
	}

	/** Puts back what hangs nowhere. */
	attach(node: string): void {
		this.view.want(node);
		this.edit('Put back', (edit, segment) => rules.move(edit, segment, node, this.endOf(rootId)));
	}

	discard(node: string): void {
		this.edit('Discard', (edit, segment) => rules.remove(edit, segment, node));
	}

	#addCopy(label: string, node: DraftRule, to: Position): void {
		this.#bringIn(label, (edit, segment) =>
			this.view.want(edits.addCopy(edit, segment, node, to, newNodeId))
		);
	}

	/** What is brought in whole may have groups. Nobody is asked to switch first, and it is said that Basic is left. */
	#bringIn(label: string, work: (edit: Edit, segment: string) => void): void {
		const before = this.mode;
		this.edit(label, work);
		if (before === 'basic' && this.mode !== before)
			void toast('Basic cannot show this rule, so it is shown in Visual. Undo goes back to Basic.');
	}

	#needsVisual(): void {
		void toast('Basic is one list without groups. Switch to Visual for them.');
	}
}

/** Given once by the builder's page to its parts. */
export const [getBuilder, setBuilder] = createContext<Builder>();
