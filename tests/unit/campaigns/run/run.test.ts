import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HandOverAsk } from '$lib/campaigns/hand-over/ask';
import { recipientsOf } from '$lib/campaigns/run/queries';
import type { FreezeAsk } from '$lib/campaigns/run/run';
import type { RecipientStatus } from '$lib/campaigns/run/run';
import { hasTag, inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { audienceFormat } from '$lib/campaigns/hand-over/made';
import { standardFields } from '$lib/fields/field';
import { canonical } from '$lib/json';
import { sql } from '$lib/sql';
import { definitions, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());

const person = (
	name: string,
	tags: readonly string[],
	email_consent = 'subscribed'
): NamedPerson => ({
	...{ name, archived: false, tags, events: [] },
	lists: [{ id: 'all', at: 0 }],
	fields: { email: `${name}@Example.org`, email_consent, city: 'Bern' }
});
const people = [
	person('ana', ['vip', 'local']),
	person('bo', ['local']),
	person('cy', [], 'unsubscribed'),
	person('di', [])
];
const body = {
	type: 'doc',
	content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It is autumn.' }] }]
};
let runs = 0;
let asked: FreezeAsk;
beforeEach(async () => {
	await population.fill(people, definitions);
	asked = {
		...{ run: `run ${++runs}`, campaign: `campaign ${runs}`, ref: 'Autumn offer', how: 'file' },
		ask: {
			campaign: `campaign ${runs}`,
			include: [{ source: { type: 'list', id: 'all' }, rule: inList('all') }],
			exclude: []
		},
		variants: [[hasTag('vip'), hasTag('local')], [hasTag('nobody')]],
		definition: { subject: 'Hello', blocks: [{ id: 'b', text: 'x' }] },
		moment
	};
});

const contacts = (run: string) =>
	api.recipientsPage(run, {}, 0, 10).then(({ recipients }) => recipients);

/** What a mail server has said. */
const became = (
	place: number,
	status: RecipientStatus,
	later: number,
	messageId: string | null = null
) =>
	population.database.run(sql`
		update campaign_recipient set status = ${status}, status_at = ${new Date(moment.now + later)},
			message_id = ${messageId}, diagnostic = 'as it said'
		where run = ${asked.run} and place = ${place}::int`);

test('those an audience has at one moment are kept, with what each gets', async () => {
	const run = await api.freezeAudience(`write ${runs}`, asked);
	expect(run).toMatchObject({
		...{ id: asked.run, reach: 3, state: 'frozen', at: '2024-06-15T10:00:00.000Z' },
		frozen: { definition: asked.definition, ask: asked.ask, variants: asked.variants }
	});
	expect(run.frozen.counts.steps).toContainEqual({ step: 'notSubscribed', left: 3, out: 1 });
	expect(await api.runOf(asked.run)).toEqual(run);
	expect(await api.runsOf(asked.campaign)).toEqual([run]);
	expect(
		(await contacts(asked.run)).map(({ uid, address, variants, status, contact }) => [
			...[uid, address, variants, status, contact?.values.city]
		])
	).toEqual([
		['ana', 'ana@Example.org', [0, -1], 'frozen', 'Bern'],
		['bo', 'bo@Example.org', [1, -1], 'frozen', 'Bern'],
		['di', 'di@Example.org', [-1, -1], 'frozen', 'Bern']
	]);
	expect(await api.recipientCounts(asked.run)).toEqual({
		total: 3,
		statuses: { frozen: 3, sending: 0, sent: 0, refused: 0, unsure: 0, withheld: 0 },
		blocks: [
			{ variants: [1, 1], otherwise: 1 },
			{ variants: [0], otherwise: 3 }
		]
	});
	const filtered = await api.recipientsPage(asked.run, { variant: { block: 0, index: 1 } }, 0, 5);
	expect(filtered).toMatchObject({ total: 1, recipients: [{ uid: 'bo' }] });
	const [bo, ...more] = await recipientsOf(population.database).from(asked.run, 1, 1);
	expect(bo).toEqual({
		...{ place: 1, cno: expect.any(Number), uid: 'bo' },
		...{ address: expect.stringMatching(/^bo/), variants: [1, 0].map(() => expect.any(Number)) }
	});
	expect(more).toEqual([]);
	// Asked again, it is the same.
	expect(await api.freezeAudience(`write ${runs}`, asked)).toEqual(run);
});

const sha256 = (of: string | Uint8Array) => createHash('sha256').update(of).digest();

test('its hash is that of the sorted hashes of the uids, each with its variants, and the hash of what they get', async () => {
	const { hash, frozen } = await api.freezeAudience(`write ${runs}`, asked);
	const each = (await contacts(asked.run))
		.map(({ uid, variants }) => [sha256(uid!), Buffer.from(`{${variants.join(',')}}`)] as const)
		.sort(([a], [b]) => Buffer.compare(a, b))
		.flat();
	const { definition, ask, variants } = frozen;
	const said = sha256(canonical({ definition, ask, variants, moment }));
	expect(hash).toBe(sha256(Buffer.concat([...each, said])).toString('hex'));
});

test('an audience that was frozen when the hash did not cover variants is verified as it was', async () => {
	const { frozen } = await api.freezeAudience(`write ${runs}`, asked);
	const uids = ['di', 'ana', 'bo'].map(sha256).sort(Buffer.compare);
	const { definition, ask, variants } = frozen;
	const said = sha256(canonical({ definition, ask, variants, moment }));
	const hash = sha256(Buffer.concat([...uids, said])).toString('hex');
	const { database } = population;
	await database.run(
		sql`update campaign_run set frozen = frozen - 'covers' where id = ${asked.run}`
	);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: false });
	await database.run(sql`update campaign_run set hash = ${hash} where id = ${asked.run}`);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: true, hash });
});

