import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudienceAsk } from '$lib/campaigns/audience/ask';
import {
	leftOutWords,
	notSubscribedWords,
	stepWords,
	verdictWords
} from '$lib/campaigns/audience/step-words';
import { refusalsOf } from '$lib/campaigns/run/refusals/queries';
import { inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
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
	email_consent?: 'subscribed' | 'unsubscribed',
	archived = false
): NamedPerson => ({
	...{ name, archived, tags: [], events: [], lists: [{ id: 'all', at: 0 }] },
	fields: { email: 'ana@x.test', ...(email_consent && { email_consent }) }
});
const ask: AudienceAsk = {
	campaign: 'c',
	include: [{ source: { type: 'list', id: 'all' }, rule: inList('all') }],
	exclude: []
};
const reach = async () => (await api.audienceSteps(ask, moment)).reach;
const outOf = async (cno: number) => (await api.audienceWhy(ask, cno, moment))?.out;

test('no to email is for all with the address, also when who said it is archived', async () => {
	await population.fill([person('A', 'unsubscribed'), person('B', 'subscribed')], definitions);
	expect(await reach()).toBe(0);
	const { database } = population;
	const set = (archived: Date | null, consent: string) =>
		database.write(`set ${archived?.getTime()} ${consent}`, (tx) =>
			tx.run(
				sql`update contact set archived_at = ${archived}, email_consent = ${consent} where cno = 0`
			)
		);
	await set(new Date(1), 'unsubscribed');
	expect(await reach()).toBe(0);
	const why = await api.audienceWhy(ask, 1, moment);
	expect(why).toMatchObject({ out: 'notSubscribed', refused: true });
	expect(why!.sharing).toMatchObject([{ uid: 'A', archivedAt: '1970-01-01T00:00:00.001Z' }]);
	expect([...(await refusalsOf(database, ['ana@x.test'])).values()]).toEqual([
		'Unsubscribed since the audience was frozen.'
	]);

	await set(new Date(1), 'subscribed');
	expect(await reach()).toBe(1);
	expect((await refusalsOf(database, ['ana@x.test'])).size).toBe(0);
	await set(null, 'unsubscribed');
	expect(await reach()).toBe(0);
	await set(new Date(2), 'pending');
	expect(await reach()).toBe(1);
});

test('who is subscribed speaks for an address, unless somebody with it said no', async () => {
	const all = [person('never asked'), person('A', 'subscribed'), person('B', 'subscribed')];
	await population.fill(all, definitions);
	expect(await reach()).toBe(1);
	expect([await outOf(0), await outOf(1), await outOf(2)]).toEqual(['repeated', null, 'repeated']);

	await population.fill([...all, person('C', 'unsubscribed')], definitions);
	expect(await reach()).toBe(0);
	expect([await outOf(1), await outOf(3)]).toEqual(['repeated', 'notSubscribed']);

	await population.fill([person('never asked'), person('nor this one')], definitions);
	expect([await outOf(0), await outOf(1)]).toEqual(['notSubscribed', 'repeated']);
});

test('of a step it is said what it made of a contact', () => {
	expect(stepWords.included.name).toBe('In the audience');
	expect([verdictWords('included', 'stays'), verdictWords('included', 'leaves')]).toEqual([
		'yes',
		'no'
	]);
	expect(verdictWords('excluded', 'stays')).toBe('no, stays');
	expect(verdictWords('excluded', 'wouldLeave')).toBe('would be taken out here too');
});

test('it is said who is left out though nobody chose it', async () => {
	const other = (name: string, email: string | undefined, suppressed = false): NamedPerson => ({
		...person(name, 'subscribed'),
		fields: { ...(email && { email }), email_consent: 'subscribed' },
		...(suppressed && { suppressions: [{ reason: 'manual', at: 0 }] })
	});
	const said = async () => leftOutWords((await api.audienceSteps(ask, moment)).steps, String);
	await population.fill([person('A', 'subscribed')], definitions);
	expect(await said()).toBe('');
	await population.fill(
		[
			...[person('A', 'unsubscribed'), person('B', 'subscribed')],
			...[other('C', undefined), other('D', 'd@x.test'), other('E', 'e@x.test', true)],
			other('F', 'f@x.test', true)
		],
		definitions
	);
	expect(await said()).toBe(
		'1 with the address of another, 1 without an email address, 1 not subscribed to email, 2 suppressed'
	);
});

test('who said no is told from those of whom nothing is known', async () => {
	const other = { ...person('C'), fields: { email: 'c@x.test' } };
	await population.fill(
		[person('A', 'unsubscribed'), person('B', 'subscribed', true), other],
		definitions
	);
	const { steps, refused } = await api.audienceSteps(ask, moment);
	expect(steps.find(({ step }) => step === 'notSubscribed')?.out).toBe(2);
	expect(refused).toBe(1);
	await population.fill(
		[person('A', 'unsubscribed', true), person('B', 'subscribed')],
		definitions
	);
	expect(await api.audienceSteps(ask, moment)).toMatchObject({ reach: 0, refused: 1 });

	expect(notSubscribedWords(59, 1, String)).toBe(
		'1 said no, or somebody with their address did. Of 58 it is not known that they said yes: if they did, import it or set their “Email consent”.'
	);
	expect(notSubscribedWords(2, 2, String)).toBe('2 said no, or somebody with their address did.');
	expect(notSubscribedWords(2, 0, String)).toMatch(/^Of 2 it is not known/);
});
