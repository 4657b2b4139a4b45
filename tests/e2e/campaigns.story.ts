import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { startRelay } from '../fixtures/relay';
import { endSmtp, startSmtp } from '../fixtures/smtp';
import { look } from './accessible';
import { choose, importFile, rename, save } from './building';
import {
	file,
	opens,
	opensFile,
	people,
	reached,
	segments,
	steps,
	suppressed,
	variantOf
} from './campaign-data';
import { eventually, story } from './harness';
import { share } from './teaming';

async function segment(page: Page, url: string, name: string, words: string, rule: RegExp) {
	await page.goto(`${url}#/segments/new`);
	await choose(page, words, rule);
	await rename(page, name);
	await save(page);
}

async function add(page: Page, side: 'Send to' | 'But not to', name: string): Promise<void> {
	const region = page.getByRole('region', { name: side });
	await region.getByRole('button', { name: /segment or list/i }).click();
	await choose(page, name, new RegExp(`^${name}`));
	await region.getByText(name, { exact: true }).waitFor();
	// While it closes, what is looked for next would be looked for in it.
	await page.getByRole('combobox').waitFor({ state: 'detached' });
}

const figure = async (page: Page, name: string): Promise<number> => {
	const label = await page
		.getByRole('button', { name: new RegExp(`^${name}: [\\d,]+$`) })
		.getAttribute('aria-label', { timeout: 2_000 });
	return Number(label?.split(': ')[1]?.replaceAll(',', ''));
};

