import { describe, expect, test } from 'vitest';
import { mappingIssues } from '$lib/imports/mapping-issues';
import { analysisOf, definitionsWith, readAs, targetsOf } from '../../fixtures/csv/files';

/** A CSV of rows in which only some columns are of interest. */
function csv(headers: string, ...rows: Readonly<Record<string, string>>[]): string {
	const names = headers.split(',');
	const line = (cells: readonly string[]) =>
		cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
	return [headers, ...rows.map((row) => line(names.map((name) => row[name] ?? '')))].join('\n');
}

describe('Shopify orders', () => {
	const file = csv(
		'Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Id,Tags',
		{
			Name: '#1001',
			Email: 'ana@example.com',
			'Financial Status': 'paid',
			Currency: 'BRL',
			Total: '120.50',
			'Created at': '2025-10-02 17:09:34 -0300',
			'Lineitem name': 'Mug'
		},
		{ Name: '#1001', Email: 'ana@example.com', 'Lineitem name': 'Tea' },
		{
			Name: '#1002',
			Email: 'bo@example.com',
			'Financial Status': 'paid',
			Currency: 'BRL',
			Total: '8.00',
			'Created at': '2025-10-03 01:00:00 -0300',
			'Lineitem name': 'Cup'
		}
	);

	test('the name is the order’s number, and its further lines are no orders of their own', async () => {
		const analysis = await analysisOf(file);
		expect(analysis.vendor?.says).toBe('Shopify order export');
		const { events, continued, rejected } = await readAs(file, analysis);
		expect(rejected).toEqual([]);
		expect(continued).toBe(1);
		expect(events).toMatchObject([
			{
				email: 'ana@example.com',
				type: 'order_placed',
				ref: '#1001',
				value: 120.5,
				at: '2025-10-02T20:09:34.000Z',
				properties: { currency: 'BRL', order_status: 'paid' }
			},
			{ email: 'bo@example.com', ref: '#1002', value: 8 }
		]);
	});
});

test('Shopify customers: an apostrophe in front of ids and phones is no part of them', async () => {
	const file = csv(
		'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Country Code,Phone,Total Spent,Tax Exempt,Tags',
		{
			'Customer ID': "'7210448301122",
			Email: 'ana@example.com',
			'Accepts Email Marketing': 'yes',
			Phone: "'+41795550102",
			'Total Spent': '1240.00',
			Tags: 'vip, early'
		},
		{ 'Customer ID': "'7210448301123", Email: 'bo@example.com', 'Accepts Email Marketing': 'no' }
	);
	const analysis = await analysisOf(file);
	const { contacts, rejected, discovery } = await readAs(file, analysis);
	expect(rejected).toEqual([]);
	expect(contacts[0]).toMatchObject({
		externalId: '7210448301122',
		values: { phone: '+41795550102', new1: 1240 },
		consent: { email: 'subscribed' }
	});
	expect(contacts[1]!.consent).toEqual({ email: 'unsubscribed' });
	expect(discovery.found.tags.map(({ name }) => name)).toEqual(['vip', 'early']);
});

test('Outlook: Title is Mr or Ms, not a job', async () => {
	const file = csv('Title,First Name,Last Name,Company,Job Title,Business Street,E-mail Address', {
		Title: 'Ms',
		'First Name': 'Ana',
		'Job Title': 'Engineer',
		'E-mail Address': 'ana@example.com'
	});
	expect(targetsOf(await analysisOf(file))).toMatchObject({
		Title: '+ Title: text',
		'Job Title': '+ Job title: text'
	});
});

test('Google: of several addresses in a cell the first counts, and labels are tags', async () => {
	const file = csv('First Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value', {
		'First Name': 'Ana',
		Labels: '* myContacts ::: * Friends',
		'E-mail 1 - Label': '* Work ::: Home',
		'E-mail 1 - Value': 'ana@work.example ::: ana@home.example',
		'Phone 1 - Value': '+41 44 ::: +41 79'
	});
	const { contacts, discovery } = await readAs(file, await analysisOf(file));
	expect(contacts[0]).toMatchObject({ email: 'ana@work.example', values: { phone: '+41 44' } });
	expect(discovery.found.tags.map(({ name }) => name)).toEqual(['myContacts', 'Friends']);
});

