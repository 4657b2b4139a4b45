import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EngineNews } from '$lib/engine/protocol';
import { FileRuns } from '$lib/exports/run-files';
import { headIn } from '$lib/portable/encrypted/opened-file';
import { lockWith } from '$lib/portable/encrypted/passphrase';
import { isWorkspaceFile } from '$lib/portable/pending.svelte';
import { documentLimit, workspaceFileApi, type OpenPlan } from '$lib/portable/run';
import { PortableWorkspace } from '$lib/portable/workspace';
import { sql } from '$lib/sql';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import { definitions } from '../../fixtures/people';
import { asDocument, asLines, batchesOf, emptied } from '../../fixtures/portable';

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());
beforeEach(() => emptied(database));

const made = '2026-01-31T12:00:00.000Z';
const workspace = PortableWorkspace.parse({ name: 'Shop', tags: [{ id: 'vip', name: 'VIP' }] });
const contacts = Array.from({ length: 12_000 }, (_, i) => ({
	uid: `u${i}`,
	fields: { city: 'Bern' }
}));
const events = contacts.map(({ uid }, i) => ({
	id: `e${i}`,
	contact: uid,
	type: 'seen',
	at: made
}));
const plan = (id: string, limits: OpenPlan['limits'] = null): OpenPlan => ({
	...{ id, limits, definitions },
	then: made
});
const lines = async (people = { contacts, events }) =>
	new File([await asLines(workspace, batchesOf(people))], 'shop.ndjson');
const here = async () => {
	const [row] = await database.rows<{ contacts: number; events: number }>(
		sql`select (select count(*) from contact)::int as contacts, (select count(*) from event)::int as events`
	);
	return row!;
};

function open() {
	const news: EngineNews[] = [];
	return { news, api: workspaceFileApi(database, (one) => news.push(one)) };
}

test('a file is checked, brought in and saved again as it was', async () => {
	const { api, news } = open();
	const file = await lines();
	expect(await api.checkWorkspaceFile(file, 'check')).toEqual({
		status: 'done',
		value: {
			...{ workspace, made, nobodyHere: true },
			counts: {
				contacts: 12_000,
				events: 12_000,
				suppressions: 0,
				changes: 0,
				moves: 0,
				runs: 0,
				recipients: 0
			}
		}
	});
	expect(await here()).toEqual({ contacts: 0, events: 0 });
	expect(await api.openWorkspaceFile(file, plan('open'))).toMatchObject({ status: 'done' });
	expect(await here()).toEqual({ contacts: 12_000, events: 12_000 });
	expect(news).toContainEqual(
		expect.objectContaining({ job: 'open', done: 24_000, total: 24_000, step: 'writing' })
	);

	const place = { folder: 'files', name: 'one' };
	const saved = await api.saveWorkspaceFile(place, { workspace, people: true, made });
	expect(saved).toMatchObject({ status: 'done', form: 'ndjson', rows: 24_000 });
	const again = saved.status === 'done' ? await saved.blob!.text() : '';
	const events = again.split('\n').filter((line) => line.startsWith('{"event"'));
	expect(events).toHaveLength(12_000);
	const checked = await api.checkWorkspaceFile(new File([again], 'again.ndjson'), 'again');
	expect(checked).toMatchObject({ status: 'done', value: { nobodyHere: false } });
});

test('a small workspace, and definitions alone, are one document', async () => {
	const { api } = open();
	const few = { contacts: contacts.slice(0, 3), events: [] };
	const document = new File([await asDocument(workspace, batchesOf(few))], 'shop.json');
	await api.openWorkspaceFile(document, plan('open'));
	const place = { folder: 'files', name: 'one' };
	for (const [people, held] of [
		[true, 3],
		[false, 0]
	] as const) {
		const saved = await api.saveWorkspaceFile(place, { workspace, people, made });
		expect(saved).toMatchObject({ status: 'done', form: 'json', rows: held });
		const text = saved.status === 'done' ? await saved.blob!.text() : '';
		expect(JSON.parse(text)).toMatchObject({ format: 'winnow', made, workspace });
		expect(JSON.parse(text).contacts ?? []).toHaveLength(held);
	}
	expect(documentLimit).toBeLessThan(contacts.length + events.length);
});

