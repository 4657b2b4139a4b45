import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { contactsApi } from '$lib/contacts/queries';
import { eventsApi } from '$lib/events/queries';
import { MemberCache } from '$lib/membership/members';
import { sql } from '$lib/sql';
import { suppressionsApi } from '$lib/suppressions/queries';
import { Desk } from '../../fixtures/csv/desk';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
	await desk.reset();
	await desk.database.run(sql`truncate suppression, suppression_lift, applied, field_change`);
	await desk.import(people, { id: 'people', at: '2026-01-10T00:00:00.000Z' });
});

const people = `Email,Email Consent,Email Consent Date
ana@example.com,yes,2025-03-01
bo@example.com,yes,2025-03-01
cy@example.com,yes,2025-03-01`;

const happened = (...rows: readonly string[]) => ['Email,Event,Time,Bounce', ...rows].join('\n');

const suppressed = async () => {
	const { suppressions } = await suppressionsApi(desk.database).suppressionPage('', 0, 20);
	return suppressions.map(({ address, reason, at }) => `${address} ${reason} ${at.slice(0, 10)}`);
};
const consents = async () =>
	(await desk.contacts('email_consent')).map(({ email_consent }) => email_consent);

test('hard bounces and complaints of an import suppress their addresses, until it is undone', async () => {
	await desk.import(
		happened(
			'ana@example.com,Email bounced,2025-05-02 10:00,hard',
			'ana@example.com,Email bounced,2025-05-01 10:00,hard',
			'bo@example.com,Email bounced,2025-05-01 10:00,soft',
			'cy@example.com,Complained about email,2025-05-03 10:00,',
			'new@example.com,Complained about email,2025-05-04 10:00,'
		),
		{ id: 'first' }
	);
	const all = [
		'new@example.com complaint 2025-05-04',
		'cy@example.com complaint 2025-05-03',
		'ana@example.com hardBounce 2025-05-01'
	];
	expect(await suppressed()).toEqual(all);

	await desk.import(happened('ana@example.com,Email bounced,2025-06-01 10:00,hard'), {
		id: 'second'
	});
	expect(await suppressed()).toEqual(all);
	await desk.undo('first');
	expect(await suppressed()).toEqual(['ana@example.com hardBounce 2025-06-01']);
	await desk.undo('second');
	expect(await suppressed()).toEqual([]);
});

test('who is deleted and comes back is still suppressed', async () => {
	await desk.import(happened('ana@example.com,Email bounced,2025-05-01 10:00,hard'));
	const contacts = contactsApi(desk.database, new MemberCache(desk.database));
	const uidOf = async (address: string) => {
		const [row] = await desk.database.rows<{ uid: string }>(
			sql`select uid from contact where email_key = ${address}`
		);
		return row!.uid;
	};
	await contacts.eraseContact('erase', await uidOf('ana@example.com'));
	await desk.import(people, { id: 'again' });
	expect(await suppressed()).toEqual(['ana@example.com hardBounce 2025-05-01']);

	// Also where only the events said so, as in a workspace that was opened from a file.
	await desk.import(happened('bo@example.com,Complained about email,2025-05-01 10:00,'));
	await desk.database.run(sql`delete from suppression where address = 'bo@example.com'`);
	await contacts.eraseContact('erase bo', await uidOf('bo@example.com'));
	expect(await suppressed()).toContain('bo@example.com complaint 2025-05-01');
});

