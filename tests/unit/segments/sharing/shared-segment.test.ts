import { expect, test } from 'vitest';
import { addDefinitions } from '$lib/portable/definitions';
import { rootOf, type PortableRule } from '$lib/portable/rule';
import { definitionsOf, PortableWorkspace } from '$lib/portable/workspace';
import { parseRule } from '$lib/rules/parse';
import type { Reference } from '$lib/rules/definitions';
import { shareAddress, sharedIn } from '$lib/segments/sharing/link';
import { mapped, sharedSegment, unknownIn } from '$lib/segments/sharing/shared-segment';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { defaultSettings } from '$lib/workspace/settings';
import { device, edit } from '../../../fixtures/workspace/devices';

const rule = (field: string): PortableRule => ({
	match: 'all',
	children: [
		{ kind: 'field', field, of: 'text', test: { operator: 'contains', value: 'pro' } },
		{ kind: 'list', test: { operator: 'inAny', lists: ['news'] } },
		{ kind: 'segment', segment: 'base', in: true }
	]
});

/** A workspace with two segments, one of which is in the other's rule, and things that neither needs. */
const workspace = PortableWorkspace.parse({
	fields: [
		{ id: 'plan', name: 'Plan', type: 'text' },
		{ id: 'unused', name: 'Unused', type: 'text' }
	],
	lists: [
		{ id: 'news', name: 'Newsletter' },
		{ id: 'other', name: 'Other' }
	],
	segments: [
		{ id: 'pros', name: 'Pros', description: 'They pay', rule: rule('plan') },
		{
			id: 'base',
			name: 'Base',
			rule: { kind: 'everyone' }
		},
		{ id: 'apart', name: 'Apart', rule: { kind: 'everyone' } }
	]
});

function shared() {
	const doc = device(1);
	let next = 0;
	const newId = () => `id${next++}`;
	edit(doc, (e) => addDefinitions(e, workspace, { settings: false, newId }));
	const segments = workspace.segments.map(({ id }) => readSegment(registersOf(doc), id)!);
	return sharedSegment(segments[0]!, segments, definitionsOf(workspace), defaultSettings);
}

test('a shared segment brings what its rule refers to, and nothing else', () => {
	const { fields, lists, segments } = shared();
	expect(fields.map(({ id }) => id)).toEqual(['plan']);
	expect(lists).toEqual([{ id: 'news', name: 'Newsletter' }]);
	expect(segments.map(({ id }) => id)).toEqual(['pros', 'base']);
	expect(segments[0]).toMatchObject({ name: 'Pros', description: 'They pay' });
});

test('it goes through a link and back', async () => {
	const address = await shareAddress(shared());
	const packed = new URLSearchParams(address.split('?')[1]).get('s')!;
	expect(await sharedIn(packed)).toEqual({ ok: true, value: PortableWorkspace.parse(shared()) });
	const unreadable = { ok: false, error: 'unreadable' };
	for (const wrong of ['', 'a b', packed.slice(0, -12), 'AAAA', packed.replace(/..$/, '__')])
		expect(await sharedIn(wrong)).toEqual(unreadable);
});

test('of a link that somebody has made by hand, only what its first segment says is taken', async () => {
	const { segments } = shared();
	const stamp = { at: 1, by: 'somebody' };
	const apart = { id: 'apart', name: 'Apart', rule: { kind: 'everyone' } };
	const crafted = {
		...workspace,
		name: 'Mine now',
		historyMonths: 3,
		segments: [
			{
				...segments[0]!,
				...{ tags: ['x'], draft: apart.rule, version: 'v1', created: stamp, campaign: 'c' }
			},
			apart,
			segments[1]!
		],
		deletedSegments: [{ ...apart, id: 'gone' }],
		versions: [{ segment: 'pros', key: 'v1', value: { ...stamp, rule: apart.rule } }],
		registers: { campaigns: { c: { name: 'Buy now' } }, smartLists: { s: {} }, exports: { t: {} } }
	} as PortableWorkspace;
	const packed = new URLSearchParams((await shareAddress(crafted)).split('?')[1]).get('s')!;
	const read = await sharedIn(packed);
	const honest = PortableWorkspace.parse({ ...shared(), historyMonths: 3 });
	expect(read).toEqual({ ok: true, value: honest });
	expect(PortableWorkspace.safeParse(crafted).success).toBe(true);
});

test('a link that unpacks to very much is not read to its end', async () => {
	const bomb = new Blob([new Uint8Array(64 * 1024 * 1024)]).stream();
	const packed = await new Response(
		bomb.pipeThrough(new CompressionStream('deflate-raw'))
	).arrayBuffer();
	const text = Buffer.from(packed).toString('base64url');
	expect(await sharedIn(text)).toEqual({ ok: false, error: 'unreadable' });
});

test('what is unknown is matched by its name and type, or stays to be said', () => {
	const ours = definitionsOf(
		PortableWorkspace.parse({
			fields: [
				{ id: 'plan-number', name: 'Plan', type: 'number' },
				{ id: 'tarif', name: ' PLAN ', type: 'text' }
			],
			lists: [{ id: 'l1', name: 'Letters' }]
		})
	);
	expect(unknownIn(shared(), definitionsOf(workspace), ours)).toEqual([
		{ reference: { type: 'field', id: 'plan' }, name: 'Plan', like: 'tarif' },
		{ reference: { type: 'list', id: 'news' }, name: 'Newsletter', like: undefined }
	]);
});

test('with what stands for it here, the rule is sound and says the same', () => {
	const plan: Reference = { type: 'field', id: 'plan' };
	const taken = mapped(shared(), new Map([[plan, 'tarif']]));
	expect(taken.fields).toEqual([]);
	const ours = PortableWorkspace.parse({
		...taken,
		fields: [{ id: 'tarif', name: 'Tarif', type: 'text' }]
	});
	expect(taken.segments[0]?.rule).toMatchObject({ children: [{ field: 'tarif' }, {}, {}] });
	expect(parseRule(rootOf(taken.segments[0]!.rule), definitionsOf(ours), 'pros').ok).toBe(true);
});
