import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible';
import { eventually, story } from './harness';

const csv = (name: string, text: string) => ({
	name,
	mimeType: 'text/csv',
	buffer: Buffer.from(text)
});

/** From the empty page, to the form of this file. */
async function choose(page: Page, file: ReturnType<typeof csv>): Promise<void> {
	await page.getByLabel('Choose file').setInputFiles(file);
	await page.getByRole('heading', { name: 'Columns' }).waitFor();
}

/** Presses Import as soon as it can be pressed. */
const start = (page: Page, what: string) =>
	page.getByRole('button', { name: `Import ${what}`, disabled: false }).click({ timeout: 60_000 });

const done = (page: Page) =>
	page.getByRole('heading', { name: 'Done' }).waitFor({ timeout: 60_000 });

/** How many contacts there are, as the navigation says. */
const contacts = async (page: Page) =>
	Number(
		(
			await page
				.getByRole('navigation', { name: 'Main' })
				.getByRole('link', { name: /^Contacts/ })
				.innerText()
		).replaceAll(/\D/g, '')
	);

const contactsAre = (page: Page, count: number) =>
	eventually(async () => assert.equal(await contacts(page), count), { within: 30_000 });

const people = (n: number) =>
	[
		'Email,First name,City',
		...Array.from({ length: n }, (_, i) => `p${i}@example.com,P${i},Bern`)
	].join('\n');

const mailchimp = `Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,CC,LEID,EUID,TAGS
ana@example.com,Ana,Silva,2,2025-01-02 10:00:00,CH,1,a,"""vip"",""new"""
bo@example.com,Bo,Berg,2,2025-01-03 10:00:00,DE,2,b,"""new"""
nobody,Cy,,2,,,3,c,
`;

story(
	'an export of Mailchimp and a file of orders come in, and go again',
	async ({ page, url }) => {
		await page.goto(`${url}#/import`);
		await choose(page, csv('subscribed_members_export.csv', mailchimp));
		await page.getByText('Looks like a Mailchimp audience export').waitFor();

		// What the file's name says about consent counts once somebody has looked.
		await page.getByText('Confirm what the file says about consent.').waitFor();
		await page.getByLabel('That is right for everybody in this file').check();
		await page.getByText('3 rows: 2 new · 1 rejected').first().waitFor();
		const saving = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Download 1 rejected row' }).click();
		assert.match(
			await readFile(await (await saving).path(), 'utf8'),
			/\n4,Email Address,“nobody” is not an email address,nobody,Cy/
		);
		await page.getByLabel('Tag all of them').fill('mailchimp');
		await start(page, '2 contacts');
		await done(page);
		await page.getByText('2 contacts added, 0 updated. 1 row rejected.').first().waitFor();
		await contactsAre(page, 2);

		await page.getByRole('button', { name: 'Import another file' }).click();
		const orders = `Order ID,Email,Created at,Total
1,ana@example.com,03/04/2025,10.50
2,ana@example.com,05/04/2025,20.00
3,new@example.com,05/04/2025,5.00
`;
		await choose(page, csv('orders.csv', orders));
		// Nothing in the file tells whether the day or the month comes first.
		await page.getByText('Does the day or the month come first in “Created at”?').waitFor();
		await page.getByLabel(/^In dates such as/).selectOption('the day comes first');
		await start(page, '3 events');
		await done(page);
		await page.getByText('3 events added, and 1 contact for them.').first().waitFor();
		await contactsAre(page, 3);

		await page.reload();
		await page.getByText('2 contacts added, 0 updated. 1 row rejected.').waitFor();
		for (const [file, left] of [
			['orders.csv', 2],
			['subscribed_members_export.csv', 0]
		] as const) {
			await page.getByRole('button', { name: `Undo import of ${file}` }).click();
			await page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
			await contactsAre(page, left);
		}
		assert.equal(await page.getByText(/^Undone/).count(), 2);
	}
);