test('it is asked of the tables, whatever answers are kept', async () => {
	await api.audienceSteps(asked.ask, moment);
	// Past the port, so that nobody hears of it.
	await population.database.run(sql`delete from list_member where cno = 0`);
	expect((await api.audienceSteps(asked.ask, moment)).reach).toBe(3);
	expect((await api.freezeAudience(`write ${runs}`, asked)).reach).toBe(2);
});

test('what was frozen is verified, also when contacts change, and not when it was tampered with', async () => {
	const { hash } = await api.freezeAudience(`write ${runs}`, asked);
	const { database } = population;
	expect(await api.verifyRun(asked.run)).toEqual({ holds: true, hash, recipients: 3, erased: 0 });

	await api.editContact(
		`edit ${runs}`,
		1,
		[{ field: definitions.fields.get('email')!, value: 'new@example.org' }],
		moment.now
	);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: true, erased: 0 });
	expect((await contacts(asked.run))[1]).toMatchObject({ address: 'bo@Example.org' });

	await database.run(
		sql`update campaign_recipient set uid = 'eve' where run = ${asked.run} and place = 1`
	);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: false });
	await database.run(
		sql`update campaign_recipient set uid = 'bo' where run = ${asked.run} and place = 1`
	);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: true });
	const variants = sql`update campaign_recipient set variants = `;
	const second = sql`where run = ${asked.run} and place = 1`;
	const [before] = await database.rows<{ variants: string }>(
		sql`select variants::text from campaign_recipient ${second}`
	);
	await database.run(sql`${variants} '{9,9}' ${second}`);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: false });
	await database.run(sql`${variants} ${before!.variants}::int[] ${second}`);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: true });
	await database.run(
		sql`update campaign_run set frozen = jsonb_set(frozen, '{definition,subject}', '"Other"') where id = ${asked.run}`
	);
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: false });
	expect(await api.verifyRun('no such run')).toBeNull();
});

test('of who is erased nothing is left in it, and it is verified all the same', async () => {
	await api.freezeAudience(`write ${runs}`, asked);
	await became(1, 'refused', 0, 'm');
	await api.eraseContact(`erase ${runs}`, 'bo');
	expect((await contacts(asked.run))[1]).toEqual({
		...{ place: 1, cno: null, uid: null, address: null, variants: [1, -1], status: 'refused' },
		...{ statusAt: '2024-06-15T10:00:00.000Z', diagnostic: null, messageId: null, contact: null }
	});
	expect(await api.verifyRun(asked.run)).toMatchObject({ holds: true, recipients: 3, erased: 1 });
	await api.markRunSent(`sent ${runs}`, asked.run, moment.now);
	const [row] = await population.database.rows<{ n: number }>(
		sql`select count(*)::int as n from event`
	);
	expect(row!.n).toBe(2);
});

