import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { migrate } from '$lib/db/migrate';
import { migrations } from '$lib/db/migrations';
import { openDatabase } from '$lib/db/pglite';
import { createApi, type EngineApi } from '$lib/engine/api';
import { leaf } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { Desk } from '../../fixtures/csv/desk';

let desk: Desk;
let api: EngineApi;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
	api = createApi(desk.database, () => {});
});
afterAll(() => desk.close());
beforeEach(async () => {
	await desk.reset();
	await desk.database.run(
		sql`truncate suppression, suppression_lift, suppression_hash, suppression_look, applied, field_change`
	);
});

const people = (...rows: readonly string[]) =>
	['Email,Email Consent,Email Consent Date', ...rows].join('\n');
const contactOf = async (address: string) => {
	const [row] = await desk.database.rows<{ cno: number; uid: string }>(
		sql`select cno, uid from contact where email_key = ${address}`
	);
	return row!;
};
let writes = 0;
const erase = async (address: string) =>
	api.eraseContact(`erase ${writes++}`, (await contactOf(address)).uid);
const tracesOf = async (address: string) =>
	(await api.contactTraces((await contactOf(address)).cno)).suppressed;
const suppressed = async () => {
	const { suppressions } = await api.suppressionPage('', 0, 20);
	return suppressions.map(({ address, reason, at }) => `${address} ${reason} ${at.slice(0, 10)}`);
};
/** How many a campaign to everyone goes to. */
const reach = async () => {
	const ask = {
		campaign: 'c',
		include: [
			{ source: { type: 'segment' as const, id: 's' }, rule: leaf({ kind: 'everyone' as const }) }
		],
		exclude: []
	};
	const moment = { now: Date.now(), zone: 'UTC', weekStart: 1 } as const;
	return (await api.audienceSteps(ask, moment)).reach;
};

test('who unsubscribed, is erased and comes back as subscribed is not written to until it is lifted', async () => {
	await desk.import(
		people('Ana@example.com,no,2025-05-01 12:00', 'bo@example.com,yes,2025-03-01 12:00')
	);
	expect(await tracesOf('ana@example.com')).toEqual(['unsubscribed']);
	expect(await tracesOf('bo@example.com')).toEqual([]);
	await erase('ana@example.com');
	await erase('bo@example.com');
	expect(await suppressed()).toEqual(['ana@example.com unsubscribed 2025-05-01']);

	await desk.import(
		people('ana@example.com,yes,2025-06-01 12:00', 'bo@example.com,yes,2025-06-01 12:00'),
		{
			id: 'again'
		}
	);
	expect(await reach()).toBe(1);
	expect(await api.liftSuppression('lift', 'ana@example.com', 'unsubscribed')).toBe(true);
	expect(await reach()).toBe(2);
});

test('a suppression that was there stays as it was, beside that for the unsubscribe', async () => {
	await desk.import(people('ana@example.com,no,2025-05-01 12:00'));
	await api.addSuppressions('by hand', ['ana@example.com'], Date.parse('2025-04-01'));
	await erase('ana@example.com');
	const both = ['ana@example.com unsubscribed 2025-05-01', 'ana@example.com manual 2025-04-01'];
	expect(await suppressed()).toEqual(both);

	await desk.import(people('ana@example.com,no,2025-07-01 12:00'), { id: 'again' });
	expect(await tracesOf('ana@example.com')).toEqual(['manual', 'unsubscribed']);
	await erase('ana@example.com');
	expect(await suppressed()).toEqual(both);
});

