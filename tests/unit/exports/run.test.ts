import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { EngineNews } from '$lib/engine/protocol';
import {
	columnOf,
	columnSources,
	withForm,
	type ExportAs,
	type ExportColumn
} from '$lib/exports/columns';
import { defaultFormat, fileWriter, type ExportFormat } from '$lib/exports/format';
import { exportApi, type ExportAsk } from '$lib/exports/run';
import { fileOf } from '$lib/exports/save';
import { standardFields, type Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { MemberCache } from '$lib/membership/members';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';

const fields = new Map<string, Field>(
	[
		...standardFields,
		{ id: 'points', name: 'Points', type: 'number' },
		{ id: 'fan', name: 'Fan', type: 'boolean' },
		{ id: 'birthday', name: 'Birthday', type: 'date' },
		{ id: 'seen', name: 'Seen', type: 'datetime' },
		{ id: 'work', name: 'Work email', type: 'email' },
		{ id: 'profile', name: 'Profile', type: 'json' },
		{ id: 'plan', name: 'Plan', type: 'select', options: [{ id: 'pro', name: 'Pro' }] },
		{
			id: 'topics',
			name: 'Topics',
			type: 'multiselect',
			options: [
				{ id: 'wine', name: 'Wine' },
				{ id: 'art', name: 'Art, old' }
			]
		}
	].map((field) => [field.id, field as Field])
);
const names = {
	fields,
	tags: new Map([
		['t1', 'vip'],
		['t2', 'beta']
	]),
	lists: new Map([['l1', '=Newsletter']])
};
const everyone: Rule = {
	type: 'condition',
	id: NodeId.parse('all'),
	condition: { kind: 'everyone' }
};
const swiss: Rule = {
	type: 'condition',
	id: NodeId.parse('ch'),
	condition: { kind: 'field', field: 'country', of: 'text', test: { operator: 'is', value: 'CH' } }
};
const csv: ExportFormat = { ...defaultFormat, bom: false, guard: false, lineEnd: 'lf' };
const moment = { now: Date.parse('2026-01-15T10:00:00Z'), zone: 'Europe/Zurich', weekStart: 1 };

const column = (key: string, as: ExportAs = 'text') =>
	withForm(columnOf(key, `${key} ${as}`, fields), as, fields);
const ask = (keys: readonly ReturnType<typeof column>[], rule: Rule = everyone): ExportAsk => ({
	...{ rule, moment, names },
	columns: keys
});

/** Two sorts of line ends, a formula, quotes, letters of all sorts; the last two share a normalised address. */
const people: readonly Readonly<Record<string, FieldValue>>[] = [
	{ email: ' Jörg.ÄÖÜ@Straße.example ', first_name: "=cmd|' /C calc'!A0", country: 'CH' },
	{ email: 'İstanbul@example.com', first_name: 'Robert"); drop table contact;--', country: 'CH' },
	{ email: 'ΑΣΣ@example.gr', first_name: 'two\r\nlines', last_name: '\t=1+1', country: 'DE' },
	{ email: 'e\u0301@example.com', first_name: '𝔘nicode 🙂', last_name: 'a;b,c', country: 'CH' },
	{ email: '\u00e9@EXAMPLE.com', phone: '+41 79 123 45 67', country: 'CH', points: -5.2 },
	{ first_name: '\\N', last_name: 'no address', country: 'AT' }
];

let database: TestDatabase;
let news: EngineNews[] = [];
let api: ReturnType<typeof exportApi>;

beforeAll(async () => {
	database = await openTestDatabase();
	api = exportApi(database, new MemberCache(database), (said) => void news.push(said));
	await database.write('people', async (tx) => {
		const dates = { created_at: '2025-03-01T08:30:00.123Z', updated_at: '2025-03-01T08:30:00Z' };
		await putContacts(
			tx,
			people.map((values, cno) =>
				rowOf(
					{
						cno: cno * 7, // with gaps between the numbers
						uid: `u${cno}`,
						externalId: undefined,
						values: { ...dates, ...values },
						archivedAt: undefined
					},
					fields
				)
			)
		);
		await tx.run(
			sql`insert into contact_tag values ('t2', 0, now()), ('t1', 0, now()), ('gone', 0, now())`
		);
		await tx.run(sql`insert into list_member values ('l1', 7, now())`);
	});
});
afterAll(() => database.close());

let job = 0;
async function written(ask: ExportAsk, format: ExportFormat = defaultFormat) {
	const done = await api.exportMembers({ folder: 'files', name: `job ${++job}` }, ask, format);
	if (done.status !== 'done' || !done.blob) throw new Error(`It is ${done.status}.`);
	return { ...done, text: await done.blob.text() };
}

describe('a file', () => {
	it('has the hashes of the normalised addresses', async () => {
		const { text, rows } = await written(
			ask([column('field email', 'md5'), column('field email', 'sha256')])
		);
		const hash = (name: string, text: string) =>
			createHash(name).update(text, 'utf8').digest('hex');
		const expected = people.map(({ email }) => {
			const key = textKey(String(email ?? ''));
			return key === '' ? ',' : `${hash('md5', key)},${hash('sha256', key)}`;
		});
		expect(text).toBe(['Email MD5,Email SHA-256', ...expected, ''].join('\r\n'));
		expect(rows).toBe(people.length);
		expect(expected[0]).toContain(hash('md5', 'jörg.äöü@straße.example'));
		expect(expected[3]).toBe(expected[4]);
	});

	it('has objects and lists as JSON, also where a field is not of JSON any more', async () => {
		const profiles = [{ city: 'Bern', pets: [{ name: 'Rex' }] }, ['a', 'b'], 'plain'];
		for (const [i, profile] of profiles.entries())
			await database.write(`profile ${i}`, (tx) =>
				tx.run(
					sql`update contact set fields = fields || ${JSON.stringify({ profile, plan: profile })}::jsonb where cno = ${i * 7}::int`
				)
			);
		const { text } = await written(ask([column('field profile'), column('field plan')]));
		const [, object, list, plain] = text.split('\r\n');
		const quoted = `"${JSON.stringify(profiles[0]).replaceAll('"', '""')}"`;
		expect(object).toBe(`${quoted},${quoted}`);
		expect(list).toBe('"[""a"",""b""]",a; b');
		expect(plain).toBe('plain,plain');
		await database.write('no profiles', (tx) =>
			tx.run(sql`update contact set fields = fields - 'profile' - 'plan'`)
		);
	});

	it('has hashes of addresses in custom fields too', async () => {
		await database.write('work', (tx) =>
			tx.run(
				sql`update contact set fields = '{"work":" A@B.example"}', keys = '{"work":"a@b.example"}' where cno = 35`
			)
		);
		const { text } = await written(ask([column('field work', 'md5')]));
		expect(text.trimEnd().split('\r\n').at(-1)).toBe(
			createHash('md5').update('a@b.example').digest('hex')
		);
		await database.write('no work', (tx) =>
			tx.run(sql`update contact set fields = '{}', keys = '{}' where cno = 35`)
		);
	});

	it('has hostile values guarded and quoted, byte for byte', async () => {
		const columns = [column('field email'), column('field first_name'), column('field last_name')];
		const { text, bytes, blob } = await written(ask(columns), { ...defaultFormat, bom: false });
		expect(text).toBe(
			[
				'Email,First name,Last name',
				`Jörg.ÄÖÜ@Straße.example,'=cmd|' /C calc'!A0,`,
				'İstanbul@example.com,"Robert""); drop table contact;--",',
				`ΑΣΣ@example.gr,"two\r\nlines",'=1+1`,
				'e\u0301@example.com,𝔘nicode 🙂,"a;b,c"',
				'\u00e9@EXAMPLE.com,,',
				',\\N,no address',
				''
			].join('\r\n')
		);
		expect(bytes).toBe(Buffer.byteLength(text));
		expect(blob!.size).toBe(bytes);
	});

	it('takes its signs, its line ends and its header from what it is told', async () => {
		const columns = [
			{ ...column('field last_name'), header: 'sur;name' },
			{ ...column('field points'), header: '=n' }
		];
		const { blob, bytes } = await written(ask(columns, swiss), {
			delimiter: ';',
			lineEnd: 'lf',
			bom: true,
			guard: true
		});
		const text = '\uFEFF"sur;name";\'=n\n;\n;\n"a;b,c";\n;-5.2\n';
		expect(Buffer.from(await blob!.arrayBuffer())).toEqual(Buffer.from(text));
		expect(bytes).toBe(Buffer.byteLength(text));
	});

	it('says options, tags and lists by name, and instants in UTC', async () => {
		await database.write('more', (tx) =>
			tx.run(
				sql`update contact set email_consent = 'subscribed', fields = ${JSON.stringify({ fan: true, birthday: '1990-02-28', seen: '2025-01-01T00:00:00+01:00', plan: 'pro', topics: ['wine', 'art'] })}::jsonb where cno = 0`
			)
		);
		const keys = ['email_consent', 'created_at', 'fan', 'birthday', 'seen', 'plan', 'topics'];
		const { text } = await written(
			ask([...keys.map((id) => column(`field ${id}`)), column('tags'), column('lists')])
		);
		const [, first, second] = text.split('\r\n');
		expect(first).toBe(
			'Subscribed,2025-03-01T08:30:00.123Z,true,1990-02-28,2025-01-01T00:00:00+01:00,Pro,"Art, old; Wine",beta; vip,'
		);
		expect(second).toBe(`,2025-03-01T08:30:00.123Z,,,,,,,'=Newsletter`);
	});

	it('can hold every column there is', async () => {
		const columns = columnSources(fields).map(({ key }) => column(key));
		const { text, rows } = await written(ask(columns));
		expect(rows).toBe(people.length);
		expect(text.split('\r\n')[0]!.split(',')).toHaveLength(columns.length);
	});

	it('has only members, nobody archived, in their order', async () => {
		await database.write('archive', (tx) =>
			tx.run(sql`update contact set archived_at = now() where cno = 7`)
		);
		const { text, rows } = await written(ask([column('field email')], swiss));
		expect(text).toBe(
			'Email\r\nJörg.ÄÖÜ@Straße.example\r\ne\u0301@example.com\r\n\u00e9@EXAMPLE.com\r\n'
		);
		expect(rows).toBe(3);
		await database.write('restore', (tx) =>
			tx.run(sql`update contact set archived_at = null where cno = 7`)
		);
	});

	it('is of what is stored, whatever was counted before', async () => {
		const asked = ask([column('field email')], swiss);
		expect((await api.previewExport(asked, 1)).total).toBe(4);
		// Nobody is told of this change, so counts that are kept stay as they are.
		await database.run(sql`update contact set country_key = 'xx' where cno = 0`);
		expect((await api.previewExport(asked, 1)).total).toBe(4);
		expect((await written(asked)).rows).toBe(3);
		await database.run(sql`update contact set country_key = 'ch' where cno = 0`);
	});

	it('is of the type its format says', async () => {
		const place = { folder: 'files', name: 'one' };
		for (const [delimiter, type] of [
			[',', 'text/csv'],
			['\t', 'text/tab-separated-values']
		] as const) {
			const format: ExportFormat = { ...defaultFormat, delimiter };
			const done = await written(ask([column('field email')]), format);
			const file = await fileOf(done, place, 'people', fileWriter(format).mime);
			expect(file).toMatchObject({ name: 'people', type, size: done.bytes });
		}
	});

	it('says what became of everybody, and what it is known by', async () => {
		const phone = { ...column('field phone', 'text'), form: 'e164', required: true } as const;
		await database.run(
			sql`update contact set phone = '079 111 22 33', country = null where cno = 21`
		);
		const keys = [column('field first_name'), phone];
		const { text, rows, counts, sha256 } = await written(ask(keys), csv);
		expect(text).toBe('First name,Phone\n,+41791234567\n');
		expect([rows, counts]).toEqual([
			1,
			{ members: 6, leftOut: 5, blank: [1, 0], unread: [0, 1], altered: 0 }
		]);
		expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));

		const swissPhones = await written({ ...ask(keys), phoneCountry: 'CH' }, csv);
		expect(swissPhones.text).toContain('𝔘nicode 🙂,+41791112233\n');
		await database.run(sql`update contact set phone = null, country = 'CH' where cno = 21`);
	});

	it('has what is made here, and all names in one text where that is wanted', async () => {
		const combined: ExportColumn = {
			...{ id: 'c', header: 'to' },
			source: 'combined',
			parts: [{ field: 'first_name' }, ' <', { field: 'email' }, '>, ', { field: 'created_at' }]
		};
		const constant = { id: 'k', header: 'from', source: 'constant', text: 'shop' } as const;
		const tags = { id: 't', header: 'tags', source: 'tags', between: '|' } as const;
		const { text } = await written(ask([combined, constant, tags], swiss), csv);
		expect(text.split('\n').slice(0, 3)).toEqual([
			'to,from,tags',
			`=cmd|' /C calc'!A0 <Jörg.ÄÖÜ@Straße.example>, 2025-03-01T08:30:00.123Z,shop,beta|vip`.replace(
				/^(.*), (2025\S*Z),/,
				'"$1, $2",'
			),
			expect.stringContaining('<İstanbul@example.com>')
		]);
	});

	it('can be of every format', async () => {
		const keys = [column('field email'), column('field points'), column('lists')];
		const { text } = await written(ask(keys, swiss), { ...csv, kind: 'ndjson' });
		expect(
			text
				.trimEnd()
				.split('\n')
				.map((line) => JSON.parse(line) as unknown)
		).toEqual([
			{ Email: 'Jörg.ÄÖÜ@Straße.example', Points: null, Lists: null },
			{ Email: 'İstanbul@example.com', Points: null, Lists: ['=Newsletter'] },
			{ Email: 'e\u0301@example.com', Points: null, Lists: null },
			{ Email: '\u00e9@EXAMPLE.com', Points: -5.2, Lists: null }
		]);
		for (const kind of ['json', 'xlsx', 'parquet'] as const)
			expect((await written(ask(keys, swiss), { ...csv, kind })).rows).toBe(4);
	});

	it('of nobody has only its header', async () => {
		const nobody: Rule = {
			type: 'group',
			id: NodeId.parse('g'),
			match: 'none',
			children: [everyone]
		};
		expect(await written(ask([column('tags')], nobody))).toMatchObject({
			text: 'Tags\r\n',
			rows: 0
		});
	});

	it('is told about while it is written', async () => {
		news = [];
		await written(ask([column('field email')]));
		expect(news).toEqual([
			{ type: 'progress', job: `job ${job}`, done: 0, total: 6 },
			{ type: 'progress', job: `job ${job}`, done: 6, total: 6 }
		]);
	});
});

