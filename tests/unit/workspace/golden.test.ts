import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { canonical } from '$lib/json';
import { compact } from '$lib/workspace/epoch';
import * as rules from '$lib/workspace/edit-rule';
import { isNew, isWritable } from '$lib/workspace/meta';
import { readNamedThings } from '$lib/workspace/definitions';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { readSettings } from '$lib/workspace/settings';
import { nameVersion, readVersions, savedBeside } from '$lib/workspace/versions';
import { contentsOf, device, edit, sketch } from '../../fixtures/workspace/devices';

function golden(): Y.Doc {
	const doc = device(9);
	Y.applyUpdate(doc, readFileSync('tests/fixtures/workspace/doc-v1.bin'));
	return doc;
}

it('goes through storage byte for byte, with all that nobody knows', () => {
	const stored = readFileSync('tests/fixtures/workspace/doc-v1.bin');
	expect(Buffer.from(Y.encodeStateAsUpdate(golden())).equals(stored)).toBe(true);
});

it('is begun anew with every register as it was, and opens as the same', () => {
	const old = golden();
	const next = compact(old);
	if (!next.ok) throw new Error(next.error);
	const [before, after] = [old, next.value].map(
		(doc) => contentsOf(doc) as Record<string, Record<string, unknown>>
	);
	expect(canonical({ ...after, meta: { ...after!['meta'], epoch: 0 } })).toBe(canonical(before));
	for (const id of ['regulars', 'old', 'merged'])
		expect(readSegment(registersOf(next.value), id)).toEqual(readSegment(registersOf(old), id));
});

describe('a document of schema 1 with a history', () => {
	const doc = device(9);
	Y.applyUpdate(doc, readFileSync('tests/fixtures/workspace/doc-v1-history.bin'));
	const registers = registersOf(doc);

	it('has its versions, with counts, names and files, and what was saved at once', () => {
		const kept = readVersions(registers, 'regulars');
		expect(
			kept.map(({ id, why, name, counted, exports }) => [
				id,
				why,
				name,
				counted?.count,
				exports.length
			])
		).toEqual([
			['v3', 'saved', undefined, undefined, 0],
			['v2', 'saved', undefined, 7, 0],
			[kept[2]!.id, 'idle', undefined, undefined, 0],
			['v1', 'saved', 'Spring', 9, 1]
		]);
		const { savedVersion } = readSegment(registers, 'regulars')!;
		expect(savedVersion?.id).toBe('v3');
		expect(savedBeside(kept, savedVersion?.id).map(({ id }) => id)).toEqual(['v2']);
	});

	it('asks for a look where it did, and nowhere else', () => {
		expect(readSegment(registers, 'regulars')!.merged).toBe(true);
		expect(readSegment(registers, 'alone')!.merged).toBe(false);
	});

	it('keeps what a newer app noted beside a version', () => {
		edit(doc, (e) => nameVersion(e, 'regulars', 'v1', 'Summer'));
		expect(doc.getMap('versions').get('regulars/v1/mood')).toEqual({ of: ['spring', null] });
		expect(doc.getMap('versions').get('regulars/v1')).toMatchObject({ weather: 'mild' });
	});
});

describe('a document of schema 1', () => {
	const doc = golden();
	const registers = registersOf(doc);

	it('opens, and may be written', () => {
		expect(isNew(registers)).toBe(false);
		expect(isWritable(registers)).toBe(true);
		expect(readSettings(registers)).toEqual({
			name: 'Bakery',
			zone: 'Europe/Zurich',
			weekStart: 1,
			currency: 'CHF',
			historyMonths: 13,
			logMonths: 13
		});
	});

	it('has its definitions', () => {
		const { fields, tags, lists, eventTypes, issues } = readNamedThings(registers);
		expect(fields.get('plan')).toEqual({
			id: 'plan',
			name: 'Plan',
			type: 'select',
			options: [{ id: 'pro', name: 'Pro' }]
		});
		expect([...tags]).toEqual([['vip', 'VIP']]);
		expect([...lists]).toEqual([['fair', 'Fair 2025']]);
		expect(eventTypes.get('tasting')).toEqual({
			id: 'tasting',
			name: 'Came to a tasting',
			properties: [{ id: 'guests', name: 'Guests', type: 'number', column: 'value' }]
		});
		expect(issues).toEqual([]);
	});

	it('has a segment, saved', () => {
		const regulars = readSegment(registers, 'regulars')!;
		expect(regulars).toMatchObject({
			name: 'Regulars',
			description: 'Come every week',
			tags: ['vip'],
			state: 'active',
			hasChanges: false,
			savedVersion: { id: 'v1', at: 1_700_000_001_000, by: 'ada' },
			issues: []
		});
		expect(sketch(regulars.draft)).toBe('all(tag any(b c))');
		expect(readSegment(registers, 'old')?.state).toBe('archived');
	});

	it('projects what two people left as it always did', () => {
		const merged = readSegment(registers, 'merged')!;
		expect(sketch(merged.draft)).toBe('all(any(none()) y z weather)');
		expect(merged.detached.map(sketch)).toEqual(['x']);
		expect(merged.issues).toEqual([
			{ type: 'Loop', node: 'g' },
			{ type: 'Detached', node: 'x' }
		]);
	});

	it('keeps what it does not know through edits of the same nodes', () => {
		const before = contentsOf(doc) as Record<string, Record<string, unknown>>;
		edit(doc, (e) => rules.setMuted(e, 'merged', 'w', true));
		edit(doc, (e) => rules.setMuted(e, 'merged', 'w', false));
		const { 'merged/updated': _, ...segments } = before['segments']!;
		const after = contentsOf(doc) as typeof before;
		expect(after).toEqual({
			...before,
			segments: { ...segments, 'merged/updated': { at: 0, by: 'ada' } }
		});
		expect(after['nodes']!['merged/w/b']).toEqual({
			type: 'condition',
			condition: { kind: 'weather', sky: { clouds: [3, null] }, v: 2 },
			weight: 2
		});
		expect(after['segments']!['merged/colour']).toBe('teal');
	});
});
