import { beforeEach, expect, it } from 'vitest';
import type * as Y from 'yjs';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { watchOverwritten, type Overwritten } from '$lib/workspace/overwritten';
import { device, edit, is, meet, send } from '../../fixtures/workspace/devices';

const s = 'seg';
let ada: Y.Doc;
let bea: Y.Doc;
let heard: { ada: Overwritten[]; bea: Overwritten[] };
const set = (doc: Y.Doc, to: string, by: string) =>
	edit(doc, (e) => rules.setCondition(e, s, 'a', is(to)), 1, by);
const body = (said: string) => ({ type: 'condition', condition: is(said) });

beforeEach(() => {
	[ada, bea] = [device(1), device(2)];
	edit(ada, (e) => {
		segments.createSegment(e, s, 'S', undefined, () => 'unused');
		rules.addCondition(e, s, 'a', is('a'), { parent: 'root' });
	});
	send(ada, bea);
	heard = { ada: [], bea: [] };
	watchOverwritten(ada, (found) => heard.ada.push(...found));
	watchOverwritten(bea, (found) => heard.bea.push(...found));
});

it('each of two people who wrote one register at once hears of the other’s value, whichever stands', () => {
	set(ada, 'by ada', 'ada');
	set(bea, 'by bea', 'bea');
	meet(ada, bea);
	const both = { root: 'nodes', key: 'seg/a/b', segment: s, stands: body('by bea') };
	expect(heard.ada).toEqual([
		{ ...both, other: body('by ada'), mineStands: false, by: 'bea', hereBy: 'ada' }
	]);
	expect(heard.bea).toEqual([
		{ ...both, other: body('by ada'), mineStands: true, by: 'ada', hereBy: 'bea' }
	]);
});

it('nobody hears of writing one after the other, however often in between', () => {
	set(ada, '1', 'ada');
	send(ada, bea);
	for (const to of ['2', '3', '4']) set(bea, to, 'bea');
	send(bea, ada);
	for (const to of ['5', '6']) set(ada, to, 'ada');
	meet(ada, bea);
	expect(heard).toEqual({ ada: [], bea: [] });
});

it('of many writes at once the last of each is told', () => {
	for (const to of ['a1', 'a2']) set(ada, to, 'ada');
	for (const to of ['b1', 'b2', 'b3']) set(bea, to, 'bea');
	meet(ada, bea);
	expect(heard.ada).toMatchObject([{ stands: body('b3'), other: body('a2') }]);
	expect(heard.bea).toMatchObject([{ stands: body('b3'), other: body('a2') }]);
});

it('names and descriptions are told of; places, stamps and what both made alike are not', () => {
	edit(ada, (e) => segments.renameSegment(e, s, 'By ada'));
	edit(bea, (e) => segments.renameSegment(e, s, 'By bea'));
	for (const doc of [ada, bea]) set(doc, 'same', 'x');
	edit(ada, (e) => rules.addGroup(e, s, 'g', 'any', { parent: 'root', index: 0 }));
	edit(bea, (e) => rules.addGroup(e, s, 'h', 'any', { parent: 'root', index: 0 }));
	meet(ada, bea);
	expect(heard.ada.map(({ key }) => key)).toEqual(['seg/name']);
});

it('a device that made neither hears of both when the second comes', () => {
	const cem = device(3);
	send(ada, cem);
	set(ada, 'by ada', 'ada');
	set(bea, 'by bea', 'bea');
	const found: Overwritten[] = [];
	watchOverwritten(cem, (one) => found.push(...one));
	send(bea, cem);
	expect(found).toEqual([]);
	send(ada, cem);
	expect(found).toMatchObject([{ stands: body('by bea'), other: body('by ada'), by: 'ada' }]);
});