test('since when is known from the consent, from an event, or else from the last change, and is never to come', async () => {
	await desk.import(
		people(
			'dated@example.com,no,2025-05-01 12:00',
			'plain@example.com,no,',
			'late@example.com,no,2999-01-01 12:00'
		),
		{ at: '2026-01-10T00:00:00.000Z' }
	);
	await desk.import(
		'Email,Event,Time\nevent@example.com,Unsubscribed from email,2025-02-01 10:00',
		{
			id: 'events'
		}
	);
	// As in a workspace that was opened from a file: only the event says so.
	await desk.database.run(
		sql`update contact set email_consent = null, email_consent_at = null where email_key = 'event@example.com'`
	);
	for (const name of ['dated', 'plain', 'late', 'event']) await erase(`${name}@example.com`);
	const { suppressions } = await api.suppressionPage('', 0, 20);
	const since = new Map(suppressions.map(({ address, at }) => [address.split('@')[0]!, at]));
	expect(since.get('dated')).toMatch(/^2025-05-01/);
	expect(since.get('plain')).toMatch(/^2026-01-10/);
	expect(since.get('event')).toMatch(/^2025-02-01/);
	expect(Date.parse(since.get('late')!)).toBeLessThanOrEqual(Date.now());
});

test('who subscribed again, was never asked or has no address leaves nothing', async () => {
	await desk.import('Email,Event,Time\nback@example.com,Unsubscribed from email,2025-02-01 10:00');
	await desk.import(people('back@example.com,yes,2025-06-01 12:00', 'never@example.com,,'), {
		id: 'people',
		merging: { policy: 'overwrite', upgradeConsent: true }
	});
	await erase('back@example.com');
	await erase('never@example.com');
	await desk.database.run(sql`
		insert into contact(cno, uid, email_consent, created_at, updated_at)
		values (9999, 'nobody', 'unsubscribed', now(), now())`);
	expect(await api.eraseContact(`erase ${writes++}`, 'nobody')).toBe(true);
	expect(await suppressed()).toEqual([]);
});

test('an import that is undone leaves none, whatever it said of consent', async () => {
	await desk.import(people('ana@example.com,no,2025-05-01 12:00'), { id: 'wrong' });
	expect(await desk.undo('wrong')).toMatchObject({ contactsRemoved: 1 });
	expect(await suppressed()).toEqual([]);
	expect(await api.countSuppressions()).toBe(0);
});

test('a lifted address is not kept, is not suppressed by what others were told, and is again by the next unsubscribe', async () => {
	const key = new Uint8Array(32).fill(7);
	await desk.import(people('ana@example.com,no,2025-05-01 12:00'));
	await erase('ana@example.com');
	await api.learnSuppressions('learn', await api.hashSuppressions(key, 10));
	const told = await api.countSuppressions();
	await api.liftSuppression('lift', 'ana@example.com', 'unsubscribed');
	const kept = await desk.database.rows<{ text: string }>(sql`
		select row_to_json(suppression)::text as text from suppression
		union all select row_to_json(suppression_lift)::text from suppression_lift`);
	expect(kept).toHaveLength(1);
	expect(kept[0]!.text).not.toContain('ana');

	await desk.import(people('ana@example.com,yes,2025-06-01 12:00'), { id: 'again' });
	expect(await api.matchSuppressions('match', [key])).toBe(0);
	expect(await reach()).toBe(1);
	await desk.database.run(sql`update contact set email_consent = 'unsubscribed'`);
	await erase('ana@example.com');
	expect(await suppressed()).toEqual(['ana@example.com unsubscribed 2025-06-01']);
	// It never falls, by which it is seen that there is more to tell.
	expect(await api.countSuppressions()).toBeGreaterThanOrEqual(told);
});

test('addresses that were lifted before are hashed when the database is brought up to date', async () => {
	const slim = await readFile('src/lib/engine/slim-pgdata.tar.gz');
	const pg = await PGlite.create({
		dataDir: 'memory://',
		loadDataDir: new Blob([new Uint8Array(slim)], { type: 'application/x-gzip' })
	});
	const database = openDatabase(pg);
	await migrate(
		database,
		migrations.filter(({ version }) => version < 9)
	);
	await database.run(
		sql`insert into suppression_lift values ('email', 'zoë@example.org', 'manual', now())`
	);
	await migrate(database, migrations);
	expect(await database.rows(sql`select hash from suppression_lift`)).toEqual([
		{ hash: '24d758c0ea53eaa0f9c84e3b9622549f76b888bedd3f64b4199f04af117f2ac9' }
	]);
	await pg.close();
});