story(
	'the second file with the same columns is matched as the first one was',
	async ({ page, url }) => {
		await page.goto(`${url}#/import`);
		await choose(page, csv('a.csv', 'Who,Since\nana@example.com,03/04/2025'));
		await page.getByLabel('In dates such as 03/04/2025').selectOption('the month comes first');
		await page.getByLabel('Name of the new field for “Since”').fill('Member since');
		await page.getByLabel('Name of the new field for “Since”').blur();
		await start(page, '1 contact');
		await done(page);
		await page.getByRole('button', { name: 'Import another file' }).click();
		await choose(page, csv('b.csv', 'Who,Since\nbo@example.com,05/06/2025'));
		await page.getByText('As you matched them the last time').waitFor();
		assert.equal(
			await page.getByLabel('What “Since” becomes').locator('option:checked').innerText(),
			'Member since'
		);
		await start(page, '1 contact');
		await done(page);
		await contactsAre(page, 2);
	}
);

story(
	'an import that is cancelled leaves nothing behind, and the page answers at once',
	async ({ page, url }) => {
		await page.goto(`${url}#/import`);
		await choose(page, csv('people.csv', people(30_000)));
		await start(page, '30,000 contacts');
		await page.getByText(/^Writing: people.csv/).waitFor();
		// Progress comes from the worker; the page itself has little to do.
		await page.getByRole('progressbar', { name: /Writing/ }).waitFor();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await page.getByText('Nothing of people.csv was imported.').waitFor();
		assert.equal(await contacts(page), 0);
		assert.equal(await page.getByText('Past imports').count(), 0);

		// What was chosen is still there.
		await start(page, '30,000 contacts');
		await done(page);
		await contactsAre(page, 30_000);
	}
);

story(
	'a tab that is killed in the middle of an import leaves nothing behind',
	async ({ page, context, url }) => {
		await page.goto(`${url}#/import`);
		await choose(page, csv('first.csv', 'Email\nana@example.com'));
		await start(page, '1 contact');
		await done(page);
		await page.getByRole('button', { name: 'Import another file' }).click();
		await choose(page, csv('people.csv', people(30_000)));
		await start(page, '30,000 contacts');
		await page.getByText(/^Writing: people.csv/).waitFor();
		const next = await context.newPage();
		await page.close();
		await next.goto(`${url}#/import`);
		await contactsAre(next, 1);
		await next.getByText('1 contact added, 0 updated.').waitFor();
		assert.equal(await next.getByText('people.csv').count(), 0);
	}
);

story('a full disk is said, and leaves nothing behind', async ({ page, context, url, allow }) => {
	await page.goto(`${url}#/import`);
	await choose(page, csv('people.csv', people(30_000)));
	await page.getByRole('button', { name: 'Import 30,000 contacts', disabled: false }).waitFor();
	const session = await context.newCDPSession(page);
	const { origin } = new URL(url);
	const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
	await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 5_000_000 });
	allow(/quota|ErrnoError/i);
	await start(page, '30,000 contacts');
	await page.getByText('The disk is full. Nothing was imported.').waitFor({ timeout: 60_000 });
	assert.equal(await contacts(page), 0);

	await session.send('Storage.overrideQuotaForOrigin', { origin });
	await start(page, '30,000 contacts');
	await done(page);
	await contactsAre(page, 30_000);
});

