import type { Page } from 'playwright-core';
import { Found } from './found';
import { fileOf, ImportPage, type ImportFile } from './import-page';
import type { KeptImport } from './lab/kept';
import { momentWithin, sayMoment, tapOf, type Span } from './moment';
import { reopened } from './reopen';
import type { Scene, Setting } from './situation';
import { countOnly } from './tap';
import type { World } from './world';

const rows = 3_000;

/** Killed while a person imports a file of contacts or events on the app's own page. */
export function midImport({ world, random, catalogue }: Setting): Scene {
	let made = 0;
	/** Contacts that stay: those of the undisturbed imports. */
	let before = 0;
	const spans = new Map<ImportFile['kind'], Span>();
	return async () => {
		const file = fileOf(random.pick(['contacts', 'events'] as const), rows, `f${made++}-`);
		const page = await ImportPage.open(world);
		const known = spans.get(file.kind);
		const span = known ?? (await undisturbed(world, page, file));
		if (!known) before += file.people;
		spans.set(file.kind, span);
		await page.choose(file);

		const moment = momentWithin(random, span);
		await world.arm(page.page, tapOf(moment, 'now'));
		let isAnswered = false;
		const answered = page.run(file).then(() => (isAnswered = true));
		const came = await world.strike(moment, answered);

		const found = new Found('import', `${sayMoment(moment, span, came)} of ${file.kind}`);
		const address = { workspace: world.appWorkspace };
		const lab = await reopened(world, address, catalogue, found);
		if (!lab) return found;
		const isThere = await lookAt(lab.page, file, found);
		if (isAnswered && !isThere) found.lost.push(`the import of ${file.name}`);
		await lab.page.close();

		const after = await ImportPage.open(world);
		await compare(after, file, before + (isThere ? file.people : 0), isThere, found);
		if (isThere) await after.undo(file);
		await compare(after, file, before, false, found);
		await after.choose(file);
		await after.run(file);
		await compare(after, file, before + file.people, true, found);
		await after.undo(file);
		await compare(after, file, before, false, found);
		found.notes.push(
			`${isAnswered ? 'answered' : 'not answered'}, ${isThere ? 'wholly' : 'not'} there; undone, done again and undone`
		);
		await after.page.close();
		return found;
	};
}

/** Whether the import is there: its part of the ledger, and as many contacts and events. */
async function lookAt(lab: Page, { name, prefix, people, events }: ImportFile, found: Found) {
	const runs: readonly KeptImport[] = await lab.evaluate(() =>
		window.chaos.engine.call('keptImports')
	);
	const mine = runs.filter(({ file }) => file === name);
	const there = await lab.evaluate(
		(prefix) => window.chaos.engine.call('peopleOf', prefix),
		prefix
	);
	const [run] = mine;
	const isWhole =
		mine.length === 1 &&
		!run!.isUndone &&
		run!.contacts === people &&
		run!.events === events &&
		there.contacts === people &&
		there.events === events;
	const isAbsent = mine.length === 0 && there.contacts === 0 && there.events === 0;
	if (!isWhole && !isAbsent)
		found.half.push(`of ${name} there is ${JSON.stringify(mine)} and ${JSON.stringify(there)}`);
	return isWhole;
}

/** Whether the page says what is so. */
async function compare(
	page: ImportPage,
	file: ImportFile,
	people: number,
	isDone: boolean,
	found: Found
): Promise<void> {
	const wrong = await page.disagreement(file, people, isDone);
	if (wrong) found.half.push(wrong);
}

async function undisturbed(world: World, page: ImportPage, like: ImportFile): Promise<Span> {
	const file = fileOf(like.kind, rows, `undisturbed-${like.kind}-`);
	await page.choose(file);
	await world.arm(page.page, countOnly('now'));
	const begin = performance.now();
	await page.run(file);
	const span = { writes: await world.counted(page.page), ms: performance.now() - begin };
	await page.another();
	return span;
}