test('LinkedIn: what stands above the table is skipped, and dates have names of months', async () => {
	const file =
		'Notes:\n"When exporting, you may notice that some addresses are missing."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,Silva,https://l.example/ana,ana@example.com,Acme,CEO,12 Mar 2025\nBo,Berg,https://l.example/bo,,Bcme,CTO,1 Feb 2024\n';
	const analysis = await analysisOf(file);
	expect(analysis.vendor?.id).toBe('linkedin');
	const { contacts, rejected } = await readAs(file, analysis);
	expect(contacts).toMatchObject([{ line: 5, email: 'ana@example.com' }]);
	expect(Object.values(contacts[0]!.values)).toContain('2025-03-12');
	expect(rejected).toEqual([{ line: 6, problems: [{ type: 'Nobody' }] }]);
});

describe('Mailchimp', () => {
	const file = csv(
		'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LATITUDE,CC,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
		{
			'Email Address': 'ana@example.com',
			OPTIN_TIME: '2024-05-01 10:00:00',
			CC: 'CH',
			LEID: '123',
			EUID: 'abc',
			TAGS: '"customer, old","vip"'
		}
	);
	test('the file’s name says what its contacts agreed to', async () => {
		expect(
			(await analysisOf(file, { name: 'subscribed_members_export_1.csv' })).mapping.consent
		).toBe('subscribed');
		expect(
			(await analysisOf(file, { name: 'unsubscribed_members_export_1.csv' })).mapping.consent
		).toBe('unsubscribed');
		expect((await analysisOf(file, { name: 'cleaned_members_export_1.csv' })).mapping.consent).toBe(
			'unsubscribed'
		);
		expect((await analysisOf(file, { name: 'members.csv' })).mapping.consent).toBeNull();
	});
	test('tags are a quoted list inside a quoted cell', async () => {
		const { discovery } = await readAs(file, await analysisOf(file));
		expect(discovery.found.tags.map(({ name }) => name)).toEqual(['customer, old', 'vip']);
	});
	test('a time of unsubscribing is a no', async () => {
		const gone = csv('Email Address,MEMBER_RATING,UNSUB_TIME,LEID,EUID', {
			'Email Address': 'ana@example.com',
			UNSUB_TIME: '2024-05-01 10:00:00',
			LEID: '1',
			EUID: 'a'
		});
		const { contacts } = await readAs(gone, await analysisOf(gone));
		expect(contacts[0]!.consent).toEqual({ email: 'unsubscribed' });
	});
});

test.each([
	['Brevo', 'EMAIL,SMS,EMAIL_BLACKLISTED', 'Yes', 'No'],
	['Substack', 'email,active_subscription,email_disabled,created_at', 'true', 'false'],
	['Klaviyo', 'Email,Klaviyo ID,Suppressed', 'TRUE', 'FALSE']
])('%s: to be blocked is a no, and not to be blocked is no yes', async (_, headers, yes, no) => {
	const [email] = headers.split(',');
	const column = headers.split(',').find((name) => /black|disabled|suppressed/i.test(name))!;
	const file = csv(
		headers,
		{ [email!]: 'ana@example.com', [column]: yes },
		{ [email!]: 'bo@example.com', [column]: no }
	);
	const { contacts } = await readAs(file, await analysisOf(file));
	expect(contacts.map(({ consent }) => consent)).toEqual([{ email: 'unsubscribed' }, undefined]);
});