test('that it was sent is in the timelines once', async () => {
	await api.freezeAudience(`write ${runs}`, asked);
	await became(2, 'sent', 5, '<A1@x>');
	await became(0, 'withheld', 0);
	expect(await api.markRunSent(`sent ${runs}`, asked.run, moment.now)).toBe(2);
	expect(await api.markRunSent(`again ${runs}`, asked.run, moment.now + 1000)).toBe(0);
	expect(await api.runOf(asked.run)).toMatchObject({ state: 'sent' });
	const { events } = await api.timeline({ cno: 1, limit: 5 });
	expect(events).toMatchObject([
		{
			...{ type: 'email_sent', ref: 'Autumn offer', at: '2024-06-15T10:00:00.000Z' },
			properties: { channel: 'email' }
		}
	]);
	const last = await api.timeline({ cno: 3, limit: 5 });
	expect(last.events).toMatchObject([
		{ at: '2024-06-15T10:00:00.005Z', properties: { channel: 'email', message: '<A1@x>' } }
	]);
	expect((await api.timeline({ cno: 0, limit: 5 })).events).toEqual([]);

	// The one that was passed by goes out later.
	await became(0, 'sent', 9);
	expect(await api.markRunSent(`later sent ${runs}`, asked.run, moment.now + 10)).toBe(1);
	expect(await api.dropRun(`drop ${runs}`, asked.run)).toBe(false);
});

test('its file is written again, without those to whom it was not sent or who said no since, and noted once', async () => {
	const ask: HandOverAsk = {
		content: {
			...{ subject: 'Hello', preview: '' },
			blocks: [{ id: 'b', order: 'a', block: { type: 'text', text: body } }]
		},
		sender: { name: 'Shop', address: 'news@example.org' },
		...{ fields: standardFields, segments: [], zone: 'UTC' }
	};
	const write = async () => {
		const place = { folder: 'f', name: 'n' };
		const done = await api.writeAudienceFile(place, asked.run, ask, audienceFormat);
		return done.status === 'done' ? (await done.blob!.text()).match(/\w+(?=@Example\.org)/g) : [];
	};
	const consent = (cno: number, to: string) =>
		population.database.run(sql`update contact set email_consent = ${to} where cno = ${cno}::int`);
	await api.freezeAudience(`write ${runs}`, asked);
	await consent(0, 'unsubscribed');
	expect(await write()).toEqual(['bo', 'di']);
	expect(await api.markRunSent(`sent ${runs}`, asked.run, moment.now)).toBe(2);
	expect(await write()).toEqual(['bo', 'di']);
	// Who says yes again did not get it the first time, and who says no now gets it no more.
	await consent(0, 'subscribed');
	await consent(1, 'unsubscribed');
	expect(await write()).toEqual(['di']);
	expect((await api.recipientCounts(asked.run)).statuses).toMatchObject({ sent: 2, withheld: 1 });
	expect((await api.timeline({ cno: 1, limit: 5 })).events).toHaveLength(1);
	expect((await api.timeline({ cno: 0, limit: 5 })).events).toEqual([]);
});

test('of a mail server only what it has taken is sent', async () => {
	await api.freezeAudience(`write ${runs}`, { ...asked, how: 'smtp' });
	await became(1, 'sent', 0);
	expect(await api.markRunSent(`sent ${runs}`, asked.run, moment.now)).toBe(1);
	expect((await api.recipientCounts(asked.run)).statuses).toMatchObject({ frozen: 2, sent: 1 });
});

test('one that was never handed over can be forgotten', async () => {
	await api.freezeAudience(`write ${runs}`, asked);
	expect(await api.dropRun(`drop ${runs}`, asked.run)).toBe(true);
	expect(await api.runsOf(asked.campaign)).toEqual([]);
	expect((await api.recipientsPage(asked.run, {}, 0, 5)).total).toBe(0);
});
