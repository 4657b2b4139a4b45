import * as Y from 'yjs';
import type { DraftGroup, DraftRule, NodeId } from '../../../src/lib/rules/rule';
import { setCondition } from '../../../src/lib/workspace/edit-rule';
import { createSegment, renameSegment, saveSegment } from '../../../src/lib/workspace/edit-segment';
import { makeGesture, type Edit } from '../../../src/lib/workspace/gesture';
import { begin } from '../../../src/lib/workspace/meta';

/**
 * The document of a workspace of many segments, as an update: each has seven nodes and is saved; half of them were
 * edited since, and a third renamed.
 */
export function largeWorkspace(segments: number): Uint8Array<ArrayBuffer> {
	const doc = new Y.Doc();
	const edit = (work: (edit: Edit) => void) => {
		const made = makeGesture(doc, 'Edit', { at: Date.UTC(2026, 0, 1), by: 'bench' }, work);
		if (!made.ok) throw new Error(JSON.stringify(made.error));
	};
	const unused = (): never => {
		throw new Error('Every node has an id.');
	};
	edit(begin);
	for (let i = 0; i < segments; i++) {
		const id = `segment${String(i).padStart(4, '0')}`;
		edit((e) => createSegment(e, id, `Segment ${i}`, ruleOf(i), unused));
		edit((e) => saveSegment(e, id, 'version001'));
		if (i % 2 === 0) edit((e) => setCondition(e, id, 'node0003', opened(i + 1)));
		if (i % 3 === 0) edit((e) => renameSegment(e, id, `Segment ${i}, renamed`));
	}
	return new Uint8Array(Y.encodeStateAsUpdate(doc));
}

const opened = (i: number) => ({
	...{ kind: 'event', types: ['email_opened'], did: true },
	count: { operator: 'atLeast', n: 1 + (i % 5) },
	window: { operator: 'inLast', n: 10 + (i % 80), unit: 'day' }
});

const livesIn = (i: number) => ({
	...{ kind: 'field', field: 'country', of: 'text' },
	test: { operator: 'isAnyOf', values: [`C${i % 50}`, `C${i % 30}`] }
});

function ruleOf(i: number): DraftGroup {
	let nodes = 0;
	const newId = () => `node${String(++nodes).padStart(4, '0')}` as NodeId;
	const is = (condition: { kind: string }): DraftRule => ({
		...{ type: 'condition', id: newId(), condition }
	});
	return {
		...{ type: 'group', id: 'root' as NodeId, match: 'all' },
		children: [
			is({ kind: 'everyone' }),
			is(livesIn(i)),
			is(opened(i)),
			{
				...{ type: 'group', id: newId(), match: 'any' },
				children: [is(opened(i + 2)), is(livesIn(i + 3)), is({ kind: 'suppressed' })]
			}
		]
	};
}
