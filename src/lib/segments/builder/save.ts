import { discardDraft, duplicateSegment, saveSegment as saveIn } from '$lib/workspace/edit-segment';
import { randomId } from '$lib/workspace/random-id';
import { told } from '$lib/segments/actions.svelte';
import { countVersion } from '$lib/segments/count-version.svelte';
import { saveSegment } from '$lib/segments/save-segment.svelte';
import { toast } from '$lib/ui/toast';
import type { Builder } from './builder.svelte';

/** Why a draft cannot be saved, in a sentence; nothing if it can. */
export function whyNotSaved(builder: Builder): string | undefined {
	if (builder.app.workspace.readOnly === 'viewer') return 'You are a viewer here.';
	if (builder.readOnly) return 'It cannot be edited here.';
	if (builder.draft.children.length === 0) return 'Add a rule first.';
	if (builder.segment?.merged) return 'Look at what came together first.';
	if (builder.rule) return;
	const rows = new Set(builder.blocking.map(({ node }) => node)).size;
	if (rows === 0) return 'The draft needs a look first.';
	return rows === 1 ? 'One row needs your attention.' : `${rows} rows need your attention.`;
}

/** Makes the draft what counts, with what was typed last, or says why not and shows where. */
export function save(builder: Builder): void {
	builder.flush();
	const why = whyNotSaved(builder);
	const { id, segment } = builder;
	if (segment?.hasChanges === false && why === undefined) return;
	if (why !== undefined || id === undefined) {
		builder.view.leave();
		if (why) void toast(why);
		const [first] = builder.blocking;
		if (first) builder.view.want(first.node);
		return;
	}
	const { fresh, total, everyone } = builder.counts;
	const known = fresh && total !== undefined && everyone !== undefined;
	saveSegment(builder.app, id, known ? { count: total, everyone } : undefined);
}

/** Takes back every change since it was saved, as one step of undo. */
export function discard(builder: Builder): void {
	builder.flush();
	const { id, app } = builder;
	if (id === undefined || !told(app.workspace.discardDraft(id))) return;
	void toast('Changes discarded.', { undo: () => void app.workspace.undo(id) });
}

/**
 * Saves the draft as a new segment, and leaves this one as it was saved; gives the new one's id. One that was never
 * saved keeps its draft.
 */
export function saveAsNew(builder: Builder): string | undefined {
	builder.flush();
	const { id, app, segment } = builder;
	const why = whyNotSaved(builder);
	if (why !== undefined || id === undefined || !segment) return void toast(why ?? '');
	const [copy, version] = [randomId(10), randomId(10)];
	const done = told(
		app.workspace.gesture('Save as new', (edit) => {
			duplicateSegment(edit, id, copy, `${segment.name} copy`);
			saveIn(edit, copy, version);
			if (segment.saved) discardDraft(edit, id, () => randomId(8));
		})
	);
	if (!done) return;
	void countVersion(app, copy, version);
	void toast(`“${segment.name} copy” saved.`);
	return copy;
}
