import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addDefinitions } from '$lib/portable/definitions';
import { wholeWorkspace } from '$lib/portable/whole';
import { PortableWorkspace } from '$lib/portable/workspace';
import { rootId } from '$lib/rules/rule';
import { projectionHash } from '$lib/workspace/projection';
import { readVersions } from '$lib/workspace/versions';
import { registersOf } from '$lib/workspace/registers';
import { Workspace } from '$lib/workspace/workspace.svelte';

let ids = 0;
const newId = (length: number) => String(++ids).padStart(length, '0');
function workspace(by = 'device') {
	let now = 1_000;
	return new Workspace(new Y.Doc(), { by, now: () => ++now, newId });
}
const written = (from: Workspace): PortableWorkspace =>
	PortableWorkspace.parse(JSON.parse(JSON.stringify(wholeWorkspace(from, true))));
const opened = (into: Workspace, file: PortableWorkspace, settings = true) =>
	into.gesture('Open workspace file', (edit) => addDefinitions(edit, file, { settings, newId }));

const livesIn = (value: string) => ({
	kind: 'field',
	...{ field: 'country', of: 'text', test: { operator: 'is', value } }
});

/** A segment saved three times, one that is deleted, one that was never saved. */
function busy() {
	const from = workspace('ada');
	const add = (name: string) => {
		const made = from.createSegment(name);
		if (!made.ok) throw new Error(name);
		return made.value;
	};
	const many = add('Often saved');
	for (const country of ['CH', 'DE', 'AT']) {
		from.addCondition(many, livesIn(country), { parent: rootId });
		from.saveSegment(many);
	}
	from.addCondition(many, livesIn('IT'), { parent: rootId });
	const gone = add('Gone');
	from.saveSegment(gone);
	from.addCondition(gone, livesIn('FR'), { parent: rootId });
	from.saveSegment(gone);
	from.setState(gone, 'deleted');
	const never = add('Never saved');
	return { from, many, gone, never };
}
const versionsIn = ({ doc }: Workspace, segment: string) => readVersions(registersOf(doc), segment);

test('in an empty workspace everything is as it was, history and what was deleted too', () => {
	const { from, many, gone, never } = busy();
	const into = workspace();
	expect(opened(into, written(from))).toEqual({ ok: true, value: 2 });
	expect(versionsIn(from, many)).toHaveLength(3);
	for (const id of [many, gone, never]) {
		expect(versionsIn(into, id)).toEqual(versionsIn(from, id));
		const [before, after] = [from.segment(id)!, into.segment(id)!];
		const { updated: _, ...same } = before;
		expect(after).toMatchObject(same);
		expect(projectionHash({ ...after, rule: after.draft })).toBe(
			projectionHash({ ...before, rule: before.draft })
		);
	}
	expect(into.deletedSegments.map(({ name }) => name)).toEqual(['Gone']);
	expect(written(into)).toEqual(written(from));
});

test('opened again, nothing changes', () => {
	const { from } = busy();
	const into = workspace();
	const file = written(from);
	opened(into, file);
	const before = Y.encodeStateAsUpdate(into.doc);
	expect(opened(into, file)).toEqual({ ok: true, value: 0 });
	expect(Y.encodeStateAsUpdate(into.doc)).toEqual(before);
});

test('added to another workspace, what is there stays, deleted or not', () => {
	const { from, many, gone } = busy();
	const into = workspace();
	const file = written(from);
	opened(into, file);
	into.setState(gone, 'active');
	into.renameSegment(gone, 'Back again');
	into.setState(many, 'deleted');
	const more = into.createSegment('Mine');
	if (!more.ok) throw new Error();
	into.saveSegment(more.value);
	const mine = versionsIn(into, more.value);
	opened(into, file, false);
	expect(into.segment(gone)).toMatchObject({ name: 'Back again', state: 'active' });
	// One that was deleted here comes back with its history, none of it twice.
	expect(into.segment(many)?.state).toBe('active');
	expect(versionsIn(into, many)).toEqual(versionsIn(from, many));
	expect(versionsIn(into, more.value)).toEqual(mine);
});

test('a rule that was changed in the file counts as it stands there, after the versions before it', () => {
	const { from, many } = busy();
	const file = written(from);
	const rule = { id: 'root', match: 'any', children: [{ id: 'x', kind: 'everyone' }] };
	const segments = file.segments.map((one) => (one.id === many ? { ...one, rule } : one));
	const into = workspace();
	opened(into, { ...file, segments });
	expect(into.segment(many)?.saved?.match).toBe('any');
	expect(versionsIn(into, many)).toHaveLength(4);
});

test('what a newer version notes about a version goes through unchanged', () => {
	const { from, many } = busy();
	const [version] = versionsIn(from, many);
	from.gesture('Note', (edit) =>
		edit.write('versions', `${many}/${version!.id}/name`, 'Spring mailing')
	);
	const into = workspace();
	opened(into, written(from));
	const registers = registersOf(into.doc);
	expect(registers.raw('versions', `${many}/${version!.id}/name`)).toBe('Spring mailing');
	expect(versionsIn(into, many)).toEqual(versionsIn(from, many));
});