test.each([3, 12_000])(
	'encrypted, a workspace of %i people is saved, and opens with its key alone',
	async (many) => {
		const { api } = open();
		const people = { contacts: contacts.slice(0, many), events: events.slice(0, many) };
		await api.openWorkspaceFile(await lines(people), plan('open'));
		const { lock, key } = await lockWith('correct horse');
		const place = { folder: 'files', name: 'one' };
		const ask = { workspace, people: true, made, locked: { lock, key } };
		const saved = await api.saveWorkspaceFile(place, ask);
		expect(saved).toMatchObject({ status: 'done', form: 'winnow', rows: 2 * many });
		const blob = saved.status === 'done' ? saved.blob! : new Blob();
		const file = new File([blob], 'shop.winnow');
		expect((await headIn(file))?.lock).toEqual(lock);
		const text = Buffer.from(await file.arrayBuffer()).toString('latin1');
		expect(text.slice(text.indexOf('\n'))).not.toContain('Bern');

		const counts = {
			contacts: many,
			events: many,
			suppressions: 0,
			changes: 0,
			moves: 0,
			runs: 0,
			recipients: 0
		};
		expect(await api.checkWorkspaceFile(file, 'check', key)).toEqual({
			status: 'done',
			value: { workspace, made, nobodyHere: false, counts }
		});
		await emptied(database);
		const again = await api.openWorkspaceFile(file, { ...plan('again'), key });
		expect(again).toMatchObject({ status: 'done', value: { added: counts } });
		expect(await here()).toEqual({ contacts: many, events: many });

		const wrong = (message: string) => ({
			status: 'refused',
			refusal: { type: 'Wrong', message: expect.stringContaining(message) }
		});
		expect(await api.checkWorkspaceFile(file, 'check')).toEqual(wrong('opens with its passphrase'));
		const { key: other } = await lockWith('correct horse');
		const cut = new File([blob.slice(0, -1)], 'cut.winnow');
		for (const [it, by] of [
			[file, other],
			[cut, key]
		] as const)
			expect(await api.checkWorkspaceFile(it, 'check', by)).toEqual(wrong('was cut or altered'));
		await emptied(database);
		expect(await api.openWorkspaceFile(cut, { ...plan('cut'), key })).toEqual(
			wrong('was cut or altered')
		);
		expect(await here()).toEqual({ contacts: 0, events: 0 });
	}
);

test('cancelled while it is brought in, nothing of it is here', async () => {
	const news: EngineNews[] = [];
	const api = workspaceFileApi(database, (one) => {
		news.push(one);
		if (one.type === 'progress' && one.done > 10_000) void api.cancelWorkspaceFile('open');
	});
	expect(await api.openWorkspaceFile(await lines(), plan('open'))).toEqual({ status: 'cancelled' });
	expect(news.length).toBeGreaterThan(0);
	expect(await here()).toEqual({ contacts: 0, events: 0 });
});

test('cancelled while it is counted what there is to save, nothing is written', async () => {
	const { api, news } = open();
	const place = { folder: 'files', name: 'one' };
	const saving = api.saveWorkspaceFile(place, { workspace, people: true, made });
	await api.cancelWorkspaceFile('one');
	expect(await saving).toEqual({ status: 'cancelled', form: 'json' });
	expect(news).toEqual([]);
});

test('a check gives way to what comes after it, and what is brought in does not', async () => {
	const { api } = open();
	const file = await lines();
	const checking = api.checkWorkspaceFile(file, 'first');
	const opening = api.openWorkspaceFile(file, plan('second'));
	expect(await checking).toEqual({ status: 'cancelled' });
	const other = api.checkWorkspaceFile(file, 'third');
	expect(await other).toEqual({ status: 'refused', refusal: { type: 'Busy' } });
	expect(await opening).toMatchObject({ status: 'done' });
	expect(await here()).toEqual({ contacts: 12_000, events: 12_000 });
});