story('one bad value loses nobody, and what must be decided is shown', async ({ page, url }) => {
	await page.goto(`${url}#/import`);
	const shop = `Customer ID,Email,Accepts Email Marketing,Total Spent,Country
1,ana@example.com,yes,10.00,CH
2,,no,20.00,CH
3,cy@gmial.com,yes,30.00,XX
4,dora@example.com,no,abc,CH
5,not-an-email,no,50.00,CH
6,a@b,no,60.00,CH
${Array.from({ length: 60 }, (_, i) => `${i + 7},p${i}@example.com,no,1.50,CH`).join('\n')}`;
	await choose(page, csv('customers.csv', shop));
	await page.getByText('66 rows: 64 new · 2 rejected · 1 value left out').first().waitFor();
	const rejected = page.getByRole('region', { name: 'Rejected rows' });
	await rejected.getByText('“not-an-email” in line 6, “a@b” in line 7').waitFor();
	const leftOut = page.getByRole('region', { name: 'Values left out' });
	await leftOut.getByText('“abc” in line 5').waitFor();
	const look = page.getByRole('region', { name: 'Worth a look' });
	await look.getByText('“gmial.com” looks like “gmail.com”').waitFor();
	await look.getByText('“XX” in line 4').waitFor();
	// Nobody of the file is known.
	assert.equal(await page.getByText('Contacts that exist already').count(), 0);

	const box = page.getByRole('checkbox', { name: /^That is right/ });
	await page.getByRole('button', { name: 'Show me' }).click();
	const before = await box.boundingBox();
	assert.ok(await box.evaluate((one) => one === document.activeElement));
	await page.keyboard.press('Space');
	await page.getByRole('button', { name: 'Import 64 contacts', disabled: false }).waitFor();
	assert.deepEqual(await box.boundingBox(), before);

	await page.getByRole('radio', { name: /^Reject the row/ }).check();
	await page.getByText('66 rows: 63 new · 3 rejected').first().waitFor();
	await page.getByRole('radio', { name: /^Leave out the value/ }).check();
	await page.getByLabel('Add all of them to a list').selectOption('A new list…');
	await page.getByLabel('Name of the new list').fill('Shop');
	await page.getByLabel('Name of the new list').blur();
	await start(page, '64 contacts');
	await done(page);
	await page.getByRole('link', { name: 'New segment' }).waitFor();
	await page.getByRole('link', { name: 'See contacts' }).click();
	await page
		.getByRole('row', { name: /@example\.com/ })
		.first()
		.waitFor();
	assert.match(page.url(), /in=list:/);
});

/** Drops a file into the window. */
const drop = (page: Page, name: string, text: string) =>
	page.evaluate(
		([name, text]) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
			for (const type of ['dragenter', 'dragover', 'drop'])
				document.body.dispatchEvent(
					new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
				);
		},
		[name, text] as const
	);

story('a file that is dropped after an import is the one that is looked at', async (given) => {
	const { page, url } = given;
	await page.goto(`${url}#/import`);
	await choose(page, csv('people.csv', people(30_000)));
	await start(page, '30,000 contacts');
	await page.getByText(/^Writing: people.csv/).waitFor();
	await drop(page, 'meanwhile.csv', 'Email\nana@example.com');
	await done(page);
	await page.getByText('30,000 contacts added, 0 updated.').first().waitFor();
	await page.getByRole('button', { name: 'Import meanwhile.csv' }).click();
	await start(page, '1 contact');
	await done(page);
	await drop(page, 'after.csv', 'Email\nbo@example.com\ncy@example.com');
	await start(page, '2 contacts');
	await done(page);
	await contactsAre(page, 30_003);
});

story('a file can be imported on a phone', async ({ page, url }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${url}#/import`);
	await page.getByLabel('Choose file').setInputFiles(csv('subscribed.csv', mailchimp));
	await page.getByLabel('That is right for everybody in this file').check();
	await start(page, '2 contacts');
	const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	assert.ok((await overflow()) <= 0);
	await done(page);
	assert.ok((await overflow()) <= 0);
});

story('what is only further down a file is asked about too', async ({ page, url }) => {
	await page.goto(`${url}#/import`);
	const rows = (from: number, to: number, value: string) =>
		Array.from({ length: to - from }, (_, i) => `p${from + i}@example.com;${value}`);
	const brevo = ['EMAIL;EMAIL_BLACKLISTED', ...rows(0, 1_000, 'no'), ...rows(1_000, 1_500, 'yes')];
	await choose(page, csv('brevo.csv', brevo.join('\n')));
	const values = page.getByRole('group', { name: 'What each value says about consent' });
	const yes = values.getByLabel('yes', { exact: true });
	await yes.waitFor();
	assert.equal(await yes.locator('option:checked').innerText(), 'Unsubscribed');
	await values.getByText('500 rows', { exact: true }).waitFor();
	await page.getByText('Confirm what the file says about consent.').waitFor();
	await assertAccessible(page, 'an import with what was found further down');
	await page.getByRole('checkbox', { name: /^That is right/ }).check();
	await start(page, '1,500 contacts');
	await done(page);
	await page.goto(`${url}#/contacts?q=p1499`);
	await page.getByRole('link', { name: 'p1499@example.com' }).click();
	await page.getByText('Unsubscribed').first().waitFor();
});