describe('cancelling', () => {
	it('ends it, with nothing to save', async () => {
		const begun = api.exportMembers(
			{ folder: 'files', name: 'doomed' },
			ask([column('field email')]),
			defaultFormat
		);
		await api.cancelExport('doomed');
		expect(await begun).toEqual({ status: 'cancelled' });
	});

	it('does nothing to what is over or was never begun', async () => {
		await api.cancelExport('never');
		expect((await written(ask([column('field email')]))).status).toBe('done');
	});
});

it('shows the first rows as they will be written, and counts all', async () => {
	const preview = await api.previewExport(ask([column('field email', 'md5'), column('tags')]), 2);
	expect(preview.total).toBe(6);
	expect(preview.rows).toEqual([
		[createHash('md5').update('jörg.äöü@straße.example').digest('hex'), ['beta', 'vip']],
		[createHash('md5').update(textKey('İstanbul@example.com')).digest('hex'), null]
	]);
});

it('tells what would be missing in a file', async () => {
	const phone = { ...column('field phone'), form: 'digits' } as const;
	const keys = [column('field email', 'sha256'), phone, column('field points'), column('tags')];
	expect(await api.exportGaps(ask(keys))).toEqual({
		...{ blank: [1, 5, 5, 0], unread: [0, 0, 0, 0], more: false }
	});
	await database.run(sql`update contact set phone = 'none' where cno = 0`);
	expect(await api.exportGaps(ask([phone], swiss))).toEqual({
		...{ blank: [2], unread: [1], more: false }
	});
	await database.run(sql`update contact set phone = null where cno = 0`);
});