test('cancelled while it is saved, there is no file', async () => {
	const { api: filling } = open();
	await filling.openWorkspaceFile(await lines(), plan('open'));
	const api = workspaceFileApi(database, () => void api.cancelWorkspaceFile('one'));
	const place = { folder: 'files', name: 'one' };
	expect(await api.saveWorkspaceFile(place, { workspace, people: true, made })).toEqual({
		...{ status: 'cancelled', form: 'ndjson' }
	});
});

test('what is wrong is said with its line, and nothing is written', async () => {
	const { api } = open();
	const text = `{"format":"winnow","version":1}\n{"workspace":{}}\n{"contact":{"uid":"a"}}\n{"contact":{"email":7}}\n`;
	const file = new File([text], 'shop.ndjson');
	const message = expect.stringMatching(/^shop\.ndjson:4: uid: /);
	const refused = { status: 'refused', refusal: { type: 'Wrong', message } };
	expect(await api.checkWorkspaceFile(file, 'check')).toEqual(refused);
	expect(await api.openWorkspaceFile(file, plan('open'))).toEqual(refused);
	const other = new File(['{"dependencies":{}}'], 'package.json');
	expect(await api.checkWorkspaceFile(other, 'check')).toMatchObject({
		refusal: { message: 'package.json: this is no workspace of Winnow: "format" is not "winnow".' }
	});
	expect(await here()).toEqual({ contacts: 0, events: 0 });
});

test.each([
	['contact', { fields: { x: [[1], { a: '\0' }] } }, 'fields\\.x: this cannot be kept: .*\\w\\.$'],
	['contact', { fields: { x: ['a', '\0'] } }, 'fields\\.x\\.1: there is a character'],
	['contact', { tags: [3] }, 'tags\\.0: string or object is expected here\\.$'],
	[
		'contact',
		{ consent: { email: { state: 3 } } },
		'consent\\.email\\.state: string is expected here\\.$'
	],
	[
		'change',
		{ field: 'a', at: made, before: null, after: { a: ['\0'] } },
		'after: there is a character'
	],
	['change', { field: 'a\0', at: made, before: null, after: null }, 'field: there is a character'],
	['move', { segment: 'a\ud800', at: made, entered: true }, 'segment: there is a character'],
	[
		'suppression',
		{ channel: 'email', address: 'a\0', reason: 'manual', at: made },
		'address: there is a character'
	]
])('what no database takes is refused with its place: %s %o', async (part, value, message) => {
	const { api } = open();
	const lines = [
		{ format: 'winnow', version: 1 },
		{ workspace: {} },
		{ contact: { uid: 'a' } },
		{ [part]: { ...(part === 'contact' ? { uid: 'b' } : { contact: 'a' }), ...value } }
	];
	const text = lines.map((line) => JSON.stringify(line)).join('\n');
	expect(await api.checkWorkspaceFile(new File([text], 'shop.ndjson'), 'check')).toEqual({
		status: 'refused',
		refusal: { type: 'Wrong', message: expect.stringMatching(`^shop.ndjson:4: ${message}`) }
	});
});

test('a workspace does not outgrow a browser that holds it in memory', async () => {
	const { api } = open();
	const limits = { contacts: 100, events: 100 };
	expect(await api.openWorkspaceFile(await lines(), plan('open', limits))).toEqual({
		status: 'refused',
		refusal: { type: 'TooMany', what: 'contacts', limit: 100 }
	});
	expect(await here()).toEqual({ contacts: 0, events: 0 });
});

test('a file that there is clearly no room for is refused before anything of it is read', async () => {
	const estimate = async () => ({ quota: 400_000_000, usage: 200_000_000 });
	const api = workspaceFileApi(database, () => {}, new FileRuns(), estimate);
	const file = new File(['this is no workspace'], 'shop.ndjson');
	const refused = { status: 'refused', refusal: { type: 'NoRoom', free: 200_000_000 } };
	expect(await api.checkWorkspaceFile(file, 'check')).toMatchObject(refused);
	expect(await api.openWorkspaceFile(file, plan('open'))).toMatchObject(refused);
});

test('a workspace file is told from one of rows by its name', () => {
	expect(
		['a.json', 'b.NDJSON', 'c.csv', 'json.tsv', 'd.winnow'].map((name) => isWorkspaceFile({ name }))
	).toEqual([true, true, false, false, true]);
});