story(
	'a campaign goes out by a real mail server: to whom it should, saying what it should, once, and provably',
	async ({ page: first, url, crash, afterwards }) => {
		let page = first;
		page.setDefaultTimeout(20_000);
		const smtp = await startSmtp({ delay: 5 });
		const relay = await startRelay({
			...{ RELAY_SMTP_URL: smtp.url, RELAY_SMTP_FROM: 'shop.example', RELAY_SMTP_RATE: '6' }
		});
		afterwards(relay.end);
		afterwards(endSmtp);
		await page.goto(`${url}#/import`);
		await importFile(page, file, `${people.length} contacts added`, () =>
			page.getByRole('checkbox', { name: /^That is right/ }).check()
		);
		await page.goto(`${url}#/suppressions`);
		await page.getByRole('button', { name: 'Suppress addresses' }).click();
		const adding = page.getByRole('dialog', { name: 'Suppress addresses' });
		await adding.getByLabel('Addresses').fill(suppressed.join('\n'));
		await adding.getByRole('button', { name: /^Suppress/ }).click();
		for (const address of suppressed) await page.getByText(address).waitFor();
		await segment(page, url, 'Vips', 'vip', /^Tagged vip/);
		await segment(page, url, 'Swiss', 'switzerland', /^Country is Switzerland/);
		await segment(page, url, 'Staff', 'staff', /^Tagged staff/);
		await share(page, url, relay.url);

		// Recipients: two segments, one built on the spot, and an exclusion.
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('button', { name: 'New campaign' }).first().click();
		await rename(page, 'Autumn offer');
		await add(page, 'Send to', 'Vips');
		await add(page, 'Send to', 'Swiss');
		await add(page, 'But not to', 'Staff');
		await page
			.getByRole('region', { name: 'Send to' })
			.getByRole('button', { name: 'Build segments' })
			.click();
		await page
			.getByRole('button', { name: /^Add rule/ })
			.first()
			.click();
		await choose(page, 'beta', /^Tagged beta/);
		await save(page);
		await page.getByRole('link', { name: 'Autumn offer' }).first().click();
		await eventually(async () => {
			assert.equal(await figure(page, 'In the audience'), steps.included);
			assert.equal(await figure(page, 'Left out by choice'), steps.excluded);
			assert.equal(await figure(page, 'Not subscribed'), steps.notSubscribed);
			assert.equal(await figure(page, 'Suppressed'), steps.suppressed);
			assert.equal(await figure(page, 'Recipients'), steps.reach);
		});
		await look(page, 'recipients');

		// Some are held out, and it is known who.
		await page.getByRole('switch', { name: 'Hold some out' }).check();
		await page.getByLabel('Percent held out').fill('30');
		await page.getByLabel('Percent held out').press('Enter');
		await eventually(async () => {
			const [held, left] = [await figure(page, 'Held out'), await figure(page, 'Recipients')];
			assert.ok(held > 0 && left > 0 && held + left === steps.reach);
		});
		await page.getByRole('button', { name: /^Held out: / }).click();
		const heldOut = await addressesIn(page, 'Held out');
		await page.keyboard.press('Escape');
		const going = reached.filter(({ email }) => !heldOut.includes(email));
		assert.equal(await figure(page, 'Recipients'), going.length);

		// Each step opens its people, and each says why.
		await page.getByRole('button', { name: /^Suppressed: / }).click();
		const sheet = page.getByRole('dialog', { name: 'Suppressed' });
		await sheet.getByRole('listitem').first().waitFor();
		await sheet
			.getByRole('button', { name: /^Why is / })
			.first()
			.click();
		await sheet.getByText('Does not get it: The address bounced').waitFor();
		await page.keyboard.press('Escape');

		// Content, with a field, its fallback, and a block by segment.
		await page.getByRole('tab', { name: /Content/ }).click();
		await page.getByLabel('From', { exact: true }).fill('The shop');
		await page.getByLabel('From address').fill('news@other.example');
		await page.getByLabel('Where people unsubscribe').fill('https://shop.example/bye');
		await page.getByRole('textbox', { name: 'Subject' }).fill('Hello {First name | "there"}');
		await page.getByRole('textbox', { name: 'Preview text' }).fill('Only this week');
		await page.getByRole('button', { name: 'Write the text' }).click();
		await type(page, 'Block 1', 'Dear {First name | "friend"}, it is autumn. {unsubscribe}');
		await page.getByRole('button', { name: 'Add a block' }).click();
		await type(page, 'Block 2', 'For our vips alone.');
		const second = page.getByRole('region', { name: 'Block 2' });
		await second.getByRole('button', { name: 'Show by segment' }).click();
		await second.getByLabel('Show to').selectOption('Vips');
		await second.getByRole('button', { name: 'Variant', exact: true }).click();
		await second.getByLabel('Show to').selectOption('Swiss');
		await type(page, 'Block 2, Swiss', 'Grüezi from the shop.');
		await second.getByRole('tab', { name: /^Everybody else/ }).click();
		await second.getByRole('button', { name: 'Show nothing to everybody else' }).click();
		const preview = page.getByRole('region', { name: 'Preview' });
		await preview.getByText(/^Hello /).waitFor();
		await look(page, 'content');

		// Review, and out it goes.
		await page.getByRole('tab', { name: /Review/ }).click();
		const nothing = going.filter((one) => variantOf(one) === 'nothing').length;
		await page.getByText(`${nothing} see nothing in the dynamic block.`).waitFor();
		await page.getByRole('radio', { name: /mail server/ }).check();

		// From an address that the relay does not send from it does not go out, and what to do is a step away.
		await page
			.getByText('The relay may not send from news@other.example, only from shop.example.')
			.waitFor();
		const send = page.getByRole('button', { name: `Send to ${going.length}` });
		assert.equal(await send.isEnabled(), false);
		await look(page, 'sender');
		await page.getByRole('button', { name: 'Change the sender' }).click();
		await page.getByLabel('From address').fill('news@shop.example');
		await page.getByRole('tab', { name: /Review/ }).click();
		await page.getByRole('radio', { name: /mail server/ }).check();
		await look(page, 'review');
		await send.click();
		await page.getByRole('button', { name: 'Send', exact: true }).click();
		await page.getByRole('button', { name: 'Pause' }).waitFor();

		// The browser is killed in the midst of it, and goes on when it is opened again.
		await eventually(() => assert.ok(smtp.taken().length > 2), { within: 60_000 });
		page = await crash();
		page.setDefaultTimeout(20_000);
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('link', { name: 'Autumn offer' }).click();
		await page.getByRole('tab', { name: /Sending/ }).click();
		await page.getByRole('button', { name: 'Go on' }).click();
		const left = page.getByText('Left', { exact: true }).locator('..');
		await left.getByText('0', { exact: true }).waitFor({ timeout: 60_000 });
		assert.equal(smtp.taken().length, going.filter(isTaken).length);

		for (const somebody of going.filter(isTaken)) {
			const mails = smtp.taken().filter(({ to }) => to === somebody.email);
			assert.equal(mails.length, 1, `${somebody.email} got ${mails.length}`);
			const mail = await PostalMime.parse(mails[0]!.text);
			assert.equal(mail.subject, `Hello ${somebody.first || 'there'}`);
			assert.deepEqual(mail.from, { name: 'The shop', address: 'news@shop.example' });
			assert.ok(
				mail.text?.includes(`Dear ${somebody.first || 'friend'}, it is autumn.`),
				mail.text
			);
			assert.ok(!mail.html?.includes('<b>Bo</b>'), 'a name is text, not HTML');
			const variant = variantOf(somebody);
			assert.equal(mail.text?.includes('For our vips alone.'), variant === 'vip');
			assert.equal(mail.text?.includes('Grüezi from the shop.'), variant === 'swiss');
			const header = mail.headers.find(({ key }) => key === 'list-unsubscribe');
			assert.equal(header?.value, '<https://shop.example/bye>');
		}

		// The proof stands when the segment is another.
		await page.goto(`${url}#/segments`);
		await page.getByRole('link', { name: 'Vips' }).click();
		await page.getByRole('link', { name: /^Edit rules/ }).click();
		await page
			.getByRole('button', { name: /^Add rule/ })
			.first()
			.click();
		await choose(page, 'austria', /^Country is Austria/);
		await save(page);
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('link', { name: 'Autumn offer' }).click();
		await page.getByRole('tab', { name: /Sending/ }).click();
		await page.getByRole('button', { name: 'Verify the audience' }).click();
		await page.getByText(/^It is the audience that was frozen/).waitFor();
		await look(page, 'sent');

		// What came of it, with whom the server refused, and who opened it.
		const taken = going.filter(isTaken);
		const opened = taken.filter(opens);
		await page.goto(`${url}#/import`);
		await importFile(
			page,
			opensFile(opened, 'Autumn offer'),
			`${opened.length} events added`,
			async () => {
				await page
					.getByRole('combobox', { name: 'What “Campaign” becomes' })
					.selectOption('Reference (order, campaign, page)');
			}
		);
		await page.goto(`${url}#/campaigns`);
		await page.getByRole('link', { name: 'Autumn offer' }).click();
		const refused = going.length - taken.length;
		await eventually(async () => {
			assert.equal(await figure(page, 'Sent'), going.length - refused);
			if (refused > 0) assert.equal(await figure(page, 'Bounced'), refused);
			assert.equal(await figure(page, 'Opened'), opened.length);
		});
		// By what they were in then: that the rules of one are others by now changes nothing.
		for (const [name, isIn] of Object.entries(segments)) {
			assert.equal(await figure(page, `Sent, in ${name}`), taken.filter(isIn).length);
			assert.equal(await figure(page, `Opened, in ${name}`), opened.filter(isIn).length);
		}
		const vips = opened.filter((one) => variantOf(one) === 'vip');
		assert.equal(await figure(page, 'Opened, shown to Vips'), vips.length);
		await look(page, 'report');
		await page.getByRole('button', { name: /^Opened, shown to Vips: / }).click();
		const shown = await addressesIn(page, 'Opened, shown to Vips');
		assert.deepEqual(shown.sort(), vips.map(({ email }) => email).sort());
		await look(page, 'report-people');
	},
	{ patience: 240_000 }
);

/** Of everybody in a list of people that is open: it draws those whom it is scrolled to. */
async function addressesIn(page: Page, title: string): Promise<string[]> {
	const list = page.getByRole('dialog', { name: title }).getByRole('list');
	const found = new Set<string>();
	await eventually(async () => {
		const total = await list.getByRole('listitem').first().getAttribute('aria-setsize');
		for (const [address] of (await list.innerText()).matchAll(/\S+@shop\.example/g))
			found.add(address);
		if (found.size < Number(total)) await list.press('PageDown');
		assert.equal(found.size, Number(total));
	});
	return [...found];
}

const isTaken = ({ email }: { readonly email: string }) => !email.startsWith('refused');

async function type(page: Page, label: string, text: string): Promise<void> {
	const box = page.getByRole('textbox', { name: label, exact: true });
	await box.click();
	await page.keyboard.press('Control+a');
	await page.keyboard.type(text);
}
