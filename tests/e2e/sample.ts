import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { serve } from '../../src/scripts/serve';
import { openBrowser, type FoundBrowser } from './browser';

/** From an empty browser, or one that has it, to the sample workspace, counted. */
export async function openSample(page: Page, url: string): Promise<void> {
	await page.goto(url);
	const [button, note] = [
		page.getByRole('button', { name: 'Explore sample data' }),
		page.getByText('This is the sample')
	];
	await button.or(note).waitFor();
	if (await button.isVisible()) await button.click();
	await note.waitFor();
	await page
		.getByRole('navigation', { name: 'Main' })
		.getByText('2,000')
		.waitFor({ timeout: 30_000 });
}

// What a browser keeps belongs to a name and a port: every story has the same, whichever port it is served on.
const name = 'winnow.localhost';
export const sampleUrl = `http://${name}/`;
export const hostAt = (url: string) => ({ name, port: Number(new URL(url).port) });

let made: Promise<string> | undefined;

/** The folder of a closed browser in which the sample was made. Made once: that takes as long as many a story. */
export const sampleProfile = (browser: FoundBrowser): Promise<string> => (made ??= make(browser));

/** When no story follows. */
export async function forgetSampleProfile(): Promise<void> {
	const profile = await made?.catch(() => undefined);
	if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function make(browser: FoundBrowser): Promise<string> {
	const server = await serve({ directory: 'build', port: 0 });
	const { context, profile } = await openBrowser(browser, {}, { host: hostAt(server.url) });
	const page = context.pages()[0] ?? (await context.newPage());
	await openSample(page, sampleUrl);
	// The counts of all segments are asked for, and what they were read from is kept.
	await page.waitForTimeout(2_000);
	await context.close();
	await server.close();
	return profile;
}
