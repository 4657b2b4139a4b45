import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Definitions } from '$lib/rules/definitions';
import { english } from '$lib/rules/english';
import { explainRule } from '$lib/rules/explain';
import { parseRule } from '$lib/rules/parse';
import { defineSample } from '$lib/sample/define';
import { sampleFields, sampleLists, sampleTags } from '$lib/sample/definitions';
import { sampleSegments } from '$lib/sample/segments';
import { readNamedThings } from '$lib/workspace/definitions';
import { makeGesture } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { readSettings } from '$lib/workspace/settings';

const now = Date.parse('2026-01-15T10:00:00Z');
const segments = sampleSegments(now);

function defined(doc = new Y.Doc(), by = 'me'): Y.Doc {
	const made = makeGesture(doc, 'Sample', { at: now, by }, (edit) => defineSample(edit, now));
	expect(made.ok).toBe(true);
	return doc;
}

function definitionsOf(doc: Y.Doc): Definitions {
	const registers = registersOf(doc);
	const { issues, ...named } = readNamedThings(registers);
	expect(issues).toEqual([]);
	const read = segments.map(({ id, name }) => {
		const rule = readSegment(registers, id)?.saved;
		return [id, { name, archived: false, rule }] as const;
	});
	return { ...named, segments: new Map(read) };
}

describe('the sample’s workspace', () => {
	it('knows its fields, tags and lists', () => {
		const { fields, tags, lists } = definitionsOf(defined());
		for (const field of sampleFields) expect(fields.get(field.id)).toEqual(field);
		expect(Object.fromEntries(tags)).toEqual(sampleTags);
		expect(Object.fromEntries(lists)).toEqual(sampleLists);
	});

	it('has segments that are saved, have nothing left to save, and read as they were written', () => {
		const doc = defined();
		const definitions = definitionsOf(doc);
		for (const { id, name, description, rule } of segments) {
			const segment = readSegment(registersOf(doc), id)!;
			expect(segment).toMatchObject({ id, name, description, hasChanges: false, issues: [] });
			expect(segment.saved).toEqual(rule);
			expect(parseRule(segment.saved!, definitions, id).ok).toBe(true);
		}
	});

	it('says what the best of them means', () => {
		const definitions = definitionsOf(defined());
		const { rule } = segments.find(({ id }) => id === 'sample-dach')!;
		expect(explainRule(rule, definitions, english)).toBe(
			'Email consent is Subscribed and Country is any of Switzerland, Germany or Austria and has done Placed order at least 2 times in the last 180 days where Total > 50 and (is tagged vip or has done Clicked email in the last 90 days), but not whoever is in segment Contacted this week.'
		);
	});

	it('is one, also if two tabs write it at once', () => {
		const [here, there] = [defined(), defined(new Y.Doc(), 'them')];
		Y.applyUpdate(here, Y.encodeStateAsUpdate(there));
		const registers = registersOf(here);
		expect([...registers.owners('segments')].sort()).toEqual(segments.map(({ id }) => id).sort());
		for (const { id, rule } of segments) expect(readSegment(registers, id)!.saved).toEqual(rule);
	});

	it('has a name of its own', () => {
		expect(readSettings(registersOf(defined())).name).toBe('Sample: a stationery shop');
	});
});
