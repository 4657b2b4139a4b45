import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runsApi } from '$lib/campaigns/run/queries';
import { hasTag, inList } from '$lib/contacts/within';
import { contactsApi } from '$lib/contacts/queries';
import { MemberCache } from '$lib/membership/members';
import { loadPeople } from '$lib/portable/load';
import { unload } from '$lib/portable/unload';
import { sql } from '$lib/sql';
import { exportTo } from '../../../src/cli/export';
import { openSource } from '../../../src/cli/source';
import { definitions, moment } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';
import { asDocument, asLines, emptied, fromDocument, fromLines } from '../../fixtures/portable';

let population: Population;
let folder: string;
beforeAll(async () => {
	population = await Population.open();
	folder = await mkdtemp(join(tmpdir(), 'winnow-runs-'));
}, 60_000);
afterAll(async () => {
	await population.close();
	await rm(folder, { recursive: true });
});

const then = '2026-01-31T12:00:00.000Z';
const person = (name: string): NamedPerson => ({
	...{ name, archived: false, tags: name === 'cy' ? ['vip'] : [], events: [] },
	lists: [{ id: 'all', at: 0 }],
	fields: { email: `${name}@example.org`, email_consent: 'subscribed' }
});

test('a frozen audience goes along in a workspace file, and can still be verified', async () => {
	const { database } = population;
	await population.fill(['ana', 'bo', 'cy'].map(person), definitions);
	const api = runsApi(database);
	const run = await api.freezeAudience('freeze', {
		...{ run: 'r1', campaign: 'c1', ref: 'Autumn', how: 'file', variants: [[inList('all')]] },
		ask: {
			campaign: 'c1',
			include: [
				{ source: { type: 'list', id: 'all' }, rule: inList('all') },
				{ source: { type: 'segment', id: 'vips' }, rule: hasTag('vip') }
			],
			exclude: []
		},
		...{ definition: { subject: 'Ünïcode “quotes”', n: 1.5 }, moment }
	});
	await database.run(sql`
		update campaign_recipient set status = 'refused', diagnostic = '550', message_id = '<m@x>' where place = 0`);
	await contactsApi(database, new MemberCache(database)).eraseContact('erase', 'bo');
	const before = await api.recipientsPage('r1', {}, 0, 10);
	const sources = () =>
		database.rows(sql`select sources from campaign_recipient where run = 'r1' order by place`);
	// Of who was erased it is not known, as of all who were frozen before it was kept.
	expect(await sources()).toMatchObject([[0], null, [0, 1]].map((sources) => ({ sources })));
	const text = await asLines({}, unload(database));

	for (const open of [
		() => fromLines(text),
		async () => fromDocument(await asDocument({}, unload(database))),
		async () => {
			const { fields } = definitions;
			await exportTo(folder, { workspace: {}, fields, made: then }, unload(database));
			return openSource(folder);
		}
	]) {
		const source = await open();
		await emptied(database);
		// Here they have other numbers.
		await database.run(
			sql`insert into contact(cno, uid, created_at, updated_at) values (0, 'other', now(), now())`
		);
		const load = () => database.bulk((tx) => loadPeople(tx, source, { definitions, then }));
		expect((await load()).added).toMatchObject({ contacts: 2, runs: 1, recipients: 3 });
		expect(await api.runOf('r1')).toEqual(run);
		expect(await api.verifyRun('r1')).toEqual({
			...{ holds: true, hash: run.hash, recipients: 3, erased: 1 }
		});
		const after = await api.recipientsPage('r1', {}, 0, 10);
		expect(after.recipients.map(({ cno, contact, ...one }) => [one, contact?.uid])).toEqual(
			before.recipients.map(({ cno, contact, ...one }) => [one, contact?.uid])
		);
		expect(await sources()).toMatchObject([[0], null, [0, 1]].map((sources) => ({ sources })));
		expect((await load()).added).toMatchObject({ contacts: 0, runs: 0, recipients: 0 });
		expect((await api.recipientsPage('r1', {}, 0, 10)).total).toBe(3);
		await database.run(sql`delete from contact where uid = 'other'`);
	}

	// A file of before that was kept.
	await database.run(sql`update campaign_recipient set sources = null`);
	const older = await asLines({}, unload(database));
	expect(older).not.toContain('sources');
	await emptied(database);
	const source = await fromLines(older);
	await database.bulk((tx) => loadPeople(tx, source, { definitions, then }));
	expect(await sources()).toMatchObject([null, null, null].map((sources) => ({ sources })));
	expect(await api.verifyRun('r1')).toMatchObject({ holds: true, recipients: 3 });
});