test('HubSpot: two styles of dates in one column', async () => {
	const file = csv(
		'Record ID,First Name,Email,Lead Status,Create Date,Contact owner',
		{ 'Record ID': '1', Email: 'ana@example.com', 'Create Date': '2024-03-12 09:14' },
		{ 'Record ID': '2', Email: 'bo@example.com', 'Create Date': '3/15/2024 2:30 PM' }
	);
	const { contacts } = await readAs(file, await analysisOf(file));
	expect(contacts.map(({ values }) => values.created_at)).toEqual([
		'2024-03-12T08:14:00.000Z',
		'2024-03-15T13:30:00.000Z'
	]);
});

test.each([
	['Stripe', 'id,Email,Name,Created (UTC),Delinquent,Status', { Status: 'active' }],
	['Patreon', 'Name,Email,Patron Status,Lifetime Amount', { 'Patron Status': 'Active patron' }],
	['a CRM', 'Email,Status', { Status: 'active' }]
])('%s: a status is no consent', async (_, headers, row) => {
	const analysis = await analysisOf(
		csv(headers, { Email: 'ana@example.com', ...row } as Record<string, string>)
	);
	expect(
		Object.values(targetsOf(analysis)).filter((target) => target.startsWith('consent'))
	).toEqual([]);
});

test('a status that talks of subscribing is proposed as consent', async () => {
	const analysis = await analysisOf(
		'Email,Status\nana@example.com,subscribed\nbo@example.com,unsubscribed'
	);
	expect(targetsOf(analysis).Status).toBe('consent email');
});

test('Facebook: phones have a mark in front', async () => {
	const file = csv('id,created_time,ad_name,form_name,full_name,email,phone_number', {
		email: 'ana@example.com',
		phone_number: 'p:+46701234567',
		full_name: 'Ana Silva'
	});
	const { contacts } = await readAs(file, await analysisOf(file));
	expect(contacts[0]!.values).toMatchObject({
		phone: '+46701234567',
		first_name: 'Ana',
		last_name: 'Silva'
	});
});

test('Thunderbird: the nameless column at the end is left out', async () => {
	const file =
		'First Name,Last Name,Screen Name,Primary Email,Secondary Email,\nAna,Silva,,ana@example.com,,\n';
	const analysis = await analysisOf(file);
	expect(targetsOf(analysis)['Column 6']).toBe('ignore');
	expect((await readAs(file, analysis)).rejected).toEqual([]);
});

test('Brevo: semicolons, and days before months even where dates could be read both ways', async () => {
	const file =
		'EMAIL;LASTNAME;SMS;EMAIL_BLACKLISTED;ADDED_TIME\nana@example.com;Silva;;No;03-04-2025 10:00\n';
	const analysis = await analysisOf(file);
	expect(analysis.dialect.delimiter).toBe(';');
	const { contacts } = await readAs(file, analysis);
	expect(contacts[0]!.values.created_at).toBe('2025-04-03T08:00:00.000Z');
});

test('dates that can be read both ways must be decided before anything is imported', async () => {
	const analysis = await analysisOf(
		'Email,Created\nana@example.com,03/04/2025\nbo@example.com,12/04/2025'
	);
	expect(mappingIssues(analysis.mapping, definitionsWith())).toEqual([
		{ type: 'DateOrder', column: 'Created' }
	]);
});

test.each([
	['Meetup', 'Name,User ID,Title,Member ID,Location,Joined Group on\nAna,1,,2,Bern,2024-01-01'],
	['Instagram followers', 'username,profile_url,followed_at\nana,https://i.example/ana,2024-01-01'],
	['HubSpot companies', 'Record ID,Company name,Website URL,Company owner\n1,Acme,acme.example,Bo']
])('%s: a file without addresses is refused', async (_, file) => {
	const analysis = await analysisOf(file);
	expect(mappingIssues(analysis.mapping, definitionsWith())).toContainEqual({
		type: 'NoIdentity',
		wanted: 'email'
	});
});

