import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { nodesOf } from '$lib/rules/rule';
import * as rules from '$lib/workspace/edit-rule';
import { createSegment, discardDraft, saveSegment } from '$lib/workspace/edit-segment';
import { makeGesture, type Edit } from '$lib/workspace/gesture';
import { UndoStack } from '$lib/workspace/undo';
import { device, draftOf, edit, is, meet, send } from '../../fixtures/workspace/devices';

const s = 'seg';

/** One thing that happens on one of three devices; `pick` chooses among the nodes there are then. */
const Step = fc.record({
	device: fc.nat(2),
	act: fc.constantFrom(
		...([
			'add',
			'add',
			'group',
			'move',
			'move',
			'remove',
			'edit',
			'match',
			'wrap',
			'ungroup'
		] as const),
		...(['undo', 'redo', 'save', 'discard', 'send', 'send'] as const)
	),
	pick: fc.nat(1000),
	other: fc.nat(1000),
	index: fc.nat(4)
});
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

class Device {
	readonly doc: Y.Doc;
	readonly #undo: UndoStack;
	constructor(number: number) {
		this.doc = device(number);
		this.#undo = new UndoStack(this.doc);
	}

	bodies(): Set<string> {
		return new Set(
			[...this.doc.getMap('nodes').keys()]
				.filter((key) => key.endsWith('/b'))
				.map((key) => key.split('/')[1]!)
		);
	}

	/** Makes the step if it can be made here now; a refusal is as good. */
	make({ act, pick, other, index }: Step, id: string): void {
		if (act === 'undo') return void this.#undo.undo({ at: 0, by: 'x' });
		if (act === 'redo') return void this.#undo.redo({ at: 0, by: 'x' });
		const { rule, detached } = draftOf(this.doc, s);
		const nodes = [rule, ...detached].flatMap((draft) => [...nodesOf(draft)]);
		const groups = nodes.filter(({ type }) => type === 'group');
		const node = nodes[pick % nodes.length]!.id;
		const to = { parent: groups[other % groups.length]!.id, index };
		const work: Record<Exclude<Step['act'], 'undo' | 'redo' | 'send'>, (e: Edit) => void> = {
			add: (e) => rules.addCondition(e, s, id, is(id), to),
			group: (e) => rules.addGroup(e, s, id, 'any', to),
			move: (e) => rules.move(e, s, node, to),
			remove: (e) => rules.remove(e, s, node),
			edit: (e) => rules.setCondition(e, s, node, is(id)),
			match: (e) => rules.setMatch(e, s, to.parent, 'none'),
			wrap: (e) => rules.wrapInGroup(e, s, id, 'all', [node]),
			ungroup: (e) => rules.ungroup(e, s, node),
			save: (e) => saveSegment(e, s, id),
			discard: (e) => discardDraft(e, s, () => `${id}x`)
		};
		if (act === 'send') return;
		// A condition turned into another is an edit of a condition; of a group it would be another sort of node.
		if (act === 'edit' && groups.some((group) => group.id === node)) return;
		const made = makeGesture(this.doc, act, { at: 0, by: 'x' }, work[act]);
		if (made.ok && made.value.gesture && act !== 'save') this.#undo.push(made.value.gesture);
	}
}

describe('random histories on three devices that sometimes meet', () => {
	it('end in one projection everywhere, with no node lost and none doubled', () => {
		fc.assert(
			fc.property(fc.array(Step, { minLength: 10, maxLength: 60 }), (steps) => {
				const devices = [new Device(1), new Device(2), new Device(3)];
				edit(devices[0]!.doc, (e) => createSegment(e, s, 'S', undefined, () => 'unused'));
				meet(...devices.map(({ doc }) => doc));
				const added = new Set<string>();
				const removed = new Set<string>();

				steps.forEach((step, i) => {
					const here = devices[step.device]!;
					if (step.act === 'send')
						return send(here.doc, devices[(step.device + 1 + (step.pick % 2)) % 3]!.doc);
					const before = here.bodies();
					here.make(step, `n${i}`);
					const after = here.bodies();
					for (const id of after) if (!before.has(id)) added.add(id);
					for (const id of before) if (!after.has(id)) removed.add(id);
				});
				meet(...devices.map(({ doc }) => doc));

				const [first, ...others] = devices.map(({ doc }) => draftOf(doc, s));
				for (const other of others) expect(other).toEqual(first);
				const { rule, detached } = first!;
				const shown = [rule, ...detached].flatMap((draft) =>
					[...nodesOf(draft)].map(({ id }) => id)
				);
				expect(shown.toSorted()).toEqual(['root', ...devices[0]!.bodies()].toSorted());
				expect([...added].filter((id) => !removed.has(id) && !shown.includes(id as never))).toEqual(
					[]
				);
			}),
			{ seed: 20260, numRuns: 400 }
		);
	});

	it('read the same from disk, whatever the order the updates come in', () => {
		fc.assert(
			fc.property(
				fc.array(Step, { minLength: 5, maxLength: 40 }),
				fc.infiniteStream(fc.nat(1000)),
				(steps, chance) => {
					const devices = [new Device(1), new Device(2), new Device(3)];
					const updates: Uint8Array[] = [];
					for (const { doc } of devices) doc.on('update', (update) => updates.push(update));
					edit(devices[0]!.doc, (e) => createSegment(e, s, 'S', undefined, () => 'unused'));
					meet(...devices.map(({ doc }) => doc));
					steps.forEach((step, i) => devices[step.device]!.make(step, `n${i}`));
					meet(...devices.map(({ doc }) => doc));

					const read = device(9);
					const shuffled = updates
						.map((update) => ({ update, at: chance.next().value as number }))
						.sort((a, b) => a.at - b.at);
					for (const { update } of shuffled) Y.applyUpdate(read, update);
					expect(draftOf(read, s)).toEqual(draftOf(devices[0]!.doc, s));
				}
			),
			{ seed: 20261, numRuns: 100 }
		);
	});
});
