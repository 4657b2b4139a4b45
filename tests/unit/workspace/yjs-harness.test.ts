import * as prng from 'lib0/prng';
import { beforeAll, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { applyRandomTests } from 'yjs/testHelper';
import { nodesOf } from '$lib/rules/rule';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { makeGesture, type Edit } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { draftOf, is } from '../../fixtures/workspace/devices';

vi.setConfig({ testTimeout: 120_000 });

const s = 'seg';
let made = 0;

/** A gesture on one user's document; that it may be refused is part of it. */
const does = (work: (edit: Edit, node: string, to: rules.Position, id: string) => void) => {
	return (user: Y.Doc, random: prng.PRNG): void => {
		const { rule, detached } = draftOf(user, s);
		const nodes = [rule, ...detached].flatMap((draft) => [...nodesOf(draft)]);
		const groups = nodes.filter(({ type }) => type === 'group');
		const to = { parent: prng.oneOf(random, groups).id, index: prng.int32(random, 0, 3) };
		const { id } = prng.oneOf(random, nodes);
		makeGesture(user, '', { at: made++, by: 'x' }, (edit) => work(edit, id, to, `n${made}`));
	};
};

const mods = [
	does((e, _, to, id) => rules.addCondition(e, s, id, is(id), to)),
	does((e, _, to, id) => rules.addCondition(e, s, id, is(id), to)),
	does((e, _, to, id) => rules.addGroup(e, s, id, 'any', to)),
	does((e, node, to) => rules.move(e, s, node, to)),
	does((e, node) => rules.remove(e, s, node)),
	does((e, node, _, id) => rules.setNote(e, s, node, id)),
	does((e, _, to) => rules.setMatch(e, s, to.parent, 'none')),
	does((e) => segments.approveDraft(e, s)),
	does((e, _, __, id) => segments.saveSegment(e, s, id)),
	does((e, _, __, id) => segments.discardDraft(e, s, () => id))
];

// It says of every other run that it takes the first encoding, which is ours.
beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));

/** How Yjs tests itself: five users, messages late and out of order, connections lost, stores compared in the end. */
it.each([20, 60, 150])(
	'Yjs’ own random harness finds all users alike after %i gestures',
	(gestures) => {
		for (let seed = 0; seed < 30; seed++) {
			const test = { prng: prng.create(gestures * 1000 + seed) };
			const { users } = applyRandomTests(test, mods, gestures, (user) => {
				if (user.clientID === 0)
					makeGesture(user, '', { at: 0, by: 'x' }, (e) =>
						segments.createSegment(e, s, 'S', undefined, () => 'unused')
					);
			});
			const [first, ...others] = users.map((user) => ({
				nodes: user.getMap('nodes').toJSON(),
				segment: readSegment(registersOf(user), s)
			}));
			expect(first!.segment).toBeDefined();
			for (const other of others) expect(other).toEqual(first);
		}
	}
);
