import { test } from 'vitest';
import { openTestDatabase } from '../../fixtures/database';
import { rowOf } from '$lib/contacts/contact';
import { sql } from '$lib/sql';
import { standardFields, familyOf } from '$lib/fields/field';
import { upsert } from '$lib/contacts/queries';

test('spike', async () => {
	const db = await openTestDatabase();
	const tz = await db.rows(sql`show timezone`); console.log(tz);
	const fields = new Map<string, any>(standardFields.map((f) => [f.id, f]));
	fields.set('fa', { id: 'fa', name: 'fa', type: 'text' });
	fields.set('fb', { id: 'fb', name: 'fb', type: 'number' });
	const N = 100000;
	let t = performance.now();
	const rows: any[] = [];
	for (let i = 0; i < N; i++) {
		rows.push(rowOf({ cno: i, uid: 'uid-aaaaaaaaaa' + i, externalId: undefined, archivedAt: undefined, values: {
			email: `Person${i * 7919 % N}@Example${i % 50}.com`, first_name: 'Frantisek' + i % 1000, last_name: 'Wichterlova' + i % 3000, phone: '+41 79 ' + i, company: 'Company ' + i % 500,
			country: 'CH', city: 'Zürich', postcode: '8000', email_consent: 'subscribed', email_consent_at: '2024-01-01T00:00:00.000Z', created_at: '2024-01-01T00:00:00.000Z', updated_at: '2024-01-01T00:00:00.000Z', fa: 'hello ' + i, fb: i } as any
		}, fields));
	}
	console.log('rowOf', performance.now() - t);
	const cols = ['cno','uid','external_id',...standardFields.flatMap((f) => familyOf(f.type) === 'text' ? [f.id, f.id + '_key'] : [f.id]),'archived_at','fields','keys'];
	console.log(cols.join(', '));
	const esc = (v: unknown) => v === null || v === undefined ? '\\N' : (typeof v === 'object' ? JSON.stringify(v) : String(v)).replace(/[\\\t\n\r]/g, (c) => c === '\\' ? '\\\\' : c === '\t' ? '\\t' : c === '\n' ? '\\n' : '\\r');
	t = performance.now();
	await db.bulk(async (tx) => {
		let max = 0;
		for (let at = 0; at < N; at += 1000) {
			const t1 = performance.now();
			const text = rows.slice(at, at + 1000).map((r) => cols.map((c) => esc(r[c])).join('\t')).join('\n');
			await tx.copyIn(sql`copy contact(cno, uid, external_id, email, email_key, first_name, first_name_key, last_name, last_name_key, phone, phone_key, company, company_key, country, country_key, region, region_key, city, city_key, postcode, postcode_key, language, language_key, time_zone, time_zone_key, email_consent, email_consent_at, email_consent_source, email_consent_source_key, sms_consent, sms_consent_at, sms_consent_source, sms_consent_source_key, created_at, updated_at, archived_at, fields, keys) from '/dev/blob'`, new Blob([text]));
			max = Math.max(max, performance.now() - t1);
		}
		console.log('copy', performance.now() - t, 'max slice', max);
		t = performance.now();
		await tx.run(sql`insert into import_contact select 'aaaaaaaaaaaaaaaaaaaaaaaaaa', cno, true, null, to_jsonb(jsonb_hash_extended(to_jsonb(contact), 0)) from contact`);
		console.log('ledger hash', performance.now() - t);
		t = performance.now();
		await tx.rows(sql`select sum(jsonb_hash_extended(to_jsonb(contact), 0)) from contact`);
		console.log('hash only', performance.now() - t);
		t = performance.now();
		await tx.rows(sql`select count(distinct md5(contact::text)) from contact`);
		console.log('md5 rec', performance.now() - t);
		t = performance.now();
		await tx.rows(sql`select sum(hash_record_extended(contact, 0)) from contact`).catch((e) => console.log(e.message));
		console.log('hash record', performance.now() - t);
	});
	console.log('commit');
	t = performance.now();
	const keys = Array.from({ length: 1000 }, (_, i) => rows[i * 37].email_key);
	const found = await db.rows(sql`select cno, email_key from contact where email_key = any(${keys}::text[])`);
	console.log('lookup 1000', performance.now() - t, found.length);
	t = performance.now();
	const full = await db.rows(sql`select to_jsonb(contact) as row from contact where email_key = any(${keys}::text[])`);
	console.log('lookup full 1000', performance.now() - t, full.length);
	t = performance.now();
	const full2 = await db.rows(sql`select jsonb_agg(to_jsonb(contact))::text as row from contact where email_key = any(${keys}::text[])`);
	console.log('lookup full agg 1000', performance.now() - t, full2.length);
	t = performance.now();
	await db.bulk(async (tx) => { for (let at = 0; at < 20000; at += 1000) await tx.run(sql`insert into contact ${upsert(sql`jsonb_populate_recordset(null::contact, ${JSON.stringify(rows.slice(at, at + 1000))}::jsonb)`)}`); });
	console.log('upsert 20000', performance.now() - t);
	t = performance.now();
	await db.run(sql`vacuum (analyze) contact`);
	console.log('vacuum', performance.now() - t);
	// events
	const M = 300000;
	t = performance.now();
	await db.bulk(async (tx) => {
		let max = 0;
		for (let at = 0; at < M; at += 5000) {
			const t1 = performance.now();
			let text = '';
			for (let i = at; i < at + 5000; i++) text += `${i}\t${(i * 2654435761 % 4294967296).toString(36)}abcdefghijklm${i}\t${i % N}\t1\t2024-0${1 + i % 9}-01T00:00:${String(i % 60).padStart(2, '0')}.000Z\t\\N\t12.5\n`;
			await tx.copyIn(sql`copy event from '/dev/blob'`, new Blob([text]));
			max = Math.max(max, performance.now() - t1);
		}
		console.log('events', performance.now() - t, 'max', max);
		t = performance.now();
		await tx.rows(sql`select array_agg(('x' || left(md5(id), 8))::bit(32)::int order by no) from event where no < 100000`);
		console.log('checksums 100k', performance.now() - t);
	});
	await db.close();
}, 300000);