test('who unsubscribed is not subscribed any more, unless they subscribed later', async () => {
	await desk.import(
		happened(
			'ana@example.com,Unsubscribed from email,2025-05-01 10:00,',
			'bo@example.com,Unsubscribed from email,2025-01-01 10:00,',
			'new@example.com,Unsubscribed from email,2025-05-01 10:00,'
		),
		{ id: 'left', at: '2026-01-20T00:00:00.000Z' }
	);
	expect(await consents()).toEqual(['unsubscribed', 'subscribed', 'subscribed', 'unsubscribed']);
	const [ana] = await desk.contacts('email_consent_at', 'updated_at', 'email_consent_source');
	expect(ana).toMatchObject({ email_consent_source: 'Unsubscribed from an email' });
	expect(String(ana!.email_consent_at)).toMatch(/^2025-05-01/);
	const changes = await desk.database.rows(
		sql`select before, after from field_change where field = 'email_consent'`
	);
	expect(changes).toEqual([{ before: 'subscribed', after: 'unsubscribed' }]);

	expect(await desk.undo('left')).toMatchObject({
		contactsRemoved: 1,
		contactsRestored: 1,
		left: 0
	});
	expect(await consents()).toEqual(['subscribed', 'subscribed', 'subscribed']);
});

test('what happened to an address counts for all contacts who have it', async () => {
	await desk.database.run(
		sql`update contact set external_id = '1' where email_key = 'ana@example.com'`
	);
	await desk.import('Customer ID,Email,Email Consent\n2,ana@example.com,yes', {
		mapping: (mapping) => ({ ...mapping, match: 'id' })
	});
	const file = ['Email,Event,Time,Bounce,Event ID']
		.concat(
			'ana@example.com,Unsubscribed from email,2027-05-01 10:00,,a',
			'ana@example.com,Complained about email,2025-05-02 10:00,,b',
			'ana@example.com,Email bounced,2025-05-03 10:00,hard,c',
			'ana@example.com,Email bounced,2025-05-03 10:00,soft,d',
			'ana@example.com,Opened email,2025-05-04 10:00,,e',
			'bo@example.com,Complained about email,2025-05-05 10:00,,f'
		)
		.join('\n');
	const check = await desk.check(file);
	const report = await desk.import(file, { id: 'shared' });
	for (const { counts, groups } of [check, report]) {
		expect(counts).toMatchObject({ created: 4, rejected: 2, shared: 3 });
		expect(groups).toMatchObject([{ problem: { type: 'Ambiguous' }, rows: 2 }]);
	}
	expect(await suppressed()).toEqual([
		'bo@example.com complaint 2025-05-05',
		'ana@example.com hardBounce 2025-05-03',
		'ana@example.com complaint 2025-05-02'
	]);
	const said = await desk.contacts('external_id', 'email_consent');
	expect(said.filter(({ email }) => email === 'ana@example.com')).toMatchObject([
		{ external_id: '1', email_consent: 'unsubscribed' },
		{ external_id: '2', email_consent: 'unsubscribed' }
	]);

	const before = await desk.everything();
	const again = await desk.import(file, { id: 'again' });
	expect(again.counts).toMatchObject({ created: 0, unchanged: 4 });
	expect((await desk.everything()).event).toEqual(before.event);
	await desk.undo('shared');
	expect(await suppressed()).toEqual([]);
	expect(new Set(await consents())).toEqual(new Set(['subscribed']));
	expect((await desk.everything()).event).toEqual([]);
});

test('an event that is added by hand says so too, and taken away no more', async () => {
	const events = eventsApi(desk.database);
	const [row] = await desk.database.rows<{ cno: number }>(
		sql`select cno from contact where email_key = 'bo@example.com'`
	);
	const { cno } = row!;
	const add = (type: string, properties: Record<string, string> = {}) =>
		events.addEvent(
			`add ${type}`,
			{
				...{ id: type, cno, type, at: '2025-07-01T00:00:00.000Z', value: null },
				...{ ref: null, ref_key: null, properties, keys: properties }
			},
			Date.parse('2026-02-01')
		);
	await add('email_bounced', { bounce: 'hard' });
	expect(await suppressed()).toEqual(['bo@example.com hardBounce 2025-07-01']);
	await events.removeEvent('remove', 'email_bounced');
	expect(await suppressed()).toEqual([]);
	await add('email_unsubscribed');
	expect(await consents()).toEqual(['subscribed', 'unsubscribed', 'subscribed']);
});
