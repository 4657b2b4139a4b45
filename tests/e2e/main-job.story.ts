import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { eventually, story } from './harness';
import {
	clicksFile,
	contactsFile,
	isExpected,
	isInX,
	md5,
	now,
	ordersFile,
	people
} from './main-job-data';

const row = (page: Page, name: RegExp) => page.getByRole('group', { name });

const total = async (page: Page): Promise<number> => {
	const text = await page.locator('.total .result:not(.stale)').textContent({ timeout: 1_000 });
	return Number(text?.replaceAll(',', ''));
};

/** The first option of the open list that fits what was typed. */
async function choose(page: Page, words: string, option: RegExp): Promise<void> {
	await page.getByRole('combobox').fill(words);
	await page.getByRole('option', { name: option }).first().waitFor();
	await page.keyboard.press('Enter');
}

/** Adds a rule from the picker. */
async function add(page: Page, words: string, option: RegExp): Promise<void> {
	await page.keyboard.press('a');
	await choose(page, words, option);
}

async function setNumber(page: Page, button: RegExp, label: string, number: string): Promise<void> {
	await page.getByRole('button', { name: button }).click();
	await page.getByRole('textbox', { name: label }).fill(number);
	await page.keyboard.press('Enter');
}

async function rename(page: Page, name: string): Promise<void> {
	await page.getByRole('heading', { level: 1 }).getByRole('button').click();
	await page.getByRole('textbox', { name: 'Name' }).fill(name);
	await page.keyboard.press('Enter');
}

async function save(page: Page): Promise<void> {
	await page.keyboard.press('Control+s');
	await page.getByText('Saved', { exact: true }).first().waitFor();
}

/** Segment X: more than four orders. */
async function buildX(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'placed order', /^Placed order/);
	await row(page, /^has done Placed order/).waitFor();
	await setNumber(page, /how many times/, 'Number', '5');
	await row(page, /at least 5 times/).waitFor();
	await eventually(async () => assert.equal(await total(page), people.filter(isInX).length));
	await rename(page, 'X');
	await save(page);
}

async function buildMain(page: Page, url: string): Promise<void> {
	await page.goto(`${url}#/segments/new`);
	await choose(page, 'subscribed', /^Email consent is Subscribed/);
	await row(page, /^Email consent is any of Subscribed/).waitFor();

	await add(page, 'country', /^Country/);
	for (const name of ['Switzerland', 'Germany', 'Austria'])
		await choose(page, name, new RegExp(name));
	await page.keyboard.press('Enter');
	await row(page, /^Country is any of Switzerland, Germany or Austria/).waitFor();

	await add(page, 'placed order', /^Placed order/);
	await row(page, /^has done Placed order/).waitFor();
	await setNumber(page, /Placed order, how many times/, 'Number', '2');
	await page.getByRole('button', { name: /Placed order, (operator|when)/ }).click();
	await choose(page, 'in the last', /^in the last From/);
	await setNumber(page, /Placed order, length of time/, 'How many', '90');
	await page.getByRole('button', { name: /Placed order, add a filter/ }).click();
	await choose(page, 'total', /^Total/);
	await page.getByRole('button', { name: /Total, operator/ }).click();
	await choose(page, '>', /^>/);
	await setNumber(page, /Total, number/, 'Number', '50');
	await row(page, /at least 2 times in the last 90 days where Total > 50/).waitFor();

	await page.getByRole('button', { name: 'Add group' }).click();
	await choose(page, 'vip', /^Tagged vip/);
	await row(page, /^is tagged vip/).waitFor();
	await page.getByRole('button', { name: 'Add to group' }).click();
	await choose(page, 'clicked', /^Clicked email/);
	await page.getByRole('button', { name: /Clicked email, (operator|when)/ }).click();
	await choose(page, 'in the last', /^in the last From/);
	await setNumber(page, /Clicked email, length of time/, 'How many', '30');
	await row(page, /Clicked email in the last 30 days/).waitFor();

	await page.getByRole('button', { name: 'Exclude' }).click();
	await choose(page, 'segment x', /^In segment X/);
	await row(page, /^is in segment X/).waitFor();
}
