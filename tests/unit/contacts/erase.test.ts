import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hasTag, inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());
beforeEach(() => population.fill(people, definitions));

const tables = [
	sql`contact`,
	sql`event`,
	sql`contact_tag`,
	sql`list_member`,
	sql`field_change`,
	sql`segment_move`,
	sql`import_contact`
];
/** Rows of each table, of one contact and of all others. */
async function rowsOf(cno: number) {
	const counts: { own: number; others: number }[] = [];
	for (const table of tables) {
		const [row] = await population.database.rows<{ own: number; others: number }>(
			sql`select count(*) filter (where cno = ${cno}::int)::int as own, count(*) filter (where cno <> ${cno}::int)::int as others from ${table}`
		);
		counts.push(row!);
	}
	return counts;
}

test('an erased contact leaves nothing in any table, and all others as they are', async () => {
	const { database } = population;
	const { contact } = (await api.contactProfile(0))!;
	const at = new Date(moment.now).toISOString();
	await database.transaction(async (tx) => {
		for (const cno of [0, 1]) {
			const given = sql`${cno}::int`;
			await tx.run(
				sql`insert into contact_tag values ('t-new', ${given}, ${at}) on conflict do nothing`
			);
			await tx.run(sql`insert into list_member values ('l-erase', ${given}, ${at})`);
			await tx.run(sql`insert into field_change values ('city', ${given}, ${at}, null, '"bern"')`);
			await tx.run(
				sql`insert into segment_log select coalesce(max(no), 0) + 1, 's', ${at}, true, 'data', 1, array[${given}] from segment_log`
			);
			await tx.run(sql`insert into import_contact values ('i', ${given}, true, null, null)`);
		}
	});
	for (const cno of [0, 1])
		await api.addEvent(`event of ${cno}`, {
			...{ id: `e${cno}`, cno, type: 'email_sent', at, value: null, ref: null, ref_key: null },
			...{ properties: { channel: 'x' }, keys: { channel: 'x' } }
		});
	const before = await rowsOf(0);
	for (const { own } of before) expect(own).toBeGreaterThan(0);
	expect(await api.contactTraces(0)).toEqual({
		...{ events: before[1]!.own, imports: 1 },
		suppressed: ['manual']
	});
	const rules = [inList('l-erase'), hasTag('t-new')];
	const counted = await api.countRules(rules, moment);

	expect(await api.eraseContact('erase', contact.uid)).toBe(true);

	expect(await rowsOf(0)).toEqual(before.map(({ others }) => ({ own: 0, others })));
	const orphans = await database.rows(
		sql`select event from event_property where not exists (select from event where no = event_property.event)`
	);
	expect(orphans).toEqual([]);
	expect(await api.contactProfile(contact.uid)).toBeUndefined();
	expect(await api.countRules(rules, moment)).toEqual({
		everyone: counted.everyone - 1,
		counts: counted.counts.map((count) => count - 1)
	});
});

test('somebody who is gone already is not erased', async () => {
	expect(await api.eraseContact('no such', 'no such uid')).toBe(false);
});
