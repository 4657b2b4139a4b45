import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { longestComment, readComments, readPeople } from '$lib/workspace/comments';
import { addComment, introduce, removeComment, setResolved } from '$lib/workspace/edit-comments';
import * as rules from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import {
	contentsOf,
	device,
	edit,
	is,
	meet,
	refusalsOf,
	send
} from '../../fixtures/workspace/devices';

let ada: Y.Doc;
let bea: Y.Doc;
const s = 'seg';
const read = (doc: Y.Doc) => readComments(registersOf(doc), s);
const say = (doc: Y.Doc, id: string, text: string, at = 0, by = 'ada', node = 'a') =>
	edit(doc, (e) => addComment(e, s, id, { node, text }), at, by);

beforeEach(() => {
	ada = device(1);
	bea = device(2);
	edit(ada, (e) => {
		segments.createSegment(e, s, 'Regulars', undefined, () => 'unused');
		rules.addCondition(e, s, 'a', is('a'), { parent: 'root' });
	});
	send(ada, bea);
});

describe('comments', () => {
	it('of two people who are apart are all there when they meet, in their order', () => {
		say(ada, 'x', ' Why this? ', 5);
		say(bea, 'y', 'Since March.', 3, 'bea');
		meet(ada, bea);
		expect(read(ada)).toEqual([
			{ id: 'y', node: 'a', text: 'Since March.', at: 3, by: 'bea', resolved: undefined },
			{ id: 'x', node: 'a', text: 'Why this?', at: 5, by: 'ada', resolved: undefined }
		]);
		expect(read(bea)).toEqual(read(ada));
	});

	it('are resolved and opened again, and say by whom', () => {
		say(ada, 'x', 'Why?');
		say(ada, 'y', 'And this?');
		edit(ada, (e) => setResolved(e, s, ['x', 'y'], true), 7, 'bea');
		expect(read(ada).map(({ resolved }) => resolved)).toEqual([
			{ at: 7, by: 'bea' },
			{ at: 7, by: 'bea' }
		]);
		edit(ada, (e) => setResolved(e, s, ['x', 'y'], true), 9, 'ada');
		expect(read(ada)[0]?.resolved).toEqual({ at: 7, by: 'bea' });
		edit(ada, (e) => setResolved(e, s, ['x'], false), 9, 'ada');
		expect(read(ada).map(({ resolved }) => resolved?.at)).toEqual([undefined, 7]);
		expect(refusalsOf(ada, (e) => setResolved(e, s, ['gone'], true))).toMatchObject([
			{ type: 'Gone' }
		]);
	});

	it('go only by whom they are', () => {
		say(ada, 'x', 'Why?');
		edit(ada, (e) => removeComment(e, s, 'x', (by) => by === 'bea'), 1, 'bea');
		expect(read(ada)).toHaveLength(1);
		edit(ada, (e) => removeComment(e, s, 'x', (by) => by === 'ada'), 1, 'ada');
		expect(read(ada)).toEqual([]);
	});

	it('outlive what they are about, and leave the segment as it was', () => {
		const before = readSegment(registersOf(ada), s);
		say(ada, 'x', 'Why?', 9);
		expect(readSegment(registersOf(ada), s)).toEqual(before);
		edit(ada, (e) => rules.remove(e, s, 'a'));
		expect(read(ada)).toMatchObject([{ id: 'x', node: 'a' }]);
		edit(ada, (e) => segments.duplicateSegment(e, s, 'copy', 'Copy'));
		expect(readComments(registersOf(ada), 'copy')).toEqual([]);
	});

	it('have a length, and a segment', () => {
		const long = 'x'.repeat(longestComment);
		say(ada, 'x', long);
		expect(read(ada)[0]?.text).toBe(long);
		const refused = (segment: string, text: string) =>
			refusalsOf(ada, (e) => addComment(e, segment, 'y', { node: 'a', text }));
		expect(refused(s, `${long}x`)).toMatchObject([{ type: 'Unwritable', problem: 'tooLarge' }]);
		expect(refused('none', 'Hm')).toMatchObject([{ type: 'Gone' }]);
		say(ada, 'z', '  \n ');
		expect(read(ada)).toHaveLength(1);
	});

	it('that do not read are left out and kept, and what is not known of one is kept by an edit', () => {
		const map = ada.getMap('comments');
		const kept = { node: 'a', text: 'Newer', at: 1, by: 'ada', mood: { of: 'cat' } };
		map.set(`${s}/new`, kept);
		for (const [key, broken] of Object.entries({
			[`${s}/a`]: 5,
			[`${s}/b`]: { node: 'a', text: 7, at: 0, by: 'x' },
			[`${s}/c`]: { ...kept, resolved: 'yes' },
			[s]: 'x',
			[`${s}/d`]: { ...kept, text: 'x'.repeat(20_000) }
		}))
			map.set(key, broken);
		expect(read(ada).map(({ id }) => id)).toEqual(['new']);
		edit(ada, (e) => setResolved(e, s, ['new'], true), 4);
		edit(ada, (e) => setResolved(e, s, ['new'], false));
		expect(map.get(`${s}/new`)).toEqual(kept);
		expect(map.size).toBe(6);
	});

	it('leave a document that was written before there were any as it is', () => {
		const doc = device(9);
		Y.applyUpdate(doc, readFileSync('tests/fixtures/workspace/doc-v1.bin'));
		const before = JSON.stringify(contentsOf(doc));
		expect(readComments(registersOf(doc), 'regulars')).toEqual([]);
		edit(doc, (e) => addComment(e, 'regulars', 'x', { node: 'root', text: 'Hm' }));
		edit(doc, (e) => removeComment(e, 'regulars', 'x', () => true));
		expect(readComments(registersOf(doc), 'regulars')).toEqual([]);
		const after = contentsOf(doc);
		for (const [root, was] of Object.entries(JSON.parse(before) as object))
			expect(after[root]).toEqual(was);
	});
});

describe('people', () => {
	it('are known by the name they last said', () => {
		edit(ada, (e) => introduce(e, 'Ada'), 0, 'ada');
		edit(ada, (e) => introduce(e, undefined), 0, 'bea');
		edit(ada, (e) => introduce(e, 'Ada K'), 0, 'ada');
		edit(ada, (e) => introduce(e, 'Mia'), 0, 'Mia');
		edit(ada, (e) => introduce(e, 'Mia'), 0, 'Mia / K');
		ada.getMap('people').set('odd/name', 5);
		expect([...readPeople(registersOf(ada))]).toEqual([['ada', 'Ada K']]);
	});
});
