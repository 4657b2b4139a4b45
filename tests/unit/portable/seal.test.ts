import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openLines } from '$lib/portable/lines';
import { BadSource, type Source } from '$lib/portable/source';
import type { Part } from '$lib/portable/parts';
import {
	asDocument,
	asLines,
	batchesOf,
	fromDocument,
	fromLines,
	inPieces
} from '../../fixtures/portable';

const workspace = { name: 'Shop', zone: 'Europe/Zurich', later: { of: 'a newer version' } };
const people = {
	contacts: [
		{ uid: 'a', fields: { city: 'Zürich' } },
		{ uid: 'b', fields: {} }
	],
	events: [{ id: '1', contact: 'b', type: 'order_placed', at: '2026-02-20T10:00:00Z', value: 60 }]
};
const text = () => asLines(workspace, batchesOf(people));

test('the first line has the counts and the hashes of the lines of each part', async () => {
	const [first, ...lines] = (await text()).split('\n');
	const hash = (of: string[]) =>
		createHash('sha256')
			.update(of.map((line) => `${line}\n`).join(''))
			.digest('hex');
	expect(JSON.parse(first!)).toEqual({
		...{ format: 'winnow', version: 1, made: '2026-01-31T12:00:00.000Z' },
		counts: { contacts: 2, events: 1 },
		sha256: {
			workspace: hash([lines[0]!]),
			contacts: hash([lines[1]!, lines[2]!]),
			events: hash([lines[3]!])
		}
	});
	expect(lines).toHaveLength(5);
});

test('what was written is read, in whatever pieces it comes', async () => {
	const lines = await text();
	for (const size of [1, 7, 64, 10_000]) {
		const source = await openLines('w.ndjson', inPieces(lines, size));
		expect(source.workspace).toEqual(workspace);
		expect(await valuesOf(source, 'contacts')).toEqual(people.contacts);
		expect(await valuesOf(source, 'events')).toEqual(people.events);
		expect(await valuesOf(source, 'moves')).toEqual([]);
	}
	const source = await fromDocument(await asDocument(workspace, batchesOf(people)));
	expect(source.workspace).toEqual(workspace);
	expect(await valuesOf(source, 'contacts')).toEqual(people.contacts);
	expect(await valuesOf(source, 'events')).toEqual(people.events);
});

test('line ends of another system are no change', async () => {
	const source = await fromLines((await text()).replaceAll('\n', '\r\n'));
	expect(await valuesOf(source, 'contacts')).toEqual(people.contacts);
});

test('a file that was cut is refused, wherever it was', async () => {
	const whole = await text();
	for (let end = 1; end < whole.trimEnd().length; end++)
		await expect(fromLines(whole.slice(0, end)), `cut at ${end}`).rejects.toThrow(BadSource);
});

test('a file of which any byte was altered after its first line is refused', async () => {
	const whole = await text();
	for (let at = whole.indexOf('\n') + 1; at < whole.length - 1; at++) {
		const altered = `${whole.slice(0, at)}${whole[at] === 'x' ? 'y' : 'x'}${whole.slice(at + 1)}`;
		await expect(fromLines(altered), `altered at ${at}`).rejects.toThrow(BadSource);
	}
});

test('it is said what is wrong', async () => {
	const whole = await text();
	const lines = whole.trimEnd().split('\n');
	await expect(fromLines(lines.slice(0, -1).join('\n'))).rejects.toThrow(
		'w.ndjson: it says 1 events and has 0: the file was cut or altered.'
	);
	await expect(fromLines(whole.replace('Zürich', 'Zurich'))).rejects.toThrow(
		'w.ndjson: the lines of "contacts" are not as they were written'
	);
	const unfinished = ['{"format":"winnow","unfinished":true}   ', ...lines.slice(1)];
	await expect(fromLines(unfinished.join('\n'))).rejects.toThrow(
		'w.ndjson:1: this file was not written to its end.'
	);
});

test('a file made by hand needs neither counts nor hashes', async () => {
	const [, ...lines] = (await text()).split('\n');
	const source = await fromLines(['{"format":"winnow","version":1}', '', ...lines].join('\n'));
	expect(source.workspace).toEqual(workspace);
	expect(await valuesOf(source, 'contacts')).toEqual(people.contacts);
});

async function valuesOf(source: Source, part: Part): Promise<unknown[]> {
	const values: unknown[] = [];
	for await (const { value } of source.each(part)) values.push(value);
	return values;
}
