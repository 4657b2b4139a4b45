import type { App } from '$lib/app.svelte';
import { toast } from '$lib/ui/toast';
import { describeRefusal } from '$lib/workspace/describe';
import { setState } from '$lib/workspace/edit-segment';
import type { Segment, SegmentState } from '$lib/workspace/segment';
import type { Edited } from '$lib/workspace/session.svelte';
import type { Offer } from './templates/offer';
import { usersOf } from './used-in';

const done: Record<SegmentState, string> = {
	active: 'restored',
	archived: 'archived',
	deleted: 'deleted'
};

/** Archives, deletes or restores segments as one gesture, and says so with Undo. */
export function changeState(app: App, segments: readonly Segment[], to: SegmentState): void {
	const { workspace } = app;
	const put = (states: readonly (readonly [string, SegmentState])[]) =>
		workspace.gesture(`${labels[to]} ${segments.length === 1 ? 'segment' : 'segments'}`, (edit) => {
			for (const [id, state] of states) setState(edit, id, state);
		});
	const going = new Set(segments.map(({ id }) => id));
	const staying = workspace.segments.filter(({ id }) => !going.has(id));
	const users =
		to === 'deleted'
			? new Set(segments.flatMap(({ id }) => usersOf({ type: 'segment', id }, staying)))
			: new Set<Segment>();
	if (!told(put(segments.map(({ id }) => [id, to])))) return;
	const what = segments.length === 1 ? `“${segments[0]!.name}”` : `${segments.length} segments`;
	const broken =
		users.size === 0
			? ''
			: ` ${[...users].map(({ name }) => `“${name}”`).join(', ')} referred to it and cannot be counted now.`;
	void toast(`${what} ${done[to]}.${broken}`, {
		undo: () => void told(put(segments.map(({ id, state }) => [id, state])))
	});
}

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
	if (!source.hasChanges && app.savedRule(source.id)?.ok) told(workspace.saveSegment(copy.value));
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
	if (rule && told(workspace.saveSegment(made.value)))
		void toast(`“${name}” made.`, {
			undo: () => void told(workspace.setState(made.value, 'deleted'))
		});
	return made.value;
}

/** The name, or with a number behind it where there is a segment called so. */
function freeName(wanted: string, segments: readonly Segment[]): string {
	const names = new Set(
		segments.filter(({ state }) => state !== 'deleted').map(({ name }) => name)
	);
	let name = wanted;
	for (let n = 2; names.has(name); n++) name = `${wanted} ${n}`;
	return name;
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
