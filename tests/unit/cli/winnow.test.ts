import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '$lib/db/postgres';
import { sql } from '$lib/sql';
import { run } from '../../../src/cli/commands';
import { noPostgres, startPostgres, type PostgresServer } from '../../fixtures/postgres-server';

const now = '2026-03-01T12:00:00.000Z';
const workspace = {
	zone: 'Europe/Zurich',
	fields: [{ id: 'plan', name: 'Plan', type: 'text' }],
	tags: [{ id: 'vip', name: 'VIP' }],
	lists: [{ id: 'news', name: 'News' }],
	segments: [
		{
			id: 'swiss',
			name: 'Swiss VIPs',
			rule: {
				match: 'all',
				children: [
					{ kind: 'field', field: 'country', of: 'text', test: { operator: 'is', value: 'ch' } },
					{ kind: 'tag', test: { operator: 'anyOf', tags: ['vip'] } }
				]
			}
		},
		{
			id: 'buyers',
			name: 'Bought in February',
			rule: {
				kind: 'event',
				types: ['order_placed'],
				did: true,
				window: { operator: 'inLast', n: 28, unit: 'day' },
				where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 50 } }]
			}
		},
		{
			id: 'others',
			name: 'Not a buyer',
			rule: { kind: 'segment', segment: 'buyers', in: false }
		}
	]
};
const contacts = [
	{ uid: 'u-b', email: 'B@Example.org', fields: { country: 'CH' }, tags: ['vip'] },
	{
		uid: 'u-a',
		email: 'a@example.org',
		fields: { country: 'CH', plan: 'it’s "pro",\nor so' },
		tags: [{ id: 'vip', at: '2024-01-01T00:00:00Z' }],
		lists: [{ id: 'news', at: '2024-01-01T00:00:00Z' }],
		consent: { email: 'subscribed' }
	},
	{ uid: 'u-C', fields: { country: 'DE' } },
	{ uid: 'gone', fields: { country: 'CH' }, tags: ['vip'], archivedAt: '2025-01-01T00:00:00Z' }
];
const events = [
	{
		id: 'e1',
		contact: 'u-C',
		type: 'order_placed',
		at: '2026-02-20T10:00:00+01:00',
		ref: 'o1',
		value: 60
	},
	{
		id: 'e1',
		contact: 'u-C',
		type: 'order_placed',
		at: '2026-02-20T10:00:00+01:00',
		ref: 'o1',
		value: 60
	},
	{
		id: 'e2',
		contact: 'u-a',
		type: 'order_placed',
		at: '2026-02-21T10:00:00Z',
		properties: { total: '51' }
	},
	{ id: 'e3', contact: 'u-b', type: 'order_placed', at: '2026-01-21T10:00:00Z', value: 500 }
];
const document = { format: 'winnow', version: 1, workspace, contacts, events };
const answer = {
	now,
	zone: 'Europe/Zurich',
	segments: [
		{ id: 'swiss', name: 'Swiss VIPs', count: 2, members: ['u-a', 'u-b'] },
		{ id: 'buyers', name: 'Bought in February', count: 2, members: ['u-C', 'u-a'] },
		{ id: 'others', name: 'Not a buyer', count: 1, members: ['u-b'] }
	]
};

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'winnow-cli-'));
	await writeFile(join(folder, 'all.json'), JSON.stringify(document));
	const lines = [
		{ format: 'winnow', version: 1, contacts: contacts.length, events: events.length },
		{ workspace },
		...contacts.map((contact) => ({ contact })),
		...events.map((event) => ({ event }))
	];
	await writeFile(join(folder, 'all.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
	await writeFolder(join(folder, 'parts'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeFolder(path: string): Promise<void> {
	await mkdir(path);
	const put = (name: string, text: string) => writeFile(join(path, name), text);
	await put('workspace.json', JSON.stringify({ format: 'winnow', version: 1, workspace }));
	await put(
		'contacts.csv',
		`uid,email,country,plan,email_consent,archived_at
u-b,B@Example.org,CH,,,
u-a,a@example.org,CH,"it’s ""pro"",\nor so",subscribed,
u-C,,DE,,,
gone,,CH,,,2025-01-01T00:00:00Z`
	);
	await put('tags.csv', 'contact,tag,at\nu-b,vip,\nu-a,vip,2024-01-01T00:00:00Z\ngone,vip,');
	await put('lists.csv', 'contact,list,at\nu-a,news,2024-01-01T00:00:00Z');
	await put(
		'events.csv',
		`id,contact,type,at,ref,value,properties
e1,u-C,order_placed,2026-02-20T10:00:00+01:00,o1,60,
e1,u-C,order_placed,2026-02-20T10:00:00+01:00,o1,60,
e2,u-a,order_placed,2026-02-21T10:00:00Z,,,"{""total"":""51""}"
e3,u-b,order_placed,2026-01-21T10:00:00Z,,500,`
	);
}

interface Said {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

/** Runs the command in this process: one of its own would take two seconds to begin. */
async function winnow(...args: string[]): Promise<Said> {
	const said = { out: '', err: '' };
	const code = await run(args, {
		out: (text) => (said.out += text),
		err: (text) => (said.err += text),
		passphrase: undefined
	});
	return { code, ...said };
}

/** Runs it as somebody in a shell would, but for `npm`. */
function inShell(...args: string[]): Promise<Said> {
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			['--import', 'tsx', 'src/cli/winnow.ts', ...args],
			{ maxBuffer: 1 << 26 },
			(error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err })
		);
	});
}

test('what it says may be read in part only', async () => {
	const words = ['evaluate', join(folder, 'all.json'), '--now', now];
	const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/winnow.ts', ...words]);
	child.stdout.destroy();
	let err = '';
	child.stderr.on('data', (text) => (err += text));
	const [code] = await once(child, 'close');
	expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.each(['all.json', 'all.ndjson', 'parts'])('a workspace is read from %s', async (name) => {
	const { code, out, err } = await inShell('evaluate', join(folder, name), '--now', now);
	expect(err).toBe('');
	expect(JSON.parse(out)).toEqual(answer);
	expect(code).toBe(0);
});

test('one segment, by name, as ids; several as CSV', async () => {
	const at = [join(folder, 'all.json'), '--now', now] as const;
	const ids = await winnow('evaluate', ...at, '--segment', 'Swiss VIPs', '--format', 'ids');
	expect(ids.out).toBe('u-a\nu-b\n');
	const csv = await winnow('evaluate', ...at, '--format', 'csv');
	expect(csv.out.split('\r\n')).toEqual([
		'segment,uid',
		...['swiss,u-a', 'swiss,u-b', 'buyers,u-C', 'buyers,u-a', 'others,u-b', '']
	]);
});

test('rules ask into JSON of contacts and events', async () => {
	const path = join(folder, 'json.json');
	const of = (kind: object, comparison: object) => ({ ...kind, ...comparison });
	const city = {
		path: 'address.city',
		of: 'text',
		test: { operator: 'is', value: 'bern' }
	};
	const skuA = {
		of: 'json',
		test: {
			operator: 'anyItem',
			where: [{ path: 'sku', of: 'text', test: { operator: 'is', value: 'A' } }]
		}
	};
	await writeFile(
		path,
		JSON.stringify({
			...{ format: 'winnow', version: 1 },
			workspace: {
				zone: 'Europe/Zurich',
				fields: [{ id: 'profile', name: 'Profile', type: 'json' }],
				segments: [
					{ id: 'bern', name: 'Bern', rule: of({ kind: 'field', field: 'profile' }, city) },
					{
						id: 'sku',
						name: 'Bought A',
						rule: {
							kind: 'event',
							types: ['order_placed'],
							did: true,
							where: [of({ property: 'items' }, skuA)]
						}
					}
				]
			},
			contacts: [
				{ uid: 'a', fields: { profile: { address: { city: 'Bern' } } } },
				{ uid: 'b', fields: { profile: [{ city: 'Bern' }] } }
			],
			events: [
				{
					...{ id: '1', contact: 'b', type: 'order_placed', at: '2026-02-20T10:00:00Z' },
					properties: { items: [{ sku: 'B' }, { sku: ' a', price: 5 }] }
				}
			]
		})
	);
	const { out, err } = await winnow('evaluate', path, '--now', now);
	expect(err).toBe('');
	expect(JSON.parse(out).segments).toMatchObject([{ members: ['a'] }, { members: ['b'] }]);
});

test('a PGlite in a folder keeps what was loaded', async () => {
	const at = [join(folder, 'all.json'), '--now', now, '--database', join(folder, 'pglite')];
	expect((await winnow('import', ...at)).out).toBe('4 contacts, 3 events\n');
	expect(JSON.parse((await winnow('evaluate', ...at)).out)).toEqual(answer);
});

test('a segment with an issue says so, and nothing is counted for it', async () => {
	const path = join(folder, 'broken.json');
	const broken = { ...workspace, segments: [...workspace.segments, later] };
	await writeFile(path, JSON.stringify({ ...document, workspace: broken }));
	const { code, out } = await winnow('evaluate', path, '--now', now, '--segment', 'later');
	expect(code).toBe(1);
	expect(JSON.parse(out).segments).toEqual([
		{
			id: 'later',
			name: 'From tomorrow',
			issues: [{ node: 'root', code: 'UnknownKind', message: expect.stringContaining('newer') }]
		}
	]);
	const check = await winnow('check', path);
	expect(check.out).toContain('From tomorrow (root): This condition (“tomorrow”)');
	expect(check.out).toContain('1 issue.');
	expect(check.code).toBe(1);
});

test('an issue is followed by its repair', async () => {
	const path = join(folder, 'gone.json');
	const children = [{ kind: 'tag', test: { operator: 'anyOf', tags: ['gone'] } }];
	const broken = { id: 'g', name: 'Gone', rule: { match: 'all', children } };
	await writeFile(
		path,
		JSON.stringify({ ...document, workspace: { ...workspace, segments: [broken] } })
	);
	const check = await winnow('check', path);
	expect(check.out).toMatch(
		/^Gone \(\S+\): The tag this refers to was deleted\..*\n\tRepair: Choose another tag, or remove the row\.\n1 issue\.\n$/
	);
});

test('what is odd about a segment is noted, and no failure', async () => {
	const path = join(folder, 'odd.json');
	const [swiss] = workspace.segments;
	const children = [...swiss!.rule.children!, swiss!.rule.children![0]!];
	const odd = { ...swiss!, rule: { match: 'all', children } };
	await writeFile(
		path,
		JSON.stringify({ ...document, workspace: { ...workspace, segments: [odd] } })
	);
	expect(await winnow('check', path)).toEqual({
		code: 0,
		out: 'Swiss VIPs (root.3): note: This says the same as a row above it. One of them can go.\nNo issues.\n',
		err: ''
	});
});
const later = { id: 'later', name: 'From tomorrow', rule: { kind: 'tomorrow', of: 'all' } };

test('a rule is told in words, as SQL and with its plan', async () => {
	const { out } = await winnow('explain', join(folder, 'all.json'), '--segment', 'swiss');
	expect(out).toContain('Country is Switzerland and is tagged VIP.');
	expect(out).toMatch(/^with everyone as \(select cno/m);
	expect(out).toMatch(/cost=/);
});

test('explain in German', async () => {
	const { out } = await winnow(
		...(['explain', join(folder, 'all.json'), '--segment', 'buyers', '--language', 'de'] as const)
	);
	expect(out).toContain('Hat in den letzten 28 Tagen bestellt, mit Gesamtbetrag über 50.');
});

describe('what is wrong is said in a sentence, with exit code 2', () => {
	test('in a shell', async () => {
		expect(await inShell('evaluate', 'nowhere.json')).toEqual({
			...{ code: 2, out: '' },
			err: 'nowhere.json: there is no such file or folder.\n'
		});
	});

	test.each([
		[
			'no such file',
			['evaluate', 'nowhere.json'],
			'nowhere.json: there is no such file or folder.'
		],
		['no such segment', ['evaluate', 'all.json', '--segment', 'x'], 'There is no segment "x".'],
		['no instant', ['evaluate', 'all.json', '--now', 'today'], '--now today: this is no instant'],
		[
			'no such language',
			['explain', 'all.json', '--language', 'fr'],
			'--language fr: there are en and de.'
		],
		['no such option', ['evaluate', 'all.json', '--colour'], "Unknown option '--colour'"],
		['no place to write to', ['export', 'all.json'], 'export needs --to: where to?'],
		[
			'a place that is not there',
			['export', 'all.json', '--to', 'nowhere/x.json'],
			'--to nowhere/x.json: it cannot be written there (ENOENT). Choose another place.'
		],
		[
			'a place where a file is',
			['export', 'all.json', '--to', 'package.json/x'],
			'--to package.json/x: it cannot be written there (ENOTDIR). Choose another place.'
		],
		['no such form', ['export', 'all.json', '--to', 'x.xlsx'], '--to x.xlsx: name a .json'],
		[
			'no database',
			['export', 'all.json', '--to', 'x.json', '--database', 'nowhere'],
			'--database nowhere: there is no database in this folder.'
		],
		['no command', ['frobnicate', 'all.json'], 'npm run winnow -- evaluate WORKSPACE']
	])('%s', async (_, [command, name, ...rest], message) => {
		const path = name === 'all.json' ? join(folder, name) : name!;
		const { code, err } = await winnow(command!, path, ...rest!);
		expect(err).toContain(message);
		expect(err).not.toMatch(/^\s+at /m);
		expect(code).toBe(2);
	});

	test.each([
		['not JSON', '{', 'this is not JSON.'],
		['another format', '{"format":"x"}', 'this is no workspace of Winnow'],
		['no version', '{"format":"winnow"}', '"version" is missing: write 1.'],
		['a newer version', '{"format":"winnow","version":9}', 'made by a newer Winnow'],
		[
			'a broken field',
			JSON.stringify({ ...document, workspace: { fields: [{ id: 'a' }] } }),
			'workspace.fields.0'
		],
		[
			'a broken contact',
			JSON.stringify({ ...document, contacts: [{ uid: 'a' }, {}] }),
			'contacts[1]: uid'
		],
		[
			'two of one uid',
			JSON.stringify({ ...document, contacts: [{ uid: 'a' }, { uid: 'a' }] }),
			'contacts[1]: another contact'
		],
		[
			'an event of nobody',
			JSON.stringify({ ...document, contacts: [] }),
			'events[0]: there is no contact'
		]
	])('%s', async (_, text, message) => {
		const path = join(folder, 'wrong.json');
		await writeFile(path, text);
		const { code, err } = await winnow('evaluate', path);
		expect(err).toContain(message);
		expect(code).toBe(2);
	});
});

test.each([
	['tags.csv', 'contact,tag,at\nu-x,vip,', 'tags.csv: there is no contact with the uid "u-x".'],
	['lists.csv', 'contact,list\nu-x,news', 'lists.csv: there is no contact with the uid "u-x".'],
	[
		'tags.csv',
		'uid,tag\nu-b,vip',
		'tags.csv: row 2: there must be the columns "contact" and "tag".'
	],
	[
		'moves.csv',
		'contact,segment,entered,at\nu-b,swiss,yes,2026-01-01T00:00:00Z',
		'moves.csv: row 2: entered: boolean is expected here.'
	]
])('a row of %s that says nothing is refused: %j', async (name, text, message) => {
	const path = await mkdtemp(join(folder, 'rows-'));
	await cp(join(folder, 'parts'), path, { recursive: true });
	await writeFile(join(path, name), text);
	const { code, err } = await winnow('evaluate', path, '--now', now);
	expect(err).toContain(message);
	expect(code).toBe(2);
});

describe('a workspace is written in each form', () => {
	test.each([
		['all.json', 'out'],
		['parts', 'out.ndjson'],
		['all.ndjson', 'out.json']
	])('%s as %s', async (of, to) => {
		const path = join(folder, to);
		const written = await winnow('export', join(folder, of), '--to', path, '--now', now);
		expect(written).toEqual({ code: 0, out: '4 contacts, 3 events\n', err: '' });
		const { out } = await winnow('evaluate', path, '--now', now);
		expect(JSON.parse(out)).toEqual(answer);
	});

	test(
		'with what a database holds, and the same again from that',
		{ timeout: 120_000 },
		async () => {
			const database = join(folder, 'held');
			await winnow('import', join(folder, 'all.json'), '--database', database, '--now', now);
			const definitions = join(folder, 'definitions.json');
			await writeFile(definitions, JSON.stringify({ ...document, contacts: [], events: [] }));
			const [first, second] = [join(folder, 'first.ndjson'), join(folder, 'second.ndjson')];
			const at = ['--now', now];
			expect(
				await winnow('export', definitions, '--database', database, '--to', first, ...at)
			).toEqual({ code: 0, out: '4 contacts, 3 events\n', err: '' });
			expect(JSON.parse((await winnow('evaluate', first, ...at)).out)).toEqual(answer);

			const another = join(folder, 'another');
			await winnow('import', first, '--database', another, ...at);
			await winnow('export', first, '--database', another, '--to', second, ...at);
			expect(await readFile(second, 'utf8')).toBe(await readFile(first, 'utf8'));
		}
	);

	test('values are not guarded, in CSV neither', async () => {
		const path = join(folder, 'formulas.json');
		const fields = {
			city: '=1+1',
			plan: '@x',
			country: "'quoted",
			region: '[a]',
			postcode: ' 8000'
		};
		const { contacts: _, ...rest } = document;
		await writeFile(
			path,
			JSON.stringify({ ...rest, events: [], contacts: [{ uid: 'a', fields }] })
		);
		await winnow('export', path, '--to', join(folder, 'formulas'));
		expect(await readFile(join(folder, 'formulas', 'contacts.csv'), 'utf8')).toContain(
			",'quoted,[a],=1+1, 8000,"
		);
		const back = join(folder, 'formulas-back.json');
		await winnow('export', join(folder, 'formulas'), '--to', back);
		expect(JSON.parse(await readFile(back, 'utf8')).contacts[0].fields).toEqual(fields);
	});

	test('what this version does not know of a workspace stays', async () => {
		const path = join(folder, 'newer.json');
		const newer = {
			...workspace,
			campaigns: [{ id: 'c' }],
			segments: [{ ...later, starred: true }]
		};
		await writeFile(path, JSON.stringify({ ...document, workspace: newer }));
		const to = join(folder, 'newer.ndjson');
		await winnow('export', path, '--to', to);
		const [, line] = (await readFile(to, 'utf8')).split('\n');
		expect(JSON.parse(line!)).toEqual({ workspace: newer });
	});

	test('nothing is left of a file that could not be written, and what was there stays', async () => {
		const path = join(folder, 'bad.json');
		await writeFile(
			path,
			JSON.stringify({ ...document, events: [{ ...events[0], contact: 'x' }] })
		);
		const to = join(folder, 'kept.ndjson');
		await writeFile(to, 'what was there');
		const { code, err } = await winnow('export', path, '--to', to);
		expect(code).toBe(2);
		expect(err).toContain('events[0]: there is no contact with the uid "x".');
		expect(await readFile(to, 'utf8')).toBe('what was there');
		expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
	});

	test('a file that was cut or altered is not read', async () => {
		const to = join(folder, 'sealed.ndjson');
		await winnow('export', join(folder, 'all.json'), '--to', to);
		const whole = await readFile(to, 'utf8');
		await writeFile(to, whole.trimEnd().split('\n').slice(0, -1).join('\n'));
		const cut = await winnow('evaluate', to);
		expect(cut.err).toContain('it says 3 events and has 2: the file was cut or altered.');
		expect(cut.code).toBe(2);
		await writeFile(to, whole.replace('u-C', 'u-D'));
		const altered = await winnow('import', to, '--database', join(folder, 'never'));
		expect(altered.err).toContain('the lines of "contacts" are not as they were written');
		expect(altered.code).toBe(2);
	});

	test('a draft that was never saved counts for nobody unless it is asked for', async () => {
		const path = join(folder, 'draft.json');
		const [swiss, buyers, others] = workspace.segments;
		const segments = [swiss, { ...buyers, draft: true }, others];
		await writeFile(path, JSON.stringify({ ...document, workspace: { ...workspace, segments } }));
		const { out, code } = await winnow('evaluate', path, '--now', now);
		expect(JSON.parse(out).segments).toMatchObject([
			{ id: 'swiss', count: 2 },
			{ id: 'others', issues: [{ message: expect.stringContaining('saved') }] }
		]);
		expect(code).toBe(1);
		const asked = await winnow('evaluate', path, '--now', now, '--segment', 'buyers');
		expect(JSON.parse(asked.out).segments).toEqual([answer.segments[1]]);
	});
});

test('the README shows what one gets', async () => {
	const readme = await readFile('README.md', 'utf8');
	const [, document] = /```json\n(.*?)```/s.exec(readme)!;
	const [, shown] =
		/\$ npm run --silent winnow -- evaluate shop\.json --now 2026-03-01T12:00:00Z\n(.*?)\n```/s.exec(
			readme
		)!;
	const path = join(folder, 'shop.json');
	await writeFile(path, document!);
	const at = ['--now', '2026-03-01T12:00:00Z'];
	const { out } = await winnow('evaluate', path, ...at);
	expect(out.trim()).toBe(shown);

	const [, said, manifest] =
		/\$ npm run --silent winnow -- export shop\.json --to shop\.ndjson --now 2026-03-01T12:00:00Z\n(.*?)\n\$ head -n 1 shop\.ndjson\n(.*?)\n```/s.exec(
			readme
		)!;
	const lines = join(folder, 'shop.ndjson');
	expect((await winnow('export', path, '--to', lines, ...at)).out.trim()).toBe(said);
	expect((await readFile(lines, 'utf8')).split('\n')[0]!.trimEnd()).toBe(manifest);
});

describe.skipIf(noPostgres)(`on a server's Postgres (${noPostgres ?? 'there is one'})`, () => {
	let server: PostgresServer;
	beforeAll(async () => void (server = await startPostgres()));
	afterAll(() => server.stop());

	test('the answer is the same, and loading twice is spared', async () => {
		const at = [join(folder, 'all.json'), '--now', now, '--database', server.url];
		const files: unknown[] = [];
		const session = await openPostgres(server.url, 'winnow');
		for (let i = 0; i < 2; i++) {
			const { out, err } = await winnow('evaluate', ...at);
			expect(err).toBe('');
			expect(JSON.parse(out)).toEqual(answer);
			// A table that is emptied gets another file.
			files.push(...(await session.rows(sql`select pg_relation_filenode('contact') as file`)));
		}
		await session.close();
		expect(files[1]).toEqual(files[0]);
	});

	test('what it holds is written as a PGlite would write it', async () => {
		const path = join(folder, 'all.json');
		const to = join(folder, 'from-server.ndjson');
		await winnow('import', path, '--now', now, '--database', server.url);
		const at = ['--now', now, '--database', server.url, '--to', to];
		expect((await winnow('export', path, ...at)).out).toBe('4 contacts, 3 events\n');
		const [, ...lines] = (await readFile(to, 'utf8')).split('\n');
		expect(lines[1]).toBe(
			'{"contact":{"uid":"u-b","email":"B@Example.org","fields":{"country":"CH"},"consent":{},"tags":[{"id":"vip","at":"2026-03-01T12:00:00.000Z"}],"lists":[]}}'
		);
		expect(JSON.parse((await winnow('evaluate', to, '--now', now)).out)).toEqual(answer);
	});
});