const sent = `Email;Event;Timestamp;Campaign;URL
ana@example.com;delivered;2025-03-01 08:00;Spring sale;
ana@example.com;open;2025-03-01 08:05;Spring sale;
ana@example.com;click;2025-03-01 08:06;Spring sale;https://shop.example/a
bo@example.com;hard_bounce;2025-03-01 08:07;Spring sale;
bo@example.com;Newsletter read;2999-03-01 08:08;Spring sale;
`;

story(
	'what happened to emails comes in as what it is, and a person sees and says which',
	async ({ page, url }) => {
		await page.goto(`${url}#/import`);
		await choose(page, csv('events.csv', sent));
		const chosen = (label: string) =>
			page.getByLabel(label, { exact: true }).locator('option:checked').innerText();
		assert.equal(await chosen('What “Campaign” becomes'), 'Reference (order, campaign, page)');
		const values = page.getByRole('group', { name: 'What each value is' });
		const typeOf = (value: string) => values.getByLabel(value, { exact: true });
		for (const [value, type] of [
			['delivered', 'Email delivered'],
			['open', 'Opened email'],
			['click', 'Clicked email'],
			['hard_bounce', 'Email bounced'],
			['Newsletter read', 'New type: Newsletter read']
		] as const)
			assert.equal(await typeOf(value).locator('option:checked').innerText(), type);
		await typeOf('Newsletter read').selectOption('Opened email');
		await page.getByText('5 rows: 5 new · 1 in the future · 2 new contacts').first().waitFor();
		await page
			.getByText('1 of these events lies in the future. Conditions do not count it yet.')
			.waitFor();
		await assertAccessible(page, 'an import of events');
		await start(page, '5 events');
		await done(page);

		await page.goto(`${url}#/contacts`);
		await page.getByRole('link', { name: 'bo@example.com' }).first().click();
		await page
			.getByRole('listitem')
			.filter({ hasText: /Email bounced.*Spring sale/s })
			.waitFor();
		assert.equal(await page.getByText('hard_bounce').count(), 0);
	}
);

story('nobody is put into a new list without a name', async ({ page, url }) => {
	await page.goto(`${url}#/import`);
	for (const [width, height] of [
		[1360, 800],
		[390, 844]
	] as const) {
		await page.setViewportSize({ width, height });
		await choose(page, csv('people.csv', people(3)));
		await page.getByRole('button', { name: 'Import 3 contacts', disabled: false }).waitFor();
		await page.getByLabel('Add all of them to a list').selectOption('A new list…');
		await page.getByText('Name the new list.').waitFor();
		assert.ok(await page.getByRole('button', { name: 'Import 3 contacts' }).isDisabled());
		const name = page.getByLabel('Name of the new list');
		const top = (await page.getByText('Name the new list.').boundingBox())!.y;
		await eventually(async () => {
			const box = (await name.boundingBox())!;
			assert.ok(box.y + box.height < top);
		});
		await page.getByRole('button', { name: 'Show me' }).click();
		assert.ok(await name.evaluate((one) => one === document.activeElement));
		await assertAccessible(page, 'an import into a list without a name');
		if (width === 1360) await page.getByRole('button', { name: 'Choose another file' }).click();
	}
	await page.keyboard.type('Shop');
	await start(page, '3 contacts');
	await done(page);
	await page.getByRole('link', { name: 'See contacts' }).click();
	await page.getByRole('link', { name: 'p2@example.com' }).waitFor();
	assert.match(page.url(), /in=list:/);
});

story(
	'rows that contradict each other are called so, and are not what events count',
	async ({ page, url }) => {
		await page.goto(`${url}#/import`);
		await choose(
			page,
			csv(
				'orders.csv',
				'Email,Since,Accepts Email Marketing\nana@example.com,2025-01-01,no\nana@example.com,2025-01-02,yes\nbo@example.com,2025-01-03,yes'
			)
		);
		await page.getByRole('checkbox', { name: /^That is right/ }).check();
		await page.getByText('1 row contradicts another row of this file about consent.').waitFor();
		assert.equal(await page.getByText('unsubscribed before').count(), 0);
		await page.getByRole('button', { name: 'Import 2 contacts', disabled: false }).waitFor();

		await page.getByRole('radio', { name: 'an event' }).click();
		await page.getByText('Some columns must be decided.').waitFor();
		await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
		await page.getByLabel('What happened in each row').selectOption('Signed up');
		await start(page, '3 events');
		await done(page);
	}
);
