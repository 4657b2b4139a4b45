import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '$lib/sql';
import { suppressionsApi } from '$lib/suppressions/queries';
import { addressesIn } from '$lib/suppressions/suppression';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

let database: TestDatabase;
let api: ReturnType<typeof suppressionsApi>;
beforeAll(async () => {
	database = await openTestDatabase();
	api = suppressionsApi(database);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
	await database.run(
		sql`truncate contact, suppression, suppression_lift, suppression_hash, suppression_look, applied`
	);
	await database.run(sql`
		insert into contact(cno, uid, email, email_key) values
			(0, 'zoe', 'Zoë@Example.org', 'zoë@example.org'), (1, 'max', 'max@example.org', 'max@example.org')`);
});
const now = Date.parse('2026-03-01');
const addresses = async (search = '') =>
	(await api.suppressionPage(search, 0, 10)).suppressions.map(({ address }) => address);

test('addresses are suppressed however they are written, each once, and what is none is told', async () => {
	expect(
		await api.addSuppressions(
			'add',
			[' ZOË@example.org ', 'zoë@example.org', '', 'not an address', 'later@example.org'],
			now
		)
	).toEqual({ added: 2, known: 0, wrong: ['not an address'] });
	expect(await api.addSuppressions('again', ['Later@example.org'], now + 1)).toEqual({
		...{ added: 0, known: 1, wrong: [] }
	});
	expect(await api.suppressionPage('', 0, 10)).toEqual({
		total: 2,
		suppressions: [
			{
				address: 'later@example.org',
				reason: 'manual',
				at: '2026-03-01T00:00:00.000Z',
				contacts: 0
			},
			{ address: 'zoë@example.org', reason: 'manual', at: '2026-03-01T00:00:00.000Z', contacts: 1 }
		]
	});
	expect(await addresses('EXAMPLE later')).toEqual(['later@example.org']);
	expect(await addresses('%')).toEqual([]);
	expect((await api.suppressionPage('', 1, 10)).total).toBe(2);
});

test('only what was suppressed by hand is lifted by hand', async () => {
	await api.addSuppressions('add', ['max@example.org'], now);
	await database.run(
		sql`insert into suppression values ('email', 'zoë@example.org', 'hardBounce', now())`
	);
	expect(await api.liftSuppression('no', 'zoë@example.org', 'hardBounce')).toBe(false);
	expect(await api.liftSuppression('lift', 'Max@example.org', 'manual')).toBe(true);
	expect(await api.liftSuppression('lift again', 'max@example.org', 'manual')).toBe(false);
	expect(await addresses()).toEqual(['zoë@example.org']);
});

test('what was lifted here is not suppressed again by what others were told of it', async () => {
	const key = new Uint8Array(32).fill(7);
	await api.addSuppressions('add', ['max@example.org'], now);
	const told = await api.hashSuppressions(key, 10);
	const before = await api.countSuppressions();
	await api.liftSuppression('lift', 'max@example.org', 'manual');
	// It says that there is something new when there is.
	await api.addSuppressions('other', ['zoe@example.org'], now);
	expect(await api.countSuppressions()).toBeGreaterThan(before);
	await api.learnSuppressions('learn', told);
	expect(await api.matchSuppressions('match', [key])).toBe(0);
	expect(await addresses('max')).toEqual([]);
	// But by hand it is, and then also by what others say.
	await api.addSuppressions('anew', ['max@example.org'], now);
	expect(await addresses('max')).toEqual(['max@example.org']);
});

test('addresses are found in what people paste, and none is lost', () => {
	expect(
		addressesIn('a@x.test, Bo Bar <b@x.test>;\n"Car, Cy" <c@x.test>\n\n d@x.test e@x.test a@x.test')
	).toEqual(['a@x.test', 'b@x.test', '"Car', 'c@x.test', 'd@x.test', 'e@x.test']);
});
