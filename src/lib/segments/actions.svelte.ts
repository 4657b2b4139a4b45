import type { App } from '$lib/app.svelte';
import { freeName } from '$lib/free-name';
import { toast } from '$lib/ui/toast';
import { describeRefusal, describeUndo } from '$lib/workspace/describe';
import { setState } from '$lib/workspace/edit-segment';
import type { Edit } from '$lib/workspace/gesture';
import type { Segment, SegmentState } from '$lib/workspace/segment';
import { blockedDelete } from '$lib/uses/blocked.svelte';
import { blockersOfAll, usersOfAll, type User } from '$lib/uses/uses';
import type { Edited } from '$lib/workspace/session.svelte';
import type { UndoOutcome } from '$lib/workspace/undo';
import { countVersion } from './count-version.svelte';
import type { Offer } from './templates/offer';

const done: Record<SegmentState, string> = {
	active: 'restored',
	archived: 'archived',
	deleted: 'deleted'
};

/**
 * Archives, deletes or restores segments as one gesture, and says so with Undo. What something else uses is not deleted:
 * a dialog says what, and offers another in its place. Gives whether it was done.
 */
export function changeState(app: App, segments: readonly Segment[], to: SegmentState): boolean {
	const { workspace } = app;
	const things = segments.map(({ id, name }) => ({ type: 'segment' as const, id, name }));
	const remove = (first?: (edit: Edit) => void): boolean => {
		const label = `${labels[to]} ${segments.length === 1 ? 'segment' : 'segments'}`;
		const made = workspace.revertible(label, (edit) => {
			first?.(edit);
			for (const { id } of segments) setState(edit, id, to);
		});
		if (!told(made) || !made.ok) return false;
		const what = segments.length === 1 ? `“${segments[0]!.name}”` : `${segments.length} segments`;
		const counts = to === 'archived' ? stillCounts(usersOfAll(things, workspace)) : '';
		void toast(`${what} ${done[to]}.${counts}`, { undo: () => sayReverted(made.value()) });
		return true;
	};
	if (to === 'deleted' && blockersOfAll(things, workspace).length > 0) {
		blockedDelete.set({ things, remove });
		return false;
	}
	return remove();
}

/** What refers to what was archived goes on doing so. */
const stillCounts = (users: readonly User[]): string => {
	const names = users.filter(({ archived, sent }) => !archived && !sent).map(({ name }) => name);
	if (names.length === 0) return '';
	const [first, ...others] = names;
	const more = others.length === 0 ? '' : ` and ${others.length} more`;
	return ` It still counts for “${first}”${more}.`;
};

const labels: Record<SegmentState, string> = {
	active: 'Restore',
	archived: 'Archive',
	deleted: 'Delete'
};

/** A copy of a segment, saved if what it is copied from is; gives its id, or nothing if it was refused. */
export function duplicate(app: App, source: Segment): string | undefined {
	const { workspace } = app;
	const name = freeName(`${source.name} copy`, workspace.segments);
	const copy = workspace.duplicateSegment(source.id, name);
	if (!told(copy) || !copy.ok) return;
	if (!source.hasChanges && app.savedRule(source.id)?.ok) saveQuietly(app, copy.value);
	void toast(`“${name}” made.`, {
		undo: () => void told(workspace.setState(copy.value, 'deleted'))
	});
	return copy.value;
}

/** A copy of a template, saved where nothing is left to fill in; gives its id, or nothing if it was refused. */
export function copyTemplate(app: App, { template, draft, rule }: Offer): string | undefined {
	const { workspace } = app;
	const name = freeName(template.name, workspace.segments);
	const made = workspace.createSegment(name, draft);
	if (!told(made) || !made.ok) return;
	if (rule && saveQuietly(app, made.value))
		void toast(`“${name}” made.`, {
			undo: () => void told(workspace.setState(made.value, 'deleted'))
		});
	return made.value;
}

/** Saves without saying so: what it belongs to is said. */
function saveQuietly(app: App, id: string): boolean {
	const saved = app.workspace.saveSegment(id);
	if (!told(saved) || !saved.ok) return false;
	void countVersion(app, id, saved.value);
	return true;
}

/** Takes new counts, and says if that failed. */
export async function refresh(app: App): Promise<void> {
	try {
		await app.refresh();
	} catch {
		void toast('The counts could not be taken anew: the database does not answer.', {
			tone: 'danger'
		});
	}
}

/** Whether an edit was made; where it was refused, says why. */
export function told(edited: Edited<unknown>): boolean {
	if (!edited.ok)
		void toast([...new Set(edited.error.map(describeRefusal))].join(' '), { tone: 'danger' });
	return edited.ok;
}

/** Says what Undo could not take back. */
export function sayReverted(outcome: UndoOutcome | undefined): void {
	const words = outcome && describeUndo(outcome);
	if (words !== undefined) void toast(words);
}