test('Excel: the line with sep= is no row', async () => {
	const file = 'sep=;\r\nNamn;E-post;Mobil\r\nÅsa Öberg;asa@example.se;070\r\n';
	const analysis = await analysisOf(file);
	expect(targetsOf(analysis)).toEqual({ Namn: 'fullName', 'E-post': 'email', Mobil: 'phone' });
	expect((await readAs(file, analysis)).contacts).toMatchObject([
		{ line: 3, email: 'asa@example.se', values: { first_name: 'Åsa', last_name: 'Öberg' } }
	]);
});

test('two columns of one name stay two', async () => {
	const analysis = await analysisOf('Email,Email,Name\nana@example.com,a@example.com,Ana');
	expect(targetsOf(analysis)).toMatchObject({ Email: 'email', 'Email (2)': '+ Email (2): email' });
});

test('numbers with a zero in front, and long ones, are no numbers to reckon with', async () => {
	const analysis = await analysisOf(
		'Email,Store,Card\nana@example.com,0012,4111111111111111\nbo@example.com,0013,4111111111111112'
	);
	expect(targetsOf(analysis)).toMatchObject({ Store: '+ Store: text', Card: '+ Card: text' });
});

test('letters and digits together are codes, and amounts have their currency beside them', async () => {
	const analysis = await analysisOf(
		'Email,Product code,Pen,Batch,Paid\nana@example.com,SKU123,PEN123,EUR 007,EUR 12\nbo@example.com,ABC0456,PEN124,EUR 008,CHF12.50'
	);
	expect(targetsOf(analysis)).toMatchObject({
		'Product code': '+ Product code: text',
		Pen: '+ Pen: text',
		Batch: '+ Batch: text',
		Paid: '+ Paid: number'
	});
});

test('a column is told by what it holds where its header says nothing', async () => {
	const analysis = await analysisOf(
		'Kontakt,Seit,Umsatz,Aktiv,Seite\nana@example.com,13.02.2024,"1.240,50",ja,https://a.example\nbo@example.com,14.02.2024,"3,20",nein,https://b.example'
	);
	expect(targetsOf(analysis)).toEqual({
		Kontakt: 'email',
		Seit: '+ Seit: date',
		Umsatz: '+ Umsatz: number',
		Aktiv: '+ Aktiv: boolean',
		Seite: '+ Seite: url'
	});
});

test('a field of the workspace with the column’s name is used again', async () => {
	const definitions = definitionsWith({ fields: [{ id: 'plan', name: 'Plan', type: 'text' }] });
	const analysis = await analysisOf('Email,PLAN\nana@example.com,pro', { definitions });
	expect(targetsOf(analysis).PLAN).toBe('plan');
});

test('a file without a header has numbered columns', async () => {
	const analysis = await analysisOf('ana@example.com,Ana\nbo@example.com,Bo');
	expect(targetsOf(analysis)).toEqual({ 'Column 1': 'email', 'Column 2': '+ Column 2: text' });
	expect(analysis.rows).toBe(2);
});

test('how many rows there are is told by lines, of which a row may have several', async () => {
	const row = (i: number) => `p${i}@example.com,"Street ${i}\nBern"`;
	const rows = Array.from({ length: 3_000 }, (_, i) => row(i));
	expect((await analysisOf(`Email,Address\n${rows.join('\n')}\n`)).rows).toBe(3_000);
});

test('dates of both orders in one column are dates, and the order is asked', async () => {
	const analysis = await analysisOf(
		'Email,Born\nana@x.example,05/13/1980\nbo@x.example,13/05/1980'
	);
	expect(targetsOf(analysis).Born).toBe('+ Born: date');
	expect(analysis.mapping.columns[1]!.style).toMatchObject({ order: null, ask: true });
});

test('a column with the month first is read so', async () => {
	const file = 'Email,Born\nana@x.example,05/13/1980\nbo@x.example,03/04/1985';
	const { contacts } = await readAs(file, await analysisOf(file));
	expect(contacts.map(({ values }) => Object.values(values))).toEqual([
		['1980-05-13'],
		['1985-03-04']
	]);
});
