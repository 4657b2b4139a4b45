/**
 * Runs the stories in `tests/e2e/*.story.ts` on what is built: `npm run test:e2e`, or with a part of a file's or a
 * story's name `npm run test:e2e -- ground`, two at a time or E2E_WORKERS. The last line is `N passed, N failed`.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { findBrowser } from './browser';
import { perform, takeStories, type Story } from './harness';
import { forgetSampleProfile } from './sample';

if (!existsSync('build/index.html')) {
	console.error('There is nothing built. Run `npm run build` first.');
	process.exit(1);
}
mkdirSync('.e2e', { recursive: true });

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.story.ts'));
const stories: { id: string; story: Story }[] = [];
for (const file of files.sort()) {
	await import(`./${file}`);
	for (const story of takeStories())
		stories.push({ id: `${file.replace('.story.ts', '')}: ${story.name}`, story });
}
const queue = stories.filter(({ id }) => wanted.every((part) => id.includes(part)));

// What a failed story left behind: its page is gone.
process.on('unhandledRejection', (error) => console.log(`  note  ${String(error)}`));

const browser = await findBrowser();
console.log(`browser: ${browser.from}`);
let passed = 0;
let failed = 0;
await Promise.all(Array.from({ length: Number(process.env.E2E_WORKERS ?? 2) }, work));
await forgetSampleProfile();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function work(): Promise<void> {
	for (let next = queue.shift(); next; next = queue.shift()) {
		const { id, story } = next;
		const begin = performance.now();
		const seconds = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
		try {
			await perform(story, browser, `.e2e/${id.replaceAll(/[^a-z0-9]+/gi, '-')}.png`);
			passed += 1;
			console.log(`  ok    ${id} (${seconds()})`);
		} catch (error) {
			failed += 1;
			console.log(`  FAIL  ${id} (${seconds()})`);
			console.log(String(error).replaceAll(/^/gm, '        '));
		}
	}
}
